"""The partner's side: opening the package, taking it up or not, and answering."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import StatementKind
from cases.services import settle_origin, write_statement
from referrals.models import Answer, Referral
from referrals.permissions import at_desk, handles
from referrals.services.sealing import (
    Text,
    open_answer,
    open_package,
    package_secret,
    seal_answer,
)
from referrals.workflow import State
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.steps import take_step
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow

LONGEST = 20_000


class NotOpened(NotPossibleNow):
    """The desk has not opened this package yet."""

    title = _("This referral was not opened yet")
    detail = _("Open the referral first; the sender then sees that you have it.")


class NotTakenUp(NotPossibleNow):
    """Answers belong to a referral that is with the partner."""

    title = _("This referral takes no answer now")
    detail = _("Open the referral first. A finished referral takes no more answers.")


class AnswerMissing(InvalidInput):
    """An answer without words, or with too many."""

    title = _("The answer is missing or too long")
    detail = _("Write an answer of at most 20,000 characters.")


class AlreadyReleased(NotPossibleNow):
    """The reporter can read this answer already."""

    title = _("This answer was already released")
    detail = _("The reporter can read it in the mailbox.")


@transaction.atomic
def receive(referral: Referral, *, by: User, keyring: Keyring, now: datetime) -> Text:
    """The desk opens the package for the first time; the handler sees that it has it.

    Raises StepForbidden, StepNotPossible and vault errors.
    """
    take_step(referral, "receive", by=by, now=now)
    referral.received_on = timezone.localdate(now)
    referral.save(update_fields=["received_on"])
    return open_package(referral, keyring)


@transaction.atomic
def read_package(
    referral: Referral, *, by: User, keyring: Keyring, now: datetime
) -> Text:
    """The package again; each look is an event. Raises NotAllowed, NotOpened."""
    if not at_desk(referral, by):
        raise NotAllowed
    if referral.state == State.SENT:
        raise NotOpened
    text = open_package(referral, keyring)
    record(
        Kind.STATEMENT_READ,
        referral,
        by=by,
        now=now,
        organisation_id=referral.organisation_id,
        what="package",
    )
    return text


@transaction.atomic
def accept(referral: Referral, *, by: User, now: datetime) -> Referral:
    """The partner takes it up. Raises StepForbidden, StepNotPossible."""
    take_step(referral, "accept", by=by, now=now)
    settle_origin(referral.case, referral.pk, by=by, now=now)
    return referral


@transaction.atomic
def decline(
    referral: Referral, *, words: str, by: User, keyring: Keyring, now: datetime
) -> Answer:
    """The partner cannot take it up and says why.

    Raises AnswerMissing, StepForbidden, StepNotPossible.
    """
    take_step(referral, "decline", by=by, now=now)
    referral.ended_on = timezone.localdate(now)
    referral.save(update_fields=["ended_on"])
    return _write(referral, words, by=by, keyring=keyring, now=now)


@transaction.atomic
def answer(
    referral: Referral, *, text: str, by: User, keyring: Keyring, now: datetime
) -> Answer:
    """A question or answer of the partner, sealed for the handlers of the case (P-1).

    The reporter reads it only after `release_answer`. Raises NotAllowed, NotTakenUp,
    AnswerMissing.
    """
    if not at_desk(referral, by):
        raise NotAllowed
    Referral.objects.select_for_update().get(pk=referral.pk)
    referral.refresh_from_db()
    if referral.state not in {State.RECEIVED, State.ACCEPTED}:
        raise NotTakenUp
    return _write(referral, text, by=by, keyring=keyring, now=now)


def _write(
    referral: Referral, text: str, *, by: User, keyring: Keyring, now: datetime
) -> Answer:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise AnswerMissing
    today = timezone.localdate(now)
    word = Answer(
        referral=referral,
        number=referral.answers.count() + 1,
        author=by,
        written_on=today,
    )
    seal_answer(word, text, package_secret(referral, keyring))
    word.save(force_insert=True)
    referral.answered_on = today
    referral.save(update_fields=["answered_on"])
    _record(Kind.REFERRAL_ANSWERED, referral, by=by, now=now)
    settle_origin(referral.case, referral.pk, by=by, now=now)
    return word


@transaction.atomic
def complete(referral: Referral, *, by: User, now: datetime) -> Referral:
    """The partner is done, or the hand-over took place.

    Raises StepForbidden, StepNotPossible.
    """
    take_step(referral, "complete", by=by, now=now)
    referral.ended_on = timezone.localdate(now)
    referral.save(update_fields=["ended_on"])
    settle_origin(referral.case, referral.pk, by=by, now=now)
    return referral


@transaction.atomic
def release_answer(
    word: Answer, *, by: User, keyring: Keyring, now: datetime
) -> Answer:
    """Let the reporter read a partner's answer, in the mailbox (P-2).

    Raises NotAllowed, AlreadyReleased and vault errors.
    """
    referral = word.referral
    if not handles(referral, by):
        raise NotAllowed
    word = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("referral__case", "referral__partner")
        .get(pk=word.pk)
    )
    if word.released_on is not None:
        raise AlreadyReleased
    text = open_answer(word, package_secret(referral, keyring))
    body = {"text": text, "partner": referral.partner.name}
    word.statement = write_statement(
        referral.case, StatementKind.ANSWER, body, by=by, keyring=keyring, now=now
    )
    word.released_on = timezone.localdate(now)
    word.save(update_fields=["statement", "released_on"])
    _record(Kind.REFERRAL_RELEASED, referral, by=by, now=now)
    return word


def _record(kind: Kind, referral: Referral, *, by: User, now: datetime) -> None:
    record(kind, referral, by=by, now=now, organisation_id=referral.organisation_id)
