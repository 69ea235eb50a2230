"""Promises with a date: made, and by the handler kept, missed, moved or let go."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Awaits, Case, Commitment, CommitmentKind
from cases.permissions import may_handle
from cases.services.settling import check_day, drop, fail, fulfil, note, postpone
from cases.services.wording import seal_words
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class TaskMissing(InvalidInput):
    """A task without words."""

    title = _("The task is missing")
    detail = _("Write what has to be done.")


class ReasonMissing(InvalidInput):
    """A missed promise needs a reason in words."""

    title = _("A reason is missing")
    detail = _("Write why this promise was not kept.")


class SettledElsewhere(NotPossibleNow):
    """A promise of a talk or referral is settled with the talk or referral itself."""

    title = _("This promise belongs to a referral or to aftercare")
    detail = _("Settle it there. Then it is settled here too.")


@transaction.atomic
def promise(
    case: Case,
    kind: CommitmentKind | str,
    *,
    owner: User | None = None,
    **promised: Any,
) -> Commitment:
    """Promise something by a day; it is hers who handles the case, if nobody is named.

    The rest is as for `made_promise`.
    """
    return made_promise(case, kind, owner=owner or current_owner(case), **promised)


def made_promise(
    case: Case,
    kind: CommitmentKind | str,
    *,
    due_on: date,
    by: Any,
    now: datetime,
    owner: User | None,
    awaits: Awaits | str = Awaits.US,
    origin: UUID | None = None,
    words: str = "",
    keyring: Keyring | None = None,
) -> Commitment:
    """Keep a promise and its event, inside the caller's transaction.

    Words, if any, are sealed to the case. `origin` is the talk or referral that it
    belongs to; it is settled there.
    """
    commitment = Commitment(
        case=case,
        kind=kind,
        awaits=awaits,
        due_on=due_on,
        promised_on=timezone.localdate(now),
        owner=owner,
        origin=origin,
    )
    if words and keyring is not None:
        seal_words(commitment, words, keyring)
    commitment.save(force_insert=True)
    note(Kind.COMMITMENT_MADE, commitment, by=by, now=now)
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

    Raises NotAllowed, TaskMissing for an empty text, and DayPassed.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if not text.strip():
        raise TaskMissing
    check_day(due_on, now)
    return promise(
        case,
        CommitmentKind.TASK,
        due_on=due_on,
        by=by,
        now=now,
        words=text.strip(),
        keyring=keyring,
    )


def _check_hers(commitment: Commitment, by: User) -> None:
    if not may_handle(commitment.case, by):
        raise NotAllowed
    if commitment.origin is not None:
        raise SettledElsewhere


def keep(commitment: Commitment, *, by: User, now: datetime) -> Commitment:
    """The promise was kept. Raises AlreadySettled, NotAllowed, SettledElsewhere."""
    _check_hers(commitment, by)
    return fulfil(commitment, by=by, now=now)


def cancel(commitment: Commitment, *, by: User, now: datetime) -> Commitment:
    """The promise is no longer needed. Raises as `keep`."""
    _check_hers(commitment, by)
    return drop(commitment, by=by, now=now)


def miss(
    commitment: Commitment, *, reason: str, by: User, keyring: Keyring, now: datetime
) -> Commitment:
    """The promise was not kept; the reason stays with it, sealed.

    Raises as `keep`, and ReasonMissing for an empty reason (protocol: timers have a
    reason for missing them).
    """
    _check_hers(commitment, by)
    if not reason.strip():
        raise ReasonMissing
    return fail(commitment, reason=reason, by=by, keyring=keyring, now=now)


def move(
    commitment: Commitment, *, due_on: date, by: User, now: datetime
) -> Commitment:
    """Agree on another day. Raises as `keep`, and DayPassed."""
    _check_hers(commitment, by)
    return postpone(commitment, due_on=due_on, by=by, now=now)
