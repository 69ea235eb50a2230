"""Names and offices of the people at an organisation, as a reporter is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.validators import slug_re

from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.trust import receiving


@dataclass(frozen=True)
class Person:
    """Somebody at the organisation: name and office."""

    name: str
    office: str

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
    offices = {m.user_id: m.office_label for m in found if m.office}
    return {pk: Person(u.name, offices.get(pk, "")) for pk, u in known.items()}


def readers(organisation: Organisation, today: date) -> dict[str, Person]:
    """Who receives reports of an organisation, so that she can exclude (R-12)."""
    found = people(organisation.handlers(today), organisation.pk, today)
    return {str(pk): person for pk, person in found.items()}


def organisation_named(slug: str) -> Organisation | None:
    """The organisation with this slug, if it receives reports; None for any text."""
    if not slug_re.match(slug):
        return None
    return receiving().filter(slug=slug).first()


def receives_later(slug: str) -> bool:
    """Is this an organisation that will receive reports once its root is pinned?"""
    later = Organisation.objects.receiving_reports()
    return bool(slug_re.match(slug)) and later.filter(slug=slug).exists()
