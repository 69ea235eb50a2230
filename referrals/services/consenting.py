"""The reporter's say: consent to one exact text, refusal, and taking it back."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.clocks import due_on
from cases.models import RECORDED, Case, CommitmentKind, How
from cases.services import drop_origin, promise, settle_origin
from referrals.models import Consent, Referral
from referrals.services.sealing import open_preview, seal_consent
from referrals.workflow import State
from weerbaar.accounts.models import User
from weerbaar.audit.services import record_revocations
from weerbaar.steps import take_step
from weerbaar.vault.granting import grants_of, revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import Conflict, InvalidInput


class HowNotKnown(InvalidInput):
    """A handler records how consent was given; the mailbox is the reporter's own."""

    title = _("How consent was given is missing")
    detail = _("Choose by telephone, in person or by letter.")


class NotYetGiven(InvalidInput):
    """Consent that lies in the future, or before there was anything to agree to."""

    title = _("This day cannot be right")
    detail = _("Consent is given between the day of the proposal and today.")


class TextChanged(Conflict):
    """The text became another while the reporter was reading it."""

    title = _("The text was changed in the meantime")
    detail = _("Read the newest text below. You have agreed to nothing yet.")


@transaction.atomic
def consent(
    referral: Referral,
    *,
    by: Any,
    keyring: Keyring,
    now: datetime,
    how: str = How.MAILBOX,
    given_on: date | None = None,
    version: int | None = None,
) -> Consent:
    """Keep that the reporter agrees to exactly this text, for this partner.

    The reporter does it in the mailbox; a handler records what she said, with how and
    when. `version` is the text that was on the page. Raises HowNotKnown, NotYetGiven,
    TextChanged, StepForbidden, StepNotPossible.
    """
    today = timezone.localdate(now)
    day = given_on or today
    take_step(referral, "consent", by=by, now=now, how=_checked(how, by))
    if not referral.proposed_on <= day <= today:
        raise NotYetGiven
    if version is not None and version != referral.version:
        raise TextChanged
    agreed = Consent(
        referral=referral,
        version=referral.version,
        given_on=day,
        how=how,
        recorded_by=by if isinstance(by, User) else None,
    )
    text = open_preview(referral, keyring).text
    seal_consent(agreed, text, keyring.open(referral.case.dialogue_key_id))
    agreed.save(force_insert=True)
    referral.consented_on = day
    referral.save(update_fields=["consented_on"])
    _now_send(referral, by=by, now=now)
    return agreed


def _now_send(referral: Referral, *, by: Any, now: datetime) -> None:
    """The reporter's word has come; the next move is ours."""
    case = referral.case
    settle_origin(case, referral.pk, by=by, now=now)
    promise(
        case,
        CommitmentKind.SEND,
        due_on=due_on(CommitmentKind.SEND, timezone.localdate(now)),
        by=by,
        now=now,
        origin=referral.pk,
    )


def _checked(how: str, by: Any) -> str:
    recorded = isinstance(by, User)
    if recorded and how not in RECORDED:
        raise HowNotKnown
    return str(how) if recorded else str(How.MAILBOX)


@transaction.atomic
def refuse(
    referral: Referral, *, by: Any, now: datetime, how: str = How.MAILBOX
) -> Referral:
    """The reporter does not agree; nothing was sent and nothing will be.

    Raises HowNotKnown, StepForbidden, StepNotPossible.
    """
    take_step(referral, "refuse", by=by, now=now, how=_checked(how, by))
    settle_origin(referral.case, referral.pk, by=by, now=now)
    return _end(referral, by=by, now=now)


@transaction.atomic
def withdraw(referral: Referral, *, by: Any, now: datetime) -> Referral:
    """Take the referral back; the desk can no longer open the package.

    Possible until the partner accepted. Raises StepForbidden, StepNotPossible.
    """
    take_step(referral, "withdraw", by=by, now=now)
    return _end(referral, by=by, now=now)


def take_back(referral: Referral, *, by: Any, now: datetime) -> Referral:
    """The reporter takes her consent back, in the mailbox; the same as withdrawing."""
    return withdraw(referral, by=by, now=now)


@transaction.atomic
def let_go(case: Case, *, by: Any, now: datetime) -> int:
    """Withdraw every referral of a case that can still be withdrawn.

    For the reporter who takes the whole report back (R-10).
    """
    open_ones = Referral.objects.filter(
        case=case,
        state__in=[State.PROPOSED, State.CONSENTED, State.SENT, State.RECEIVED],
    )
    found = list(open_ones.select_related("case", "partner"))
    for referral in found:
        withdraw(referral, by=by, now=now)
    return len(found)


def _end(referral: Referral, *, by: Any, now: datetime) -> Referral:
    case = referral.case
    taken = [
        row
        for held in grants_of(referral.package_key_id)
        if held.holder_id != case.case_key_id
        for row in revoke(key_id=held.key_id, holder_id=held.holder_id)
    ]
    record_revocations(
        referral, taken, by=by, now=now, organisation_id=referral.organisation_id
    )
    drop_origin(case, referral.pk, by=by, now=now)
    referral.ended_on = timezone.localdate(now)
    referral.save(update_fields=["ended_on"])
    return referral
