"""The people of an organisation, and whose key counts by whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from weerbaar.accounts import trust
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.core import Tampered
from weerbaar.vault.endorsing import ENDORSED_ROLES, Chains
from weerbaar.vault.models import Endorsement

RECEIVES = (
    Permission.HANDLE_CASES,
    Permission.ANSWER_REFERRALS,
    Permission.PUBLISH_FIGURES,
)


class Standing(StrEnum):
    """How a person's key stands here."""

    COUNTS = "counts"
    WAITS = "waits"
    NO_VAULT = "no_vault"
    ENDED = "ended"
    SPOILED = "spoiled"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Colleague:
    """A member, how her key stands, and who confirmed it when.

    `by` is empty when the root did it.
    """

    membership: Membership
    standing: Standing
    by: User | None = None
    on: date | None = None

    @property
    def user(self) -> User:
        return self.membership.user


def colleagues_of(organisation: Organisation, today: date) -> list[Colleague]:
    """Everybody with a role here today, with as many queries for one as for all."""
    members = Membership.objects.current(today).filter(
        organisation=organisation, user__is_active=True
    )
    found = members.select_related("user__key", "organisation")
    chains = trust.chains_of(organisation)
    rows = Endorsement.objects.filter(organisation_id=organisation.pk)
    signed = list(rows.select_related("by_key__user").order_by("made_on", "pk"))
    return [_standing(m, chains, signed) for m in found.order_by("user__name")]


def members_with_vault(organisation: Organisation, today: date) -> list[Membership]:
    """Who receives something here today and has a key to be confirmed."""
    members = Membership.objects.current(today).filter(
        organisation=organisation,
        role__in=ENDORSED_ROLES,
        user__key__isnull=False,
        user__is_active=True,
    )
    found = members.select_related("user__key", "organisation")
    return list(found.order_by("user__name", "pk"))


def lacks_custodian(organisation: Organisation, today: date) -> bool:
    """Handlers count here and nobody keeps the other half of a confidential name.

    Then only the main key opens such a name.
    """
    line = trust.in_line(organisation, today)
    return bool(line.handlers) and not line.custodians


def receiving_of(user: User, *more: Permission) -> list[Organisation]:
    """Where this person receives cases, referrals or stories, or does `more`; once."""
    found = [o for p in (*RECEIVES, *more) for o in user.organisations(p)]
    return list({o.pk: o for o in found}.values())


def _standing(
    member: Membership, chains: Chains | None, signed: list[Endorsement]
) -> Colleague:
    if member.role not in ENDORSED_ROLES:
        return Colleague(member, Standing.NOT_NEEDED)
    if member.user.key is None:
        return Colleague(member, Standing.NO_VAULT)
    try:
        claim = trust.claim_of(member)
    except Tampered:
        return Colleague(member, Standing.SPOILED)
    mine = [r for r in signed if r.key_id == member.user.key_id]
    mine = [r for r in mine if r.person_id == member.user_id and r.role == member.role]
    if chains is not None and chains.hold(claim):
        by = chains.signers(claim)
        row = next(r for r in mine if r.by_key_id in by)
        return Colleague(member, Standing.COUNTS, _person_of(row), row.made_on)
    ended = [r.ended_on or r.broken_on for r in mine if r.ended_on or r.broken_on]
    if ended:
        return Colleague(member, Standing.ENDED, on=ended[0])
    return Colleague(member, Standing.WAITS)


def _person_of(row: Endorsement) -> User | None:
    return getattr(row.by_key, "user", None)
