"""The name of a reporter: known to who handles a named one's case, else behind two.

A confidential name is a Secret in two halves. Each receiver has the first, each
custodian the second, and the root both. A custodian's yes lends the second half to who
asked. Names of before this release were granted whole to each receiver; they still are.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Purpose, StatementKind
from cases.permissions import may_handle
from cases.services.reading import header_of
from cases.services.sealing import add_statement, identity_place
from cases.workflow import ApprovalState
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.envelope import open_json
from weerbaar.vault.halves import FIRST, SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class IdentityReasonMissing(InvalidInput):
    """A confidential name is opened only with a reason."""

    title = _("A reason is missing")
    detail = _("Write why you need to know who the reporter is.")


class IdentityNotYours(NotAllowed):
    """A handler who joined later: the reporter gave the name to others."""

    title = _("The name was not shared with you")
    detail = _("Ask the handler who received the report to contact the reporter.")


class IdentityNeedsTwo(NotPossibleNow):
    """No custodian agreed yet, or her yes is over."""

    title = _("A custodian has to agree first")
    detail = _(
        "Ask for the name with a reason. After a yes of the custodian you can see it "
        "for a day."
    )


class Standing(StrEnum):
    """How the name of a reporter stands for one handler."""

    NONE = "none"  # no name was left
    NAMED = "named"  # the handlers of the case may know it
    WHOLE = "whole"  # granted whole, before names took two people
    NOT_HERS = "not_hers"  # the reporter gave it to others
    LENT = "lent"  # a custodian agreed; it opens now
    ASKED = "asked"  # a custodian has not answered yet
    ALONE = "alone"  # there is no custodian who could answer
    TO_ASK = "to_ask"  # she can ask


def standing_of(case: Case, *, by: User, named: bool, now: datetime) -> Standing:
    """How the name stands for a handler of the case; opens nothing."""
    if case.identity_key_id is None:
        return Standing.NONE
    if named:
        return Standing.NAMED
    shares = _shares(case, [by.key_id])
    if 0 in shares:
        return Standing.WHOLE
    if FIRST not in shares:
        return Standing.NOT_HERS
    asked = case.approvals.open().filter(purpose=Purpose.IDENTITY, asked_by=by).first()
    if asked is not None and asked.holds(now) and SECOND in shares:
        return Standing.LENT
    if asked is not None and asked.state == ApprovalState.ASKED:
        return Standing.ASKED if not asked.is_over(now) else Standing.TO_ASK
    return Standing.TO_ASK if _is_kept(case, now) else Standing.ALONE


def keepers(case: Case) -> set[Any]:
    """The keys of people that hold the second half of the name for good or on loan."""
    found = Grant.objects.filter(key=case.identity_key_id, share=SECOND)
    return set(found.values_list("holder_id", flat=True))


def _is_kept(case: Case, now: datetime) -> bool:
    """Is there somebody who keeps the other half, apart from the root?"""
    today = timezone.localdate(now)
    return case.organisation.custodians(today).filter(key__in=keepers(case)).exists()


def _shares(case: Case, holders: Iterable[Any]) -> set[int]:
    found = Grant.objects.filter(key=case.identity_key_id, holder__in=holders)
    return set(found.values_list("share", flat=True))


@transaction.atomic
def open_identity(
    case: Case, *, by: User, keyring: Keyring, now: datetime, reason: str = ""
) -> dict[str, Any]:
    """Name and contact data of the reporter.

    A named reporter is known to who handles the case. For a confidential one a
    custodian agreed, and the reporter sees it in the mailbox. Each look is an event.
    Raises NotAllowed, IdentityNotYours, IdentityNeedsTwo, vault errors, and
    IdentityReasonMissing for a name that was granted whole.
    """
    if case.identity is None or case.identity_key_id is None:
        return {}
    if not may_handle(case, by):
        raise NotAllowed
    named = header_of(case, keyring).anonymity == "named"
    standing = standing_of(case, by=by, named=named, now=now)
    if standing == Standing.NOT_HERS:
        raise IdentityNotYours
    if standing in {Standing.ASKED, Standing.ALONE, Standing.TO_ASK}:
        raise IdentityNeedsTwo
    secret = keyring.open(case.identity_key_id)
    content = open_json(secret, bytes(case.identity), place=identity_place(case))
    if standing == Standing.WHOLE:
        _keep_reason(case, reason, by=by, keyring=keyring, now=now)
    kind = Kind.IDENTITY_READ if named else Kind.IDENTITY_OPENED
    record(kind, case, by=by, now=now, organisation_id=case.organisation_id)
    return content


def _keep_reason(
    case: Case, reason: str, *, by: User, keyring: Keyring, now: datetime
) -> None:
    if not reason.strip():
        raise IdentityReasonMissing
    Case.objects.select_for_update().get(pk=case.pk)
    add_statement(
        case,
        StatementKind.REASON,
        {"text": reason},
        secret=keyring.open(case.case_key_id),
        key_id=case.case_key_id,
        author=by,
        today=timezone.localdate(now),
    )
