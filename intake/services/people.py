"""Names and offices of the people at an organisation, as a reporter is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.validators import slug_re
from django.utils.translation import gettext

from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Role
from weerbaar.accounts.trust import receiving


@dataclass(frozen=True)
class Person:
    """Somebody at the organisation: name and office.

    `receives` is false for who keeps half of a hidden name and never gets a report.
    """

    name: str
    office: str
    receives: bool = True

    def __str__(self) -> str:
        return f"{self.name}, {self.office}" if self.office else self.name


def people(
    users: Iterable[User], organisation_id: UUID, today: date
) -> dict[UUID, Person]:
    """Names and offices of users in one organisation, with one query."""
    known = {u.pk: u for u in users}
    found = Membership.objects.current(today).filter(
        user__in=known, organisation_id=organisation_id
    )
    offices: dict[UUID, str] = {}
    for membership in found:
        offices[membership.user_id] = _office(membership) or offices.get(
            membership.user_id, ""
        )
    return {pk: Person(u.name, offices.get(pk, "")) for pk, u in known.items()}


def _office(membership: Membership) -> str:
    """What somebody is there, with what a reporter has to know of it."""
    if membership.role == Role.CUSTODIAN:
        return gettext("keeps half of hidden names")
    if membership.is_fallback:
        behind = gettext("only when nobody else may")
        return f"{membership.office_label}, {behind}".removeprefix(", ")
    return membership.office_label


def readers(organisation: Organisation, today: date) -> dict[str, Person]:
    """Who receives something of a report there, so that she can exclude (R-12)."""
    handlers = {u.pk: u for u in organisation.handlers(today)}
    custodians = {u.pk: u for u in organisation.custodians(today)}
    found = people((handlers | custodians).values(), organisation.pk, today)
    return {
        str(pk): replace(person, receives=pk in handlers)
        for pk, person in found.items()
    }


def organisation_named(slug: str) -> Organisation | None:
    """The organisation with this slug, if it receives reports; None for any text."""
    if not slug_re.match(slug):
        return None
    return receiving().filter(slug=slug).first()


def receives_later(slug: str) -> bool:
    """Is this an organisation that will receive reports once its root is pinned?"""
    later = Organisation.objects.receiving_reports()
    return bool(slug_re.match(slug)) and later.filter(slug=slug).exists()
