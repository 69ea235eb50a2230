"""Giving a whole organisation's cases to a colleague, and taking them from who left.

Each case is opened first: its sealed header says who may never have it.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.models import Assignment, Capacity, Case
from cases.services.ending import close_requests_of
from cases.services.locking import lock
from cases.services.people import (
    NotVouchedFor,
    NoVault,
    Recused,
    share,
    take_ownership,
)
from cases.services.reading import recused_in
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import counts
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants, record_revocations
from weerbaar.vault.granting import grant, revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key
from weerbaar.web.refusals import NotAllowed


@dataclass(frozen=True)
class Given:
    """How many cases were given, and how many stay closed because of a recusal."""

    given: int = 0
    closed: int = 0


@transaction.atomic
def give_all(
    organisation: Organisation,
    to: User,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
    avoiding: Collection[UUID] = (),
) -> Given:
    """Give a colleague every case of the organisation that this keyring opens.

    Not the cases in which she, or one of the people to be avoided, is recused. The
    keyring is a colleague's, or that of the root; whoever calls has checked that.
    Raises NoVault, NotVouchedFor.
    """
    if to.key is None or not to.may(Permission.HANDLE_CASES, organisation):
        raise NoVault
    if not counts(to, organisation, Permission.HANDLE_CASES):
        raise NotVouchedFor
    kept_out = {str(to.pk), *map(str, avoiding)}
    given = closed = 0
    for case in _opened(organisation, keyring):
        if kept_out & recused_in(case, keyring):
            closed += 1
        elif made := _grant(case, to.key, keyring, timezone.localdate(now)):
            given += 1
            facts: dict[str, Any] = {
                "by": by,
                "now": now,
                "organisation_id": organisation.pk,
            }
            record(Kind.CASE_GRANTED, case, person=to.pk, **facts)
            record_grants(case, [made], **facts)
    return Given(given, closed)


@transaction.atomic
def give_to_root(
    organisation: Organisation, root: Key, *, by: User, keyring: Keyring, now: datetime
) -> int:
    """Grant the root each case that this keyring opens; gives how many are new."""
    today, new = timezone.localdate(now), 0
    for case in _opened(organisation, keyring):
        if made := _grant(case, root, keyring, today):
            new += 1
            record_grants(case, [made], by=by, now=now, organisation_id=organisation.pk)
    return new


def _opened(organisation: Organisation, keyring: Keyring) -> list[Case]:
    found = list(
        Case.objects.filter(organisation=organisation)
        .order_by("pk")
        .select_for_update()
    )
    keyring.preload([case.case_key_id for case in found])
    return [case for case in found if keyring.holds(case.case_key_id)]


def _grant(case: Case, to: Key, keyring: Keyring, today: date) -> Grant | None:
    """The new grant; None when there was one."""
    if Grant.objects.filter(key_id=case.case_key_id, holder=to).exists():
        return None
    key = Key.objects.get(pk=case.case_key_id)
    return grant(keyring.open(case.case_key_id), key=key, to=to, today=today)


@dataclass(frozen=True)
class Left:
    """What became of the cases of who left: handed over, or open to the root only."""

    handed: int = 0
    stranded: int = 0


@transaction.atomic
def leave_cases(
    organisation: Organisation,
    user: User,
    *,
    to: User | None,
    by: User,
    keyring: Keyring | None,
    now: datetime,
) -> Left:
    """End a person's part in every case of an organisation, and her access.

    Her cases go to the named colleague where that may be; else to the deputy, to who
    does this, or to another handler who has access. `stranded` are cases that nobody
    but the root opens any more. `keyring` is that of `by`, where she has one.
    """
    handed = stranded = 0
    mine = Q(case_key__grants__holder_id=user.key_id) if user.key_id else Q()
    mine |= Q(assignments__user=user, assignments__ended_on=None)
    cases = Case.objects.filter(mine, organisation=organisation).order_by("pk")
    for pk in dict.fromkeys(cases.values_list("pk", flat=True)):
        case = lock(Case(pk=pk))
        owned = case.assignments.filter(
            user=user, ended_on=None, capacity=Capacity.OWNER
        ).exists()
        left = others_with(case, user, timezone.localdate(now))
        if to is not None and keyring is not None and (owned or not left):
            # She may not have it, or it is not ours to give.
            with suppress(Recused, NoVault, NotVouchedFor, NotAllowed):
                share(case, to, by=by, keyring=keyring, now=now)
                left = [to, *left]
        heir = heir_of(case, left, named=to, by=by)
        leave(case, user, heir if owned else None, by=by, now=now)
        handed += owned and heir is not None
        stranded += heir is None
    return Left(handed, stranded)


def others_with(case: Case, leaver: User, today: date) -> list[User]:
    """The other handlers to whom the case is granted."""
    handlers = case.organisation.handlers(today).exclude(pk=leaver.pk)
    return list(handlers.filter(key__held__key=case.case_key_id).order_by("name"))


def heir_of(
    case: Case, left: list[User], *, named: User | None, by: Any
) -> User | None:
    """Who of those with access goes on: the named one, a deputy, who does this."""
    deputies = case.assignments.filter(ended_on=None).values_list("user_id", flat=True)
    order = [named.pk if named else None, *deputies, by.pk]
    places = {u.pk: order.index(u.pk) if u.pk in order else len(order) for u in left}
    return min(left, key=lambda u: places[u.pk]) if left else None


def leave(case: Case, user: User, heir: User | None, *, by: Any, now: datetime) -> None:
    """End a person's part in a case, and her access; an heir becomes the owner."""
    close_requests_of(case, user, now=now)
    today = timezone.localdate(now)
    facts: dict[str, Any] = {
        "by": by,
        "now": now,
        "organisation_id": case.organisation_id,
    }
    if heir is not None:
        take_ownership(case, heir, now=now)
        record(Kind.CASE_ASSIGNED, case, person=heir.pk, **facts)
    case.assignments.filter(user=user, ended_on=None).update(ended_on=today)
    owner = Assignment.objects.filter(
        case=case, capacity=Capacity.OWNER, ended_on=None
    ).first()
    case.commitments.open().filter(owner=user).update(
        owner=owner.user_id if owner else None
    )
    taken = [
        row
        for key_id in (case.case_key_id, case.identity_key_id)
        if key_id is not None and user.key_id is not None
        for row in revoke(key_id=key_id, holder_id=user.key_id)
    ]
    record_revocations(case, taken, **facts)
    record(Kind.CASE_LEFT, case, person=user.pk, **facts)
