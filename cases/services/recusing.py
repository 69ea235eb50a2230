"""Keeping somebody out of a case for good: by her own word, a colleague's, or hers
who reported.

Her id goes into what is sealed, her access ends in the same moment, and the case goes
on with somebody else. Taking access away is safe, so it takes one person.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Capacity, Case, StatementKind
from cases.permissions import is_reporter, may_handle
from cases.services.locking import lock
from cases.services.people import share
from cases.services.reading import recused_in
from cases.services.sealing import rewrite_header
from cases.services.sharing import heir_of, leave, others_with
from cases.services.statements import write_statement
from weerbaar.accounts.models import User
from weerbaar.accounts.trust import in_line
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_revocations
from weerbaar.vault.granting import revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class RecusalReasonMissing(InvalidInput):
    """Nobody is kept out without a reason."""

    title = _("A reason is missing")
    detail = _("Write why this person may not see the case. It stays in the case.")


class NobodyLeft(NotPossibleNow):
    """Then nobody could read the case; it stays as it is."""

    title = _("Then nobody is left who can read this case")
    detail = _(
        "Nothing was changed. Let another handler of your organisation be confirmed "
        "first, or call the support team: 070-373 83 14, day and night."
    )


class NobodyLeftForYou(NotPossibleNow):
    """The same, as the reporter is told."""

    title = _("Then nobody is left who can read your report")
    detail = _(
        "Nothing was changed. Call the support team: 070-373 83 14, day and night. "
        "They find somebody else for you."
    )


@transaction.atomic
def recuse(
    case: Case, whom: User, reason: str, *, by: User, keyring: Keyring, now: datetime
) -> None:
    """Keep a colleague out of a case, or step aside oneself.

    The last one who can read it first gives the case to the colleagues who may have it,
    fallback handlers too. Raises NotAllowed, RecusalReasonMissing, TooLong, NobodyLeft.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if not reason.strip():
        raise RecusalReasonMissing
    case, today = lock(case), timezone.localdate(now)
    doing: dict[str, Any] = {"by": by, "keyring": keyring, "now": now}
    if not others_with(case, whom, today):
        _give_on(case, whom, **doing)
    write_statement(case, StatementKind.REASON, {"text": reason}, **doing)
    recused = sorted(recused_in(case, keyring) | {str(whom.pk)})
    rewrite_header(case, {"recused": recused}, keyring=keyring)
    _keep_out(case, whom, by=by, now=now)


def _give_on(
    case: Case, whom: User, *, by: User, keyring: Keyring, now: datetime
) -> None:
    """The last one gives the case to whom a report would have gone. Raises
    NobodyLeft.
    """
    line = in_line(case.organisation, timezone.localdate(now))
    kept_out = recused_in(case, keyring) | {str(whom.pk)}
    handlers = [u for u in line.handlers if str(u.pk) not in kept_out]
    behind = [u for u in line.fallbacks if str(u.pk) not in kept_out]
    for one in handlers or behind:
        share(case, one, by=by, keyring=keyring, now=now)
    if not (handlers or behind):
        raise NobodyLeft


@transaction.atomic
def exclude(
    case: Case, whom: User, words: str, *, by: Any, keyring: Keyring, now: datetime
) -> None:
    """The reporter keeps somebody out, at once; handlers read `words` in the thread.

    The header is out of her reach: what she says here counts beside it (`recused_in`).
    Raises NotAllowed, NobodyLeftForYou.
    """
    if not is_reporter(case, by):
        raise NotAllowed
    case = lock(case)
    if not others_with(case, whom, timezone.localdate(now)):
        raise NobodyLeftForYou
    said = {"text": words, "excludes": str(whom.pk)}
    write_statement(case, StatementKind.REPLY, said, by=by, keyring=keyring, now=now)
    _keep_out(case, whom, by=by, now=now)


def _keep_out(case: Case, whom: User, *, by: Any, now: datetime) -> None:
    _take_requests(case, whom, by=by, now=now)
    owned = case.assignments.filter(
        user=whom, ended_on=None, capacity=Capacity.OWNER
    ).exists()
    left = others_with(case, whom, timezone.localdate(now))
    heir = heir_of(case, left, named=None, by=by) if owned else None
    leave(case, whom, heir, by=by, now=now)
    record(
        Kind.CASE_RECUSED,
        case,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
        person=whom.pk,
    )


def _take_requests(case: Case, whom: User, *, by: Any, now: datetime) -> None:
    """A custodian who is kept out answers nothing in this case any more."""
    if whom.key_id is None:
        return
    for approval in case.approvals.all():
        taken = revoke(key_id=approval.key_id, holder_id=whom.key_id)
        record_revocations(
            approval, taken, by=by, now=now, organisation_id=case.organisation_id
        )


def may_be_excluded(case: Case, today: Any) -> list[User]:
    """Who can read something of the case now: its handlers and custodians."""
    handlers = case.organisation.handlers(today).filter(key__held__key=case.case_key_id)
    custodians = case.organisation.custodians(today).filter(
        key__held__key=case.identity_key_id
    )
    return list({u.pk: u for u in [*handlers, *custodians]}.values())
