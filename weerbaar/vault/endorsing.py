"""Whose public half counts: chains of signatures that end at an organisation's root.

A row that says "this person handles reports" is a row; whoever writes the database can
write it. An endorsement is a signature by somebody who already counts, over person,
organisation, role and public half. The root's id is pinned outside the database, so no
row can begin a chain (crypto 3a).
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from weerbaar.vault.core import PublicKey, Secret, Tampered, VaultError, context
from weerbaar.vault.receipt import read_words, words
from weerbaar.vault.suite import VERSION, derive

# Six of 2,048 words are 66 bits: nobody finds another public half that reads the same.
FINGERPRINT_WORDS = 6
# Who receives reports, packages or stories may vouch for a colleague; nobody else's
# signature carries on.
ENDORSING_ROLES = frozenset({"handler", "partner_desk", "analyst"})
# Whose key has to be vouched for: who vouches, and who keeps a half of each name.
ENDORSED_ROLES = ENDORSING_ROLES | {"custodian"}


class NotEndorsed(VaultError):
    """No chain of signatures leads from this public half to the pinned root."""


@dataclass(frozen=True)
class Claim:
    """What is signed: this person has this role here, and this is her public half."""

    organisation_id: UUID
    person_id: UUID
    role: str
    public: PublicKey

    @property
    def message(self) -> bytes:
        """The bytes under the signature: typed, length-prefixed, one way only."""
        return context(
            "weerbaar",
            VERSION,
            "endorsement",
            self.organisation_id,
            self.person_id,
            self.role,
            self.public.raw,
        )


@dataclass(frozen=True)
class SignedClaim:
    """A claim, who signed it, and the signature; valid only by `Chains`.

    `broken` says that the signer's Secret may have been in other hands: then nothing
    that it signed counts. `ended` says that the person left: she no longer receives,
    but the colleagues she vouched for stay.
    """

    claim: Claim
    by: UUID
    signature: bytes
    ended: bool = False
    broken: bool = False


def endorse(claim: Claim, *, by: Secret) -> SignedClaim:
    """Sign a claim. Whether the signer counts is decided by whoever checks the chain.

    Raises NotEndorsed when somebody vouches for herself.
    """
    if by.public == claim.public:
        raise NotEndorsed("Nobody vouches for herself.")
    return SignedClaim(claim, by.public.id, by.sign(claim.message))


class Chains:
    """The endorsements of one organisation, checked from its root down."""

    def __init__(
        self, organisation_id: UUID, root: PublicKey, found: Iterable[SignedClaim]
    ) -> None:
        signers = {root.id: root}
        # A row of another organisation says nothing here.
        waiting = [e for e in found if e.claim.organisation_id == organisation_id]
        self._valid: list[SignedClaim] = []
        while fitting := [e for e in waiting if e.by in signers]:
            waiting = [e for e in waiting if e.by not in signers]
            for one in fitting:
                if not _is_signed(one, signers[one.by]):
                    continue
                self._valid.append(one)
                if one.claim.role in ENDORSING_ROLES and not one.broken:
                    signers[one.claim.public.id] = one.claim.public

    def hold(self, claim: Claim) -> bool:
        """Does a chain lead from this claim to the root, and has it not been ended?

        One end is enough: a claim that was ended is not revived by a second signature
        over the same public half.
        """
        found = [e for e in self._valid if e.claim == claim]
        return bool(found) and not any(e.ended or e.broken for e in found)

    def signers(self, claim: Claim) -> list[UUID]:
        """Whose valid signatures stand under this claim; the root's id is one too."""
        return [e.by for e in self._valid if e.claim == claim]

    def check(self, claim: Claim) -> None:
        """Raises NotEndorsed."""
        if not self.hold(claim):
            raise NotEndorsed("No chain of signatures leads to the root.")


def _is_signed(one: SignedClaim, by: PublicKey) -> bool:
    return _verified(by, one.signature, one.claim.message)


@lru_cache(maxsize=4096)
def _verified(by: PublicKey, signature: bytes, message: bytes) -> bool:
    """Pure, so its answer may be kept: an intake checks the same few signatures."""
    try:
        by.verify(signature, message)
    except Tampered:
        return False
    return True


def fingerprint(public: PublicKey) -> str:
    """Six Dutch words that tell a public half, to be read out by telephone."""
    raw = derive(public.raw, "fingerprint", size=16)
    number = int.from_bytes(raw, "big")
    listed = words()
    found = []
    for _ in range(FINGERPRINT_WORDS):
        number, index = divmod(number, len(listed))
        found.append(listed[index])
    return " ".join(found)


def is_fingerprint(typed: str, public: PublicKey) -> bool:
    """Are these the words of this public half? Sloppy typing is understood.

    Raises UnreadableReceipt with the words that are in no list.
    """
    read = read_words(typed, FINGERPRINT_WORDS)
    return secrets.compare_digest(read, fingerprint(public))
