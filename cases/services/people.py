"""Who is on a case: owner, deputy, hand-over; a recused person can be given nothing."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, Capacity, Case, StatementKind
from cases.permissions import may_handle
from cases.services.ending import close_requests_of
from cases.services.locking import lock
from cases.services.reading import recused_in
from cases.services.settling import check_day
from cases.services.writing import write_statement
from weerbaar.accounts.actors import SYSTEM, System
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import counts, endorsed
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants, record_revocations
from weerbaar.vault.granting import grant, revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class Recused(NotPossibleNow):
    """This person is concerned in the case and may never receive it."""

    title = _("This person may not receive the case")
    detail = _("The reporter excluded this person. Choose another colleague.")


class AlreadyOwner(NotPossibleNow):
    """The handler of the case cannot deputise for herself."""

    title = _("This colleague handles the case already")
    detail = _("Choose another colleague as deputy.")


class NoDeputy(NotPossibleNow):
    """Somebody who is not deputising now."""

    title = _("This colleague is not deputising")
    detail = _("The deputising may have ended. Look at the page again.")


class NoVault(NotPossibleNow):
    """A colleague who never signed in has no vault to grant to."""

    title = _("This colleague cannot receive cases yet")
    detail = _("The colleague has to sign in once to make a vault. Choose another one.")


class NotVouchedFor(NotPossibleNow):
    """A row says that this person handles cases; no signature does."""

    title = _("The key of this colleague is not confirmed")
    detail = _(
        "First confirm the key with the colleague, at Colleagues. Then try again."
    )


def people_on(case: Case) -> list[Assignment]:
    """Who is on the case now, the owner first."""
    found = case.assignments.filter(ended_on=None).select_related("user")
    return sorted(found, key=lambda a: a.capacity != Capacity.OWNER)


def colleagues(case: Case, keyring: Keyring, *, by: User, today: date) -> list[User]:
    """Who of the organisation may be given the case: handlers who are not recused."""
    recused = recused_in(case, keyring)
    people = endorsed(case.organisation, Permission.HANDLE_CASES, today)
    return [p for p in people if p.pk != by.pk and str(p.pk) not in recused]


def share(case: Case, to: User, *, by: User, keyring: Keyring, now: datetime) -> bool:
    """Grant the case to a colleague; the sealed header says who may never have it.

    Says whether that brought access the colleague did not have before. Raises
    NotAllowed, Recused, NoVault, NotVouchedFor.
    """
    if not may_handle(case, by):
        raise NotAllowed
    # As it stands now: somebody may have been recused since the page was opened.
    case = lock(case)
    if str(to.pk) in recused_in(case, keyring):
        raise Recused
    if to.key_id is None or not to.may(Permission.HANDLE_CASES, case.organisation_id):
        raise NoVault
    if not counts(to, case.organisation, Permission.HANDLE_CASES):
        raise NotVouchedFor
    if Grant.objects.filter(key_id=case.case_key_id, holder_id=to.key_id).exists():
        return False
    case_key, person = (
        Key.objects.get(pk=case.case_key_id),
        Key.objects.get(pk=to.key_id),
    )
    made = grant(
        keyring.open(case.case_key_id),
        key=case_key,
        to=person,
        today=timezone.localdate(now),
    )
    record_grants(case, [made], by=by, now=now, organisation_id=case.organisation_id)
    return True


def take_ownership(case: Case, to: User, *, now: datetime) -> Assignment:
    """Make somebody the owner; a former owner's assignment ends."""
    today = timezone.localdate(now)
    Case.objects.select_for_update().get(pk=case.pk)
    open_ones = case.assignments.filter(ended_on=None)
    open_ones.filter(capacity=Capacity.OWNER).update(ended_on=today)
    open_ones.filter(user=to).update(ended_on=today)
    case.commitments.open().update(owner=to)
    return Assignment.objects.create(
        case=case, user=to, capacity=Capacity.OWNER, since=today
    )


@transaction.atomic
def assign(case: Case, to: User, *, by: User, keyring: Keyring, now: datetime) -> None:
    """Give the case to a colleague of the team; the others keep their access.

    Raises Recused, NoVault, NotAllowed.
    """
    share(case, to, by=by, keyring=keyring, now=now)
    take_ownership(case, to, now=now)
    _record(Kind.CASE_ASSIGNED, case, to, by=by, now=now)


@transaction.atomic
def hand_over(
    case: Case, to: User, *, note: str, by: User, keyring: Keyring, now: datetime
) -> None:
    """Hand the case over with a note; the former handler loses access at once (H-7).

    Raises Recused, NoVault, NotAllowed, WordsMissing.
    """
    share(case, to, by=by, keyring=keyring, now=now)
    write_statement(
        case, StatementKind.HANDOVER, {"text": note}, by=by, keyring=keyring, now=now
    )
    take_ownership(case, to, now=now)
    _record(Kind.CASE_HANDED_OVER, case, to, by=by, now=now)
    if to.pk != by.pk:
        _end(case, by, now=now)


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
    _record(Kind.CASE_DEPUTISED, case, to, by=by, now=now, until=until)
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
        _take_back(deputy.case, [deputy.case.case_key_id], deputy.user, by=by, now=now)
    _record(Kind.CASE_DEPUTY_ENDED, deputy.case, deputy.user, by=by, now=now)


def _take_back(
    case: Case, key_ids: list[UUID], user: User, *, by: User | System, now: datetime
) -> None:
    if user.key_id is None:
        return
    taken = [
        row
        for key_id in key_ids
        for row in revoke(key_id=key_id, holder_id=user.key_id)
    ]
    record_revocations(
        case, taken, by=by, now=now, organisation_id=case.organisation_id
    )


def _end(case: Case, user: User, *, now: datetime) -> None:
    today = timezone.localdate(now)
    close_requests_of(case, user, now=now)
    case.assignments.filter(user=user, ended_on=None).update(ended_on=today)
    keys = [case.case_key_id, *([case.identity_key_id] if case.identity_key_id else [])]
    _take_back(case, keys, user, by=user, now=now)


def _record(
    kind: Kind,
    case: Case,
    person: User,
    *,
    by: User | System,
    now: datetime,
    **facts: Any,
) -> None:
    record(
        kind,
        case,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
        person=person.pk,
        **facts,
    )
