"""Changing what classifies a case: one writer at a time, and the figures follow."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cases.header import Header
from cases.models import Case
from cases.permissions import may_handle
from cases.services.figures import contribute_case
from cases.services.locking import lock
from cases.services.reading import header_of
from cases.services.sealing import rewrite_header
from cases.workflow import State
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


@transaction.atomic
def classify(
    case: Case,
    changes: dict[str, Any],
    *,
    revision: int,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Header:
    """Change the classification; the second of two writers is told (EditConflict).

    The figures are told when the case is closed, and at once when it turns out to stay
    out of them, or to belong in them. Raises NotAllowed and codes.UnknownCode.
    """
    if not may_handle(case, by):
        raise NotAllowed
    before = header_of(case, keyring)
    header = rewrite_header(case, changes, keyring=keyring, revision=revision)
    record(
        Kind.CASE_CLASSIFIED, case, by=by, now=now, organisation_id=case.organisation_id
    )
    turned = before.counts_in_figures != header.counts_in_figures
    if lock(case).state == State.CLOSED or turned:
        contribute_case(case, keyring=keyring)
    return header
