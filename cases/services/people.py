"""Who is on a case: its owner, and who it is handed to.

A recused person can be given nothing; who stands in is in `deputising`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, Capacity, Case, StatementKind
from cases.permissions import may_handle
from cases.services.ending import close_requests_of
from cases.services.locking import lock
from cases.services.reading import recused_in
from cases.services.statements import write_statement
from weerbaar.accounts.actors import System
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
    made = grant(
        keyring.open(case.case_key_id),
        key=Key.objects.get(pk=case.case_key_id),
        to=Key.objects.get(pk=to.key_id),
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
    record_person(Kind.CASE_ASSIGNED, case, to, by=by, now=now)


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
    record_person(Kind.CASE_HANDED_OVER, case, to, by=by, now=now)
    if to.pk != by.pk:
        _end(case, by, now=now)


def take_access(
    case: Case, key_ids: list[UUID], user: User, *, by: User | System, now: datetime
) -> None:
    """Take back what somebody could open of a case, and record it."""
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
    take_access(case, keys, user, by=user, now=now)


def record_person(
    kind: Kind,
    case: Case,
    person: User,
    *,
    by: User | System,
    now: datetime,
    **facts: Any,
) -> None:
    """An event of a case that is about a colleague."""
    record(
        kind,
        case,
        by=by,
        now=now,
        organisation_id=case.organisation_id,
        person=person.pk,
        **facts,
    )
