"""Granting, revoking, and opening keys by walking grants."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cryptography.hazmat.primitives.constant_time import bytes_eq
from django.db import transaction

from weerbaar.vault.core import NoAccess, Secret, Tampered, VaultError, context
from weerbaar.vault.models import Grant, Key, KeyKind

# Person to desk to referral, or person to case to dialogue; one more to grow.
DEPTH = 3


class Keyring:
    """One unlocked holder, for one request; what it opened is forgotten with it."""

    def __init__(self, secret: Secret) -> None:
        self.holder_id: UUID = secret.public.id
        self._secrets: dict[UUID, Secret] = {self.holder_id: secret}

    def __repr__(self) -> str:
        return f"<Keyring of {self.holder_id}>"

    def open(self, key_id: UUID) -> Secret:
        """The Secret of a key, by at most three grants from a key that is open.

        Raises NoAccess when no grant leads there, Tampered when a grant or public half
        does not fit. Access is the presence of a grant, nothing else (design 4).
        """
        if key_id not in self._secrets:
            for grant_ in self._way_to(key_id):
                self._unseal(grant_)
        return self._secrets[key_id]

    def preload(self, key_ids: Iterable[UUID]) -> None:
        """Open many keys with one query, for a list.

        Keys that no grant leads to, and grants that do not fit, are simply left out:
        `open` says why.
        """
        wanted = set(key_ids) - self._secrets.keys()
        if not wanted:
            return
        found = _whole_grants(wanted, holders=wanted | self._secrets.keys())
        by_holder: dict[UUID, list[Grant]] = {}
        for grant_ in found:
            by_holder.setdefault(grant_.holder_id, []).append(grant_)
        frontier = list(self._secrets)
        while frontier:
            for grant_ in by_holder.pop(frontier.pop(), []):
                if grant_.key_id not in self._secrets and self._fits(grant_):
                    frontier.append(grant_.key_id)

    def holds(self, key_id: UUID) -> bool:
        """Does a grant lead to this key? Raises Tampered."""
        try:
            self.open(key_id)
        except NoAccess:
            return False
        return True

    def add(self, secret: Secret) -> None:
        """Take in a Secret that was just made, before its grants are asked for."""
        self._secrets[secret.public.id] = secret

    def _way_to(self, key_id: UUID) -> list[Grant]:
        """Grants from an open key down to this one, shortest way. Raises NoAccess."""
        below: dict[UUID, Grant] = {}
        seen, frontier = {key_id}, {key_id}
        for _ in range(DEPTH):
            for grant_ in _whole_grants(frontier):
                # A holder seen before is a cycle, or a longer way to the same end.
                if grant_.holder_id not in seen:
                    below.setdefault(grant_.holder_id, grant_)
            for holder_id in below:
                if holder_id in self._secrets:
                    return _down(below, holder_id)
            frontier = below.keys() - seen
            seen |= frontier
        raise NoAccess("No grant leads to this key.")

    def _unseal(self, grant_: Grant) -> None:
        holder = self._secrets[grant_.holder_id]
        raw = holder.open(bytes(grant_.sealed), context(*grant_.place))
        secret = Secret.from_bytes(raw)
        verify_belongs(secret, grant_.key)
        self._secrets[grant_.key_id] = secret

    def _fits(self, grant_: Grant) -> bool:
        try:
            self._unseal(grant_)
        except VaultError:
            return False
        return True


def verify_belongs(secret: Secret, key: Key) -> None:
    """Is this the Secret of that key? Raises Tampered.

    The tag is the first look. Who can write rows can write a tag too, so the signing
    half, which the key id covers, decides. The X-Wing half is not derived again.
    """
    tagged = bytes_eq(secret.check, bytes(key.check_tag))
    if not tagged or not secret.belongs_to(key.public_key):
        raise Tampered("The Secret does not belong to this key.")


def _down(below: dict[UUID, Grant], holder_id: UUID) -> list[Grant]:
    way = []
    while holder_id in below:
        way.append(below[holder_id])
        holder_id = below[holder_id].key_id
    return way


def _whole_grants(
    keys: Iterable[UUID], *, holders: Iterable[UUID] | None = None
) -> list[Grant]:
    grants = Grant.objects.filter(key__in=keys, share=0).select_related("key")
    if holders is not None:
        grants = grants.filter(holder__in=holders)
    return list(grants.order_by("pk"))


def keep_key(secret: Secret, kind: KeyKind, *, today: date) -> Key:
    """Save the open half of a Secret that exists already, such as that of a receipt."""
    key = _open_half(secret, kind, today)
    key.save(force_insert=True)
    return key


def _open_half(secret: Secret, kind: KeyKind, today: date) -> Key:
    return Key(
        id=secret.public.id,
        kind=kind,
        public=secret.public.raw,
        check_tag=secret.check,
        made_on=today,
    )


def new_key(
    kind: KeyKind, *, holders: Iterable[Key], today: date
) -> tuple[Key, Secret]:
    """Make a Secret, save its open half, and grant it to each holder.

    Raises Tampered when a holder's public half is not its own; then nothing is saved.
    """
    secret = Secret.new()
    key = _open_half(secret, kind, today)
    unique = {holder.pk: holder for holder in holders}.values()
    # Sealed before anything is saved, so that no savepoint has to take it back.
    sealed = [_sealed(secret, key, to, today) for to in unique]
    with transaction.atomic(savepoint=False):
        key.save(force_insert=True)
        Grant.objects.bulk_create(sealed)
    return key, secret


def grant(secret: Secret, *, key: Key, to: Key, today: date) -> Grant:
    """Give the holder `to` a key; an existing grant stays as it is.

    Whoever can open a key can grant it; whether he may is decided by the caller. Raises
    Tampered when the Secret, or a public half, is another's.
    """
    verify_belongs(secret, key)
    fresh = _sealed(secret, key, to, today)
    kept, _ = Grant.objects.get_or_create(
        key=key,
        holder=to,
        share=0,
        defaults={"sealed": fresh.sealed, "made_on": today},
    )
    return kept


def _sealed(secret: Secret, key: Key, to: Key, today: date) -> Grant:
    made = Grant(key=key, holder=to, made_on=today)
    made.sealed = to.public_key.seal(secret.to_bytes(), context(*made.place))
    return made


def grants_of(*key_ids: UUID | None) -> list[Grant]:
    """Every grant of these keys, for the history; None stands for no key."""
    return list(Grant.objects.filter(key__in=[k for k in key_ids if k]).order_by("pk"))


def revoke(*, key_id: UUID, holder_id: UUID) -> list[Grant]:
    """Take a key from a holder; gives the grants that were deleted, for the history.

    Raw Secrets never leave the server, so deleting the row is what ends access.
    """
    found = Grant.objects.filter(key=key_id, holder=holder_id).select_for_update()
    taken = list(found)
    found.delete()
    return taken
