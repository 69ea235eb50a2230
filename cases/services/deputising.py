"""Who stands in for the owner of a case, until which day, and when that is over."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, Capacity, Case
from cases.permissions import may_handle
from cases.services.ending import close_requests_of
from cases.services.people import record_person, share, take_access
from cases.services.settling import check_day
from weerbaar.accounts.actors import SYSTEM, System
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class AlreadyOwner(NotPossibleNow):
    """The handler of the case cannot deputise for herself."""

    title = _("This colleague handles the case already")
    detail = _("Choose another colleague as deputy.")


class NoDeputy(NotPossibleNow):
    """Somebody who is not deputising now."""

    title = _("This colleague is not deputising")
    detail = _("The deputising may have ended. Look at the page again.")


@transaction.atomic
def deputise(
    case: Case, to: User, *, until: date, by: User, keyring: Keyring, now: datetime
) -> Assignment:
    """Let a colleague stand in until a day; the owner stays owner.

    A second time moves the day. Raises Recused, NoVault, NotAllowed, AlreadyOwner, and
    DayPassed for a day before today.
    """
    today = timezone.localdate(now)
    check_day(until, now)
    brought = share(case, to, by=by, keyring=keyring, now=now)
    Case.objects.select_for_update().get(pk=case.pk)
    present = case.assignments.filter(user=to, ended_on=None).first()
    if present is not None and present.capacity == Capacity.OWNER:
        raise AlreadyOwner
    assignment = present or Assignment(
        case=case,
        user=to,
        capacity=Capacity.DEPUTY,
        since=today,
        brought_access=brought,
    )
    assignment.until = until
    assignment.save()
    record_person(Kind.CASE_DEPUTISED, case, to, by=by, now=now, until=until)
    return assignment


@transaction.atomic
def end_deputy(case: Case, user: User, *, by: User, now: datetime) -> None:
    """The deputy's task is over; access that came with the task goes with it.

    Raises NotAllowed, and NoDeputy for somebody who is not deputising.
    """
    if not may_handle(case, by):
        raise NotAllowed
    deputy = _deputies().filter(case=case, user=user).first()
    if deputy is None:
        raise NoDeputy
    _dismiss(deputy, by=by, now=now)


@transaction.atomic
def expire_deputies(*, now: datetime) -> int:
    """End each deputising whose last day has passed; safe to run twice."""
    passed = _deputies().filter(until__lt=timezone.localdate(now))
    ended = 0
    for deputy in passed.select_for_update(skip_locked=True, of=("self",)):
        _dismiss(deputy, by=SYSTEM, now=now)
        ended += 1
    return ended


def _deputies() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        capacity=Capacity.DEPUTY, ended_on=None
    ).select_related("case", "user")


def _dismiss(deputy: Assignment, *, by: User | System, now: datetime) -> None:
    deputy.ended_on = timezone.localdate(now)
    deputy.save(update_fields=["ended_on"])
    if deputy.brought_access:
        close_requests_of(deputy.case, deputy.user, now=now)
        take_access(deputy.case, [deputy.case.case_key_id], deputy.user, by=by, now=now)
    record_person(Kind.CASE_DEPUTY_ENDED, deputy.case, deputy.user, by=by, now=now)
