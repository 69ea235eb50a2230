"""Check-ins: the reporter answers, the handler holds the talk, or it falls away."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aftercare.models import CheckIn, Plan
from aftercare.permissions import handles
from aftercare.services.words import MOODS, NEEDS, is_worrying
from aftercare.workflow import CheckInState
from cases import services as cases
from cases.clocks import due_on
from cases.models import CommitmentKind
from weerbaar.accounts.models import User
from weerbaar.steps import StepNotPossible, take_step
from weerbaar.vault.envelope import seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed

LONGEST = 20_000


class UnknownAnswer(InvalidInput):
    """An answer that is none of the choices."""

    title = _("Part of your answer is missing")
    detail = _("Choose how you are, and whether you need something.")


class NoteTooLong(InvalidInput):
    """Words beyond the size that fits."""

    title = _("The text is too long")
    detail = _("Write at most 20,000 characters.")


class ReasonMissing(InvalidInput):
    """A talk that did not take place needs a reason."""

    title = _("A reason is missing")
    detail = _("Write why the talk did not take place.")


@transaction.atomic
def answer(
    check_in: CheckIn,
    *,
    mood: str,
    needs: str,
    text: str = "",
    stop: bool = False,
    by: Any,
    keyring: Keyring,
    now: datetime,
) -> CheckIn:
    """The reporter says how it goes and whether something is needed (R-16).

    A worrying answer makes a promise for the handler, due the next day; `stop` cancels
    the check-ins that are left. Raises UnknownAnswer, NoteTooLong, StepForbidden,
    StepNotPossible.
    """
    if mood not in dict(MOODS) or needs not in dict(NEEDS):
        raise UnknownAnswer
    worrying = is_worrying(mood, needs)
    take_step(check_in, "answer", by=by, now=now, worrying=worrying)
    body = {"mood": mood, "needs": needs, "text": _short(text)}
    secret = keyring.open(check_in.case.dialogue_key_id)
    check_in.answer_body = seal_json(secret, body, place=check_in.answer_place)
    _settle(check_in, by=by, now=now)
    cases.settle_origin(check_in.case, check_in.pk, by=by, now=now)
    if worrying:
        _promise_call(check_in, by=by, now=now)
    if stop:
        _stop(check_in.plan, by=by, now=now)
    return check_in


def _promise_call(check_in: CheckIn, *, by: Any, now: datetime) -> None:
    kind = CommitmentKind.WORRYING_ANSWER
    day = due_on(kind, timezone.localdate(now))
    cases.promise(check_in.case, kind, due_on=day, by=by, now=now)


def _stop(plan: Plan, *, by: Any, now: datetime) -> None:
    for left in plan.check_ins.planned().select_related("case"):
        cancel(left, by=by, now=now)
    Plan.objects.filter(pk=plan.pk).update(stopped_by_reporter=True)
    plan.stopped_by_reporter = True


@transaction.atomic
def hold(
    check_in: CheckIn, *, note: str = "", by: User, keyring: Keyring, now: datetime
) -> CheckIn:
    """The handler held the talk; a note, if any, is for handlers only.

    Raises NoteTooLong, StepForbidden, StepNotPossible.
    """
    take_step(check_in, "hold", by=by, now=now)
    _seal_note(check_in, note, keyring)
    _settle(check_in, by=by, now=now)
    cases.settle_origin(check_in.case, check_in.pk, by=by, now=now)
    return check_in


@transaction.atomic
def miss(
    check_in: CheckIn, *, reason: str, by: User, keyring: Keyring, now: datetime
) -> CheckIn:
    """The talk did not take place; the reason stays with it, sealed.

    Raises ReasonMissing, NoteTooLong, StepForbidden, StepNotPossible.
    """
    take_step(check_in, "miss", by=by, now=now)
    if not reason.strip():
        raise ReasonMissing
    _seal_note(check_in, reason, keyring)
    _settle(check_in, by=by, now=now)
    for commitment in cases.promised_by(check_in.case, check_in.pk):
        cases.fail(commitment, reason=reason, by=by, keyring=keyring, now=now)
    return check_in


@transaction.atomic
def cancel(check_in: CheckIn, *, by: Any, now: datetime) -> CheckIn:
    """No longer needed: its promise goes. Raises StepForbidden, StepNotPossible."""
    take_step(check_in, "cancel", by=by, now=now)
    _settle(check_in, by=by, now=now)
    cases.drop_origin(check_in.case, check_in.pk, by=by, now=now)
    return check_in


@transaction.atomic
def move(check_in: CheckIn, *, due_on: date, by: User, now: datetime) -> CheckIn:
    """Agree on another day with the reporter; the promise of the case goes along.

    Raises NotAllowed, StepNotPossible once it is settled, and DayPassed.
    """
    if not handles(check_in, by):
        raise NotAllowed
    fresh = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    if fresh.state != CheckInState.PLANNED:
        raise StepNotPossible
    for commitment in cases.promised_by(check_in.case, check_in.pk):
        cases.postpone(commitment, due_on=due_on, by=by, now=now)
    check_in.due_on = due_on
    check_in.save(update_fields=["due_on"])
    return check_in


def _settle(check_in: CheckIn, *, by: Any, now: datetime) -> None:
    check_in.settled_on = timezone.localdate(now)
    check_in.settled_by = by if isinstance(by, User) else None
    check_in.save(update_fields=["settled_on", "settled_by", "answer_body", "note"])


def _seal_note(check_in: CheckIn, words: str, keyring: Keyring) -> None:
    if not words.strip():
        return
    secret = keyring.open(check_in.case.case_key_id)
    body = {"text": _short(words)}
    check_in.note = seal_json(secret, body, place=check_in.note_place)


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise NoteTooLong
    return text
