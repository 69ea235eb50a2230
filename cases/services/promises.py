"""Promises with a date: made, kept, missed with a reason, moved, and reminded of."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Awaits,
    Case,
    Commitment,
    CommitmentKind,
    CommitmentState,
)
from cases.permissions import may_handle
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class AlreadySettled(NotPossibleNow):
    """The promise was kept, missed or cancelled before."""

    title = _("This promise is already settled")
    detail = _("Somebody else settled it. Look at the page again.")


class TaskMissing(InvalidInput):
    """A task without words."""

    title = _("The task is missing")
    detail = _("Write what has to be done.")


class ReasonMissing(InvalidInput):
    """A missed promise needs a reason in words."""

    title = _("A reason is missing")
    detail = _("Write why this promise was not kept.")


def _actor(by: Any) -> User | None:
    return by if isinstance(by, User) else None


@transaction.atomic
def promise(
    case: Case,
    kind: CommitmentKind | str,
    *,
    due_on: date,
    by: Any,
    now: datetime,
    owner: User | None = None,
    awaits: Awaits | str = Awaits.US,
    origin: UUID | None = None,
    words: str = "",
    keyring: Keyring | None = None,
) -> Commitment:
    """Promise something by a day; words, if any, are sealed to the case."""
    commitment = Commitment(
        case=case,
        kind=kind,
        awaits=awaits,
        due_on=due_on,
        promised_on=timezone.localdate(now),
        owner=owner or current_owner(case),
        origin=origin,
    )
    if words and keyring is not None:
        _seal_words(commitment, words, keyring)
    commitment.save(force_insert=True)
    _record(Kind.COMMITMENT_MADE, commitment, by=by, now=now)
    return commitment


def current_owner(case: Case) -> User | None:
    """Who handles the case now, if anybody does."""
    assignment = case.assignments.filter(capacity="owner", ended_on=None).first()
    return assignment.user if assignment else None


@transaction.atomic
def make_task(
    case: Case, text: str, *, due_on: date, by: User, keyring: Keyring, now: datetime
) -> Commitment:
    """A handler promises something of the own choice by a day (H-6).

    Raises NotAllowed, and TaskMissing for an empty text.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if not text.strip():
        raise TaskMissing
    return promise(
        case,
        CommitmentKind.TASK,
        due_on=due_on,
        by=by,
        now=now,
        words=text.strip(),
        keyring=keyring,
    )


def _must_handle(commitment: Commitment, by: Any) -> None:
    # A reporter or the system settles only what the calling service worked out.
    if isinstance(by, User) and not may_handle(commitment.case, by):
        raise NotAllowed


def keep(commitment: Commitment, *, by: Any, now: datetime) -> Commitment:
    """The promise was kept. Raises AlreadySettled, and NotAllowed for a stranger."""
    _must_handle(commitment, by)
    return fulfil(commitment, by=by, now=now)


def fulfil(commitment: Commitment, *, by: Any, now: datetime) -> Commitment:
    """What was awaited has come, from whomever it was awaited: a partner, the reporter.

    For services that know that it came. Raises AlreadySettled.
    """
    return _settle(
        commitment, CommitmentState.KEPT, Kind.COMMITMENT_KEPT, by=by, now=now
    )


def cancel(commitment: Commitment, *, by: Any, now: datetime) -> Commitment:
    """The promise is no longer needed. Raises AlreadySettled, NotAllowed."""
    _must_handle(commitment, by)
    return _settle(
        commitment,
        CommitmentState.CANCELLED,
        Kind.COMMITMENT_CANCELLED,
        by=by,
        now=now,
    )


def miss(
    commitment: Commitment, *, reason: str, by: User, keyring: Keyring, now: datetime
) -> Commitment:
    """The promise was not kept; the reason stays with it, sealed.

    Raises AlreadySettled, NotAllowed, and ReasonMissing for an empty reason (protocol:
    timers have a reason for missing them).
    """
    _must_handle(commitment, by)
    if not reason.strip():
        raise ReasonMissing
    _seal_words(commitment, words_of(commitment, keyring), keyring, reason=reason)
    return _settle(
        commitment, CommitmentState.MISSED, Kind.COMMITMENT_MISSED, by=by, now=now
    )


@transaction.atomic
def move(
    commitment: Commitment, *, due_on: date, by: User, now: datetime
) -> Commitment:
    """Agree on another day. Raises AlreadySettled, NotAllowed."""
    _must_handle(commitment, by)
    fresh = _locked(commitment)
    fresh.due_on = due_on
    fresh.reminded_on = None
    fresh.save(update_fields=["due_on", "reminded_on"])
    _record(Kind.COMMITMENT_MOVED, fresh, by=by, now=now)
    return fresh


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
    fresh.settled_by = _actor(by)
    fresh.save()
    _record(kind, fresh, by=by, now=now)
    return fresh


def _seal_words(
    commitment: Commitment, words: str, keyring: Keyring, *, reason: str = ""
) -> None:
    secret = keyring.open(commitment.case.case_key_id)
    content = {"text": words, "reason": reason}
    commitment.words = seal_json(secret, content, place=commitment.place)


def _opened_words(commitment: Commitment, keyring: Keyring) -> dict[str, Any]:
    if not commitment.words:
        return {}
    secret = keyring.open(commitment.case.case_key_id)
    return open_json(secret, bytes(commitment.words), place=commitment.place)


def words_of(commitment: Commitment, keyring: Keyring) -> str:
    """What was promised, in the words of who promised it. Raises vault errors."""
    return str(_opened_words(commitment, keyring).get("text", ""))


def reason_of(commitment: Commitment, keyring: Keyring) -> str:
    """Why a promise was not kept. Raises vault errors."""
    return str(_opened_words(commitment, keyring).get("reason", ""))


def _record(kind: Kind, commitment: Commitment, *, by: Any, now: datetime) -> None:
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


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell the people on a case, once a day, of each promise that is due (H-5)."""
    today = timezone.localdate(now)
    due = (
        Commitment.objects.due(today)
        .exclude(reminded_on=today)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
    )
    count = 0
    for commitment in due:
        commitment.reminded_on = today
        commitment.save(update_fields=["reminded_on"])
        _record(Kind.COMMITMENT_DUE, commitment, by=SYSTEM, now=now)
        count += 1
    return count
