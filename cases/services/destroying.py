"""Destroying a case at its end: rows at once, the erasure key through the outbox.

What is left is a line in the register, the events, and the figures; none says a word.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Destruction, Grounds, Retention
from cases.permissions import may_handle
from cases.services.attaching import drop_files
from cases.services.locking import lock
from cases.services.retaining import hold_of, retained
from cases.terms import UNATTENDED
from cases.workflow import State
from weerbaar.accounts.actors import SYSTEM, System
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import endorsed
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_revocations
from weerbaar.outbox.services import enqueue
from weerbaar.vault import erasing
from weerbaar.vault.granting import grants_of
from weerbaar.vault.models import Grant, Key, KeyKind
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class NotClosed(NotPossibleNow):
    """An open case is not destroyed."""

    title = _("This case is not closed")
    detail = _("Close the case first. Then it can come to its end.")


class Held(NotPossibleNow):
    """Something keeps the case beyond its term."""

    title = _("This case is held")
    detail = _("A colleague put a hold on it. Lift the hold first.")


class TermNotOver(NotPossibleNow):
    """The case is still within its term, or was announced less than 30 days ago."""

    title = _("The term of this case is not over")
    detail = _("The page shows until when it is kept.")


class TooManyGone(NotPossibleNow):
    """More than half of all cases would be removed."""

    title = _("This would remove more than half of the cases")
    detail = _(
        "Most likely the database with the erasure keys is empty, or an old one. Put "
        "its newest backup back first."
    )


def ended(user: User, *, now: datetime) -> list[Retention]:
    """The cases whose term is over and that wait for this person's approval."""
    today = timezone.localdate(now)
    visible = retained().filter(case__in=Case.objects.visible_to(user))
    kept = visible.filter(ends_on__lte=today, warned_on__isnull=False)
    return list(kept.order_by("ends_on", "case__reference"))


@transaction.atomic
def destroy_ended(
    cases: Collection[Case], *, by: User, now: datetime
) -> list[Destruction]:
    """Destroy these cases at the end of their term, all or none of them.

    Raises NotAllowed, NotClosed, Held, TermNotOver.
    """
    return [_destroy_ended(case, by=by, now=now) for case in cases]


def _destroy_ended(case: Case, *, by: User, now: datetime) -> Destruction:
    if not may_handle(case, by):
        raise NotAllowed
    kept = Retention.objects.filter(case=case).first()
    if kept is not None and not kept.has_ended(timezone.localdate(now)):
        raise TermNotOver
    return destroy(case, grounds=Grounds.TERM, by=by, now=now)


@transaction.atomic
def destroy_unattended(*, now: datetime) -> int:
    """Destroy what ended a month ago and nobody of the organisation can open.

    Nobody is left who could approve it, and keeping it helps nobody. Safe to run twice.
    """
    today, count = timezone.localdate(now), 0
    long_over = retained().filter(
        ends_on__lte=today - UNATTENDED, warned_on__isnull=False
    )
    for kept in long_over.select_for_update(skip_locked=True, of=("self",)):
        handlers = endorsed(kept.case.organisation, Permission.HANDLE_CASES, today)
        held = Grant.objects.filter(
            key=kept.case.case_key_id, holder__in=[u.key_id for u in handlers]
        )
        if not held.exists():
            destroy(kept.case, grounds=Grounds.UNATTENDED, by=SYSTEM, now=now)
            count += 1
    return count


@transaction.atomic
def destroy_restored(*, now: datetime) -> int:
    """Remove what a backup brought back: its erasure key is gone, nobody opens it.

    For whoever put the backup back, not for the clock. Raises TooManyGone when more
    than half of the cases would go: then it is the erasure keys that are missing.
    """
    cases = Case.objects.select_related("case_key").select_for_update(of=("self",))
    erasable = list(cases.exclude(case_key__erasure_id=None))
    left = erasing.erasures(case.case_key.erasure_id for case in erasable)
    gone = [c for c in erasable if c.case_key.erasure_id not in left]
    if len(gone) * 2 > len(erasable):
        raise TooManyGone
    for case in gone:
        _remove(case, Grounds.RESTORED, by=SYSTEM, now=now)
    return len(gone)


@transaction.atomic
def destroy(
    case: Case, *, grounds: Grounds, by: User | System, now: datetime
) -> Destruction:
    """Destroy a closed case; whoever calls has checked that it may be done.

    Statements, files, referrals, aftercare, grants and receipt go in this transaction,
    and the line of the register comes in it. The erasure key goes after it, as often
    tried as is needed: `erase_key`. Raises NotClosed, Held.
    """
    fresh = lock(case)
    if fresh.state != State.CLOSED or fresh.closed_on is None:
        raise NotClosed
    if hold_of(fresh):
        raise Held
    return _remove(fresh, grounds, by=by, now=now)


def _remove(
    case: Case, grounds: Grounds, *, by: User | System, now: datetime
) -> Destruction:
    line = _line(case, grounds, by=by, now=now)
    # Before the rows go: who is told follows from them.
    facts: dict[str, Any] = {"what": grounds}
    record(
        Kind.CASE_DESTROYED,
        case,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
        **facts,
    )
    _delete(case, by=by, now=now)
    enqueue("cases.erase", ref=line.pk)
    return line


def _line(
    case: Case, grounds: Grounds, *, by: User | System, now: datetime
) -> Destruction:
    line = Destruction.objects.create(
        case_id=case.pk,
        reference=case.reference,
        organisation_id=case.organisation_id,
        kind=case.kind,
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        destroyed_on=timezone.localdate(now),
        grounds=grounds,
        by=by if isinstance(by, User) else None,
        erasure_id=case.case_key.erasure_id,
    )
    line.readers.set(User.objects.filter(key__held__key=case.case_key_id))
    return line


def _delete(case: Case, *, by: User | System, now: datetime) -> None:
    keys = _keys_of(case)
    record_revocations(
        case, grants_of(*keys), by=by, now=now, organisation_id=case.organisation_id
    )
    drop_files(case, by=by, now=now)
    case.delete()
    Key.objects.filter(pk__in=keys).delete()


def _keys_of(case: Case) -> set[UUID]:
    """Every key that is of this case alone: of referrals too, and of the receipt."""
    own = (case.case_key_id, case.dialogue_key_id, case.identity_key_id)
    keys = {pk for pk in own if pk is not None}
    if case.case_key.erasure_id:
        same_end = Key.objects.filter(erasure_id=case.case_key.erasure_id)
        keys |= set(same_end.values_list("pk", flat=True))
    receipts = Key.objects.filter(kind=KeyKind.RECEIPT, held__key=case.dialogue_key_id)
    packages = Key.objects.filter(
        kind__in=[KeyKind.REFERRAL, KeyKind.APPROVAL], grants__holder=case.case_key_id
    )
    return keys | {key.pk for key in (*receipts, *packages)}


def erase_key(destruction_id: str, *, now: datetime) -> None:
    """Destroy the erasure key of a destroyed case, and note it; safe to run twice."""
    line = Destruction.objects.select_for_update().get(pk=destruction_id)
    if line.erased_at is None:
        erasing.erase([line.erasure_id])
        line.erased_at = now
        line.save(update_fields=["erased_at"])
