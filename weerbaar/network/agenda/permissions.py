"""Who may do what in the network's own work; each predicate takes thing and actor."""

from typing import Any

from weerbaar.accounts.models import Organisation, OrganisationKind, User
from weerbaar.accounts.roles import Permission


def may_take_part(thing: Any, by: Any) -> bool:
    """A member of the network or an analyst."""
    return isinstance(by, User) and by.may_anywhere(Permission.TAKE_PART)


def may_decide(thing: Any, by: Any) -> bool:
    """An analyst, after the partners talked it over."""
    return isinstance(by, User) and by.may_anywhere(Permission.PUBLISH_FIGURES)


def may_take_back(thing: Any, by: Any) -> bool:
    """The one who proposed it, or a colleague at the same partner."""
    return isinstance(by, User) and by.may(Permission.TAKE_PART, thing.organisation_id)


def may_check_instrument(instrument: Any, by: Any) -> bool:
    """A member or analyst, but not the one who proposed it."""
    return may_take_part(instrument, by) and instrument.proposed_by_id != by.pk


def may_end_instrument(instrument: Any, by: Any) -> bool:
    """Who proposed it, a colleague there, or an analyst."""
    return may_take_back(instrument, by) or may_decide(instrument, by)


def organisation_of(by: Any) -> Organisation | None:
    """The organisation for which somebody proposes; the first by name."""
    found = by.organisations(Permission.TAKE_PART) if isinstance(by, User) else []
    return min(found, key=lambda one: one.name, default=None)


def partner_of(by: Any) -> Organisation | None:
    """The partner for which somebody gives support; an analyst speaks for none."""
    found = by.organisations(Permission.TAKE_PART) if isinstance(by, User) else []
    partners = [one for one in found if one.kind == OrganisationKind.PARTNER]
    return min(partners, key=lambda one: one.name, default=None)
