"""Keeping closed cases for their term: when they end, who is told, what holds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Hold, Kind, Retention, RetentionTerm
from cases.permissions import may_handle
from cases.services.locking import lock
from cases.terms import (
    DEFAULT_MONTHS,
    FIRST_NOTICE,
    LONGEST,
    SECOND_NOTICE,
    SHORTEST,
    end_of_term,
    not_before_notice,
)
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit import kinds
from weerbaar.audit.services import record
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow


class HoldReasonMissing(InvalidInput):
    """A case is held back with a reason in words."""

    title = _("A reason is missing")
    detail = _("Write why this case has to be kept longer.")


class HeldAlready(NotPossibleNow):
    """One hold at a time."""

    title = _("This case is held already")
    detail = _("A colleague put a hold on it. Look at the page again.")


class NotHeld(NotPossibleNow):
    """There is no hold to lift."""

    title = _("This case is not held")
    detail = _("A colleague lifted the hold. Look at the page again.")


class TermOutOfRange(InvalidInput):
    """Too short to follow up on, or longer than anybody needs."""

    title = _("This term is not possible")
    detail = _("Choose a number of months from 3 to 240.")


def months_of(organisation: Organisation, kind: str) -> int:
    """For how many months an organisation keeps cases of a kind."""
    term = RetentionTerm.objects.filter(organisation=organisation, kind=kind).first()
    return term.months if term else DEFAULT_MONTHS[kind]


def begin_retention(case: Case, *, now: datetime) -> None:
    """The case was closed: its term begins; inside the transaction of the closing."""
    today = timezone.localdate(now)
    ends = end_of_term(today, months_of(case.organisation, case.kind))
    Retention.objects.update_or_create(case=case, defaults={"ends_on": ends})


def end_retention(case: Case) -> None:
    """The case was reopened: it is kept as long as it is open."""
    Retention.objects.filter(case=case).delete()


@transaction.atomic
def set_term(
    organisation: Organisation, kind: str, months: int, *, by: User, now: datetime
) -> None:
    """Choose how long cases of a kind are kept; counts for closed cases at once.

    A shorter term ends no case within thirty days: who handles it is told first. Raises
    NotAllowed, TermOutOfRange.
    """
    if not by.may(Permission.HANDLE_CASES, organisation):
        raise NotAllowed
    if not SHORTEST <= months <= LONGEST:
        raise TermOutOfRange
    RetentionTerm.objects.update_or_create(
        organisation=organisation, kind=kind, defaults={"months": months}
    )
    today = timezone.localdate(now)
    closed = Retention.objects.filter(
        case__organisation=organisation, case__kind=kind
    ).select_related("case")
    for kept in closed.select_for_update(of=("self",)):
        ends = end_of_term(kept.case.closed_on or today, months)
        _move(kept, ends, today)
    facts: dict[str, Any] = {"what": kind, "months": months}
    record(
        kinds.Kind.RETENTION_SET,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
        **facts,
    )


def _move(kept: Retention, ends: date, today: date) -> None:
    """Another end; who was told of the former one is told again."""
    if ends != kept.ends_on:
        kept.ends_on = not_before_notice(ends, today)
        kept.warned_on = kept.warned_again_on = kept.due_told_on = None
        kept.save()


def hold_of(case: Case) -> Hold | None:
    """What keeps the case beyond its term now, if anything does."""
    held = case.holds.filter(lifted_on=None).select_related("put_by")
    return held.first()


def hold_reason(hold: Hold, keyring: Keyring) -> str:
    """Why a case is held. Raises vault errors."""
    secret = keyring.open(hold.case.case_key_id)
    return str(open_json(secret, bytes(hold.reason), place=hold.place)["text"])


@transaction.atomic
def hold(case: Case, *, reason: str, by: User, keyring: Keyring, now: datetime) -> Hold:
    """Keep a case beyond its term, for a lawsuit or a complaint.

    Raises NotAllowed, HoldReasonMissing, HeldAlready.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if not reason.strip():
        raise HoldReasonMissing
    fresh = lock(case)
    if hold_of(fresh):
        raise HeldAlready
    made = Hold(case=fresh, since=timezone.localdate(now), put_by=by)
    made.reason = seal_json(
        keyring.open(fresh.case_key_id), {"text": reason.strip()}, place=made.place
    )
    made.save(force_insert=True)
    _record(kinds.Kind.CASE_HELD, fresh, by=by, now=now)
    return made


@transaction.atomic
def lift_hold(case: Case, *, by: User, now: datetime) -> None:
    """The reason is gone; the case ends at its term, and not within thirty days.

    Raises NotAllowed, NotHeld.
    """
    if not may_handle(case, by):
        raise NotAllowed
    fresh, today = lock(case), timezone.localdate(now)
    held = hold_of(fresh)
    if held is None:
        raise NotHeld
    held.lifted_on, held.lifted_by = today, by
    held.save(update_fields=["lifted_on", "lifted_by"])
    kept = Retention.objects.filter(case=fresh).first()
    if kept and kept.ends_on < not_before_notice(kept.ends_on, today):
        _move(kept, today + FIRST_NOTICE, today)
    _record(kinds.Kind.CASE_UNHELD, fresh, by=by, now=now)


@dataclass(frozen=True)
class Notice:
    """One word about the end of a term: which day it marks, and its event."""

    mark: str
    kind: kinds.Kind
    before: Any


NOTICES = (
    Notice("warned_on", kinds.Kind.RETENTION_NEAR, FIRST_NOTICE),
    Notice("warned_again_on", kinds.Kind.RETENTION_NEAR, SECOND_NOTICE),
    Notice("due_told_on", kinds.Kind.RETENTION_DUE, FIRST_NOTICE * 0),
)


@transaction.atomic
def warn_of_ends(*, now: datetime) -> int:
    """Tell who handles a case 30 and 7 days before its end, and on the day (A-4).

    Whoever was not told in time gets the thirty days after all. Safe to run twice.
    """
    today, told = timezone.localdate(now), 0
    for notice in NOTICES:
        for kept in _to_tell(notice, today):
            if kept.warned_on is None:
                kept.ends_on = not_before_notice(kept.ends_on, today)
            setattr(kept, notice.mark, today)
            kept.save()
            _record(notice.kind, kept.case, by=SYSTEM, now=now, until=kept.ends_on)
            told += 1
    return told


def _to_tell(notice: Notice, today: date) -> Iterable[Retention]:
    return (
        retained()
        .filter(ends_on__lte=today + notice.before, **{notice.mark: None})
        .select_for_update(skip_locked=True, of=("self",))
    )


def retained() -> QuerySet[Retention]:
    """Closed cases that nothing holds back."""
    return Retention.objects.exclude(
        case__in=Hold.objects.filter(lifted_on=None).values("case")
    ).select_related("case__organisation")


def _record(
    kind: kinds.Kind, case: Case, *, by: Any, now: datetime, **facts: Any
) -> None:
    record(kind, case, by=by, now=now, organisation_id=case.organisation_id, **facts)


def terms_of(organisation: Organisation) -> list[tuple[Kind, int]]:
    """The months that an organisation keeps each kind of case."""
    return [(kind, months_of(organisation, kind)) for kind in Kind]
