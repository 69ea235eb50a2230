"""What became of a promise: for the services that know it, in every room."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Commitment, CommitmentState
from cases.services.wording import seal_words, words_of
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotPossibleNow


class AlreadySettled(NotPossibleNow):
    """The promise was kept, missed or cancelled before."""

    title = _("This promise is already settled")
    detail = _("Somebody else settled it. Look at the page again.")


class DayPassed(InvalidInput):
    """Something is promised or planned for a day before today."""

    title = _("This day has passed")
    detail = _("Choose today or a later day.")


class DayTooFar(InvalidInput):
    """A day that nobody means: a slip in the year."""

    title = _("This day is too far away")
    detail = _("Choose a day within the next ten years.")


def check_day(day: date, now: datetime) -> None:
    """Only a day to come can be promised. Raises DayPassed, DayTooFar."""
    today = timezone.localdate(now)
    if day < today:
        raise DayPassed
    if day.year > today.year + 10:
        raise DayTooFar


def fulfil(commitment: Commitment, *, by: Any, now: datetime) -> Commitment:
    """It was done, or what was awaited has come. Raises AlreadySettled."""
    return _settle(
        commitment, CommitmentState.KEPT, Kind.COMMITMENT_KEPT, by=by, now=now
    )


def drop(commitment: Commitment, *, by: Any, now: datetime) -> Commitment:
    """It is no longer needed. Raises AlreadySettled."""
    return _settle(
        commitment,
        CommitmentState.CANCELLED,
        Kind.COMMITMENT_CANCELLED,
        by=by,
        now=now,
    )


def fail(
    commitment: Commitment, *, reason: str, by: User, keyring: Keyring, now: datetime
) -> Commitment:
    """It was not kept; the reason stays with it, sealed. Raises AlreadySettled."""
    seal_words(commitment, words_of(commitment, keyring), keyring, reason=reason)
    return _settle(
        commitment, CommitmentState.MISSED, Kind.COMMITMENT_MISSED, by=by, now=now
    )


@transaction.atomic
def postpone(
    commitment: Commitment, *, due_on: date, by: User, now: datetime
) -> Commitment:
    """Another day was agreed. Raises AlreadySettled, DayPassed."""
    check_day(due_on, now)
    fresh = _locked(commitment)
    fresh.due_on = due_on
    fresh.reminded_on = None
    fresh.save(update_fields=["due_on", "reminded_on"])
    note(Kind.COMMITMENT_MOVED, fresh, by=by, now=now)
    return fresh


def promised_by(case: Case, origin: UUID) -> list[Commitment]:
    """What is still open of the promises that a talk or referral made."""
    found = case.commitments.open().filter(origin=origin)
    return list(found.select_related("case"))


def settle_origin(case: Case, origin: UUID, *, by: Any, now: datetime) -> None:
    """Keep the promises that a talk or referral made, once it has its answer."""
    for commitment in promised_by(case, origin):
        fulfil(commitment, by=by, now=now)


def drop_origin(case: Case, origin: UUID, *, by: Any, now: datetime) -> None:
    """Let the promises of a talk or referral go that will not take place."""
    for commitment in promised_by(case, origin):
        drop(commitment, by=by, now=now)


def _locked(commitment: Commitment) -> Commitment:
    fresh = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if fresh.state != CommitmentState.OPEN:
        raise AlreadySettled
    return fresh


@transaction.atomic
def _settle(
    commitment: Commitment,
    state: CommitmentState,
    kind: Kind,
    *,
    by: Any,
    now: datetime,
) -> Commitment:
    fresh = _locked(commitment)
    fresh.words = commitment.words
    fresh.state = state
    fresh.settled_on = timezone.localdate(now)
    fresh.settled_by = by if isinstance(by, User) else None
    fresh.save()
    note(kind, fresh, by=by, now=now)
    return fresh


def note(kind: Kind, commitment: Commitment, *, by: Any, now: datetime) -> None:
    """Record what happened to a promise, in the transaction of the change."""
    record(
        kind,
        commitment,
        by=by,
        now=now,
        about=commitment.case_id,
        organisation_id=commitment.case.organisation_id,
        what=commitment.kind,
        due=commitment.due_on,
    )
