"""Who counts in an organisation: people whose public half is endorsed up to its root.

The root's id is pinned in a file outside the database (`ORGANISATION_ROOTS`), beside
the organisation's own id and short name: no row can begin a chain, and no organisation
can take the name of another. A membership says who may; this says to whom is sealed.
"""

import logging
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Permission, roles_with
from weerbaar.vault.core import PublicKey, Tampered
from weerbaar.vault.endorsing import Chains, Claim, NotEndorsed, SignedClaim
from weerbaar.vault.models import Endorsement, Key, KeyKind
from weerbaar.web.refusals import Unavailable

log = logging.getLogger(__name__)


class PinsUnreadable(Unavailable):
    """The file of pinned roots is not what it should be; nobody counts until it is."""


_read: tuple[tuple[int, int], dict[str, dict[str, str]]] | None = None


def pins() -> dict[str, dict[str, str]]:
    """The pinned roots by short name; read again when the file changed.

    An organisation is pinned so: `[lindeveen]`, `id = "…"`, `root = "…"`. Raises
    PinsUnreadable.
    """
    global _read
    file = Path(settings.ORGANISATION_ROOTS)
    try:
        state = file.stat()
    except FileNotFoundError:
        return {}
    mark = (state.st_mtime_ns, state.st_ino)
    if _read is None or _read[0] != mark:
        try:
            found = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            log.error("The file of pinned roots cannot be read: %s", error)
            raise PinsUnreadable from error
        _read = (mark, found)
    return _read[1]


def pin_text(organisation: Organisation, root: UUID) -> str:
    """The lines by which an administrator pins a root."""
    return f'[{organisation.slug}]\nid = "{organisation.pk}"\nroot = "{root}"\n'


def root_of(organisation: Organisation) -> Key | None:
    """The organisation's root, when it is pinned and its row is the one that was.

    A row under the pinned id with another public half is no root: the id is made of the
    public half.
    """
    pinned = _pinned_root(organisation)
    if pinned is None:
        return None
    return _whole(Key.objects.filter(pk=pinned, kind=KeyKind.ROOT).first())


def receiving() -> "QuerySet[Organisation]":
    """Where an office holder can report: organisations whose root is pinned.

    Two queries for all of them. Raises PinsUnreadable.
    """
    found = Organisation.objects.receiving_reports()
    pinned = {o.pk: _pinned_root(o) for o in found.filter(slug__in=pins())}
    roots = Key.objects.filter(kind=KeyKind.ROOT).in_bulk(
        [root for root in pinned.values() if root]
    )
    whole = [pk for pk, root in pinned.items() if root and _whole(roots.get(root))]
    return found.filter(pk__in=whole)


def _pinned_root(organisation: Organisation) -> UUID | None:
    pin = pins().get(organisation.slug)
    if not isinstance(pin, dict) or pin.get("id") != str(organisation.pk):
        return None
    try:
        return UUID(str(pin.get("root")))
    except ValueError:
        return None


def _whole(root: Key | None) -> Key | None:
    """A row under the pinned id with another public half is no root."""
    try:
        return root if root is not None and root.public_key else None
    except Tampered:
        return None


def endorsed(
    organisation: Organisation, permission: Permission, today: date
) -> list[User]:
    """The people who may do this here today and whose public half counts (crypto 3a).

    Raises PinsUnreadable.
    """
    found = _counted(organisation, [permission], today)[0]
    return list({m.user.pk: m.user for m in found}.values())


@dataclass(frozen=True)
class InLine:
    """Who counts for what comes in: handlers, those behind them, custodians, root."""

    handlers: list[User]
    fallbacks: list[User]
    custodians: list[User]
    root: Key | None


def in_line(organisation: Organisation, today: date) -> InLine:
    """Everybody to whom a report can be sealed today, with the chains read once.

    Raises PinsUnreadable.
    """
    asked = [Permission.HANDLE_CASES, Permission.KEEP_NAMES]
    found, root = _counted(organisation, asked, today)
    handling, keeping = ([m for m in found if _may(m, p)] for p in asked)
    return InLine(
        [m.user for m in handling if not m.is_fallback],
        [m.user for m in handling if m.is_fallback],
        [m.user for m in keeping],
        root,
    )


def _may(membership: Membership, permission: Permission) -> bool:
    return membership.role in roles_with(permission)


def _counted(
    organisation: Organisation, permissions: Iterable[Permission], today: date
) -> tuple[list[Membership], Key | None]:
    """The memberships that count here today, and the root above them."""
    root = root_of(organisation)
    if root is None:
        return [], None
    members = Membership.objects.current(today).filter(
        organisation=organisation,
        role__in=[role for p in permissions for role in roles_with(p)],
        user__is_active=True,
        user__key__isnull=False,
    )
    found = list(members.select_related("user__key").order_by("user__name"))
    chains = _chains(organisation, root)
    return [m for m in found if _holds(chains, m)], root


def counts(user: User, organisation: Organisation, permission: Permission) -> bool:
    """Does this person's public half count here, for what she may do?"""
    return counted_among([user], organisation, permission) == [user]


def counts_as(user: User, organisation: Organisation, role: str) -> bool:
    """Does this person's public half count here, in this role?"""
    chains = chains_of(organisation)
    members = Membership.objects.filter(
        user=user, organisation=organisation, role=role
    ).select_related("user__key")
    return chains is not None and any(_holds(chains, m) for m in members)


def counted_among(
    people: Iterable[User], organisation: Organisation, permission: Permission
) -> list[User]:
    """Those of these people whose public half counts here, with two queries for all."""
    chains, asked = chains_of(organisation), list(people)
    if chains is None:
        return []
    members = Membership.objects.filter(
        user__in=asked, organisation=organisation, role__in=roles_with(permission)
    ).select_related("user__key")
    good = {m.user_id for m in members if _holds(chains, m)}
    return [user for user in asked if user.pk in good]


def chains_of(organisation: Organisation) -> Chains | None:
    """The organisation's endorsements, checked; None while no root is pinned."""
    root = root_of(organisation)
    return None if root is None else _chains(organisation, root)


def _chains(organisation: Organisation, root: Key) -> Chains:
    rows = Endorsement.objects.filter(organisation_id=organisation.pk)
    signed = [one for row in rows.select_related("key") if (one := _signed(row))]
    return Chains(organisation.pk, root.public_key, signed)


def claim_of(membership: Membership) -> Claim:
    """What is signed for a membership.

    Raises NotEndorsed without a vault, and Tampered for a spoiled public half.
    """
    key = membership.user.key
    if key is None:
        raise NotEndorsed("There is no vault yet.")
    return Claim(
        membership.organisation_id,
        membership.user_id,
        str(membership.role),
        key.public_key,
    )


def _holds(chains: Chains, membership: Membership) -> bool:
    try:
        return chains.hold(claim_of(membership))
    except (NotEndorsed, Tampered):
        return False


def _signed(row: Endorsement) -> SignedClaim | None:
    """A row as what was signed; None when its public half is not its key's."""
    try:
        public: PublicKey = row.key.public_key
    except Tampered:
        return None
    claim = Claim(row.organisation_id, row.person_id, row.role, public)
    return SignedClaim(
        claim,
        row.by_key_id,
        bytes(row.signature),
        ended=row.ended_on is not None,
        broken=row.broken_on is not None,
    )
