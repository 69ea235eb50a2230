"""Opening keys by walking grants: one unlocked holder, one request."""

from collections.abc import Iterable
from uuid import UUID

from cryptography.hazmat.primitives.constant_time import bytes_eq

from weerbaar.vault.core import (
    Erased,
    NoAccess,
    Secret,
    Tampered,
    VaultError,
    context,
)
from weerbaar.vault.erasing import erasures
from weerbaar.vault.halves import FIRST, HALVES, joined
from weerbaar.vault.models import Grant, Key

# Person to desk to referral, or person to case to dialogue; one more to grow.
DEPTH = 3


class Keyring:
    """One unlocked holder, for one request; what it opened is forgotten with it."""

    def __init__(self, secret: Secret) -> None:
        self.holder_id: UUID = secret.public.id
        self._secrets: dict[UUID, Secret] = {self.holder_id: secret}
        self._erasures: dict[UUID, bytes] = {}

    def __repr__(self) -> str:
        return f"<Keyring of {self.holder_id}>"

    def open(self, key_id: UUID) -> Secret:
        """The Secret of a key, by at most three grants from a key that is open.

        Or by both its halves, when they were granted to this holder. Raises NoAccess
        when no grant leads there, Erased when its erasure key is gone, Tampered when a
        grant or public half does not fit. Access is the presence of a grant, nothing
        else (design 4).
        """
        if key_id not in self._secrets:
            try:
                way = self._way_to(key_id)
            except NoAccess:
                self._join(key_id)
            else:
                self._read_erasures(way)
                for grant_ in way:
                    self._unseal(grant_)
        return self._secrets[key_id]

    def preload(self, key_ids: Iterable[UUID]) -> None:
        """Open many keys with one query in each database, for a list.

        Keys that no grant leads to, and grants that do not fit, are simply left out:
        `open` says why.
        """
        wanted = set(key_ids) - self._secrets.keys()
        if not wanted:
            return
        found = _whole_grants(wanted, holders=wanted | self._secrets.keys())
        self._read_erasures(found)
        by_holder: dict[UUID, list[Grant]] = {}
        for grant_ in found:
            by_holder.setdefault(grant_.holder_id, []).append(grant_)
        frontier = list(self._secrets)
        while frontier:
            for grant_ in by_holder.pop(frontier.pop(), []):
                if grant_.key_id not in self._secrets and self._fits(grant_):
                    frontier.append(grant_.key_id)

    def holds(self, key_id: UUID) -> bool:
        """Does a grant lead to this key, and does it still open? Raises Tampered."""
        try:
            self.open(key_id)
        except (NoAccess, Erased):
            return False
        return True

    def half(self, key_id: UUID, share: int) -> bytes:
        """One half of a split key that this holder was granted. Raises NoAccess."""
        found = self._halves(key_id).get(share)
        if found is None:
            raise NoAccess("This half was not granted to this holder.")
        return self._granted(found)

    def add(self, secret: Secret) -> None:
        """Take in a Secret that was just made, before its grants are asked for."""
        self._secrets[secret.public.id] = secret

    def _join(self, key_id: UUID) -> None:
        """Open a key by its two halves. Raises NoAccess when one of them is missing."""
        found = self._halves(key_id)
        if set(found) != set(HALVES):
            raise NoAccess("No grant leads to this key.")
        halves = {share: self._granted(grant_) for share, grant_ in found.items()}
        self._take(found[FIRST].key, joined(halves))

    def _halves(self, key_id: UUID) -> dict[int, Grant]:
        mine = Grant.objects.filter(
            key=key_id, holder=self.holder_id, share__in=HALVES
        ).select_related("key")
        return {grant_.share: grant_ for grant_ in mine}

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

    def _read_erasures(self, grants: Iterable[Grant]) -> None:
        ids = {grant_.key.erasure_id for grant_ in grants} - self._erasures.keys()
        self._erasures |= erasures(ids)

    def _granted(self, grant_: Grant) -> bytes:
        holder = self._secrets[grant_.holder_id]
        return holder.open(bytes(grant_.sealed), context(*grant_.place))

    def _unseal(self, grant_: Grant) -> None:
        self._take(grant_.key, self._granted(grant_))

    def _take(self, key: Key, granted: bytes) -> None:
        """Keep the Secret of a granted value. Raises Erased, Tampered."""
        if key.erasure_id is None:
            secret = Secret.from_bytes(granted)
        else:
            if key.erasure_id not in self._erasures:
                self._erasures |= erasures([key.erasure_id])
            if key.erasure_id not in self._erasures:
                raise Erased("Its erasure key was destroyed.")
            secret = Secret.erasable(granted, self._erasures[key.erasure_id])
        verify_belongs(secret, key)
        self._secrets[key.pk] = secret

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
