"""Secrets and their public halves: what seals, opens, encrypts, decrypts and signs.

The first byte of every blob is the version of the suite. The reader knows old versions,
the writer only the newest. No Django here.
"""

import hashlib
import os
from functools import cached_property
from typing import NoReturn, SupportsIndex
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hpke import (
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
)

from weerbaar.vault.errors import (
    Erased,
    Locked,
    NoAccess,
    Tampered,
    UnknownVersion,
    VaultError,
    WrongSecret,
)
from weerbaar.vault.suite import (
    HYBRID_SIZE,
    SUITES,
    Suite,
    context,
    derive,
    hybrid_key,
    hybrid_public,
    newest,
    read_hybrid_public,
)

__all__ = [
    "Erased",
    "Locked",
    "NoAccess",
    "PublicKey",
    "Secret",
    "Tampered",
    "UnknownVersion",
    "VaultError",
    "WrongSecret",
    "context",
    "verify_signature",
]

SECRET_SIZE = 32
CHECK_SIZE = 16
PUBLIC_SIZE = HYBRID_SIZE + 32


def suite_of(blob: bytes) -> tuple[Suite, bytes]:
    """By which suite it was written, and what follows its first byte.

    Raises UnknownVersion, Tampered when empty.
    """
    data = bytes(blob)
    if not data:
        raise Tampered("Nothing here.")
    if data[0] not in SUITES:
        raise UnknownVersion(f"Version {data[0]} is not known.")
    return SUITES[data[0]], data[1:]


def _sealing(suite: Suite, ctx: bytes) -> bytes:
    """The place as HPKE binds it: in `info` (RFC 9180 section 8.1)."""
    return context("weerbaar", suite.version, "seal", ctx)


class PublicKey:
    """The open half of a Secret: whoever has it can seal to the Secret and verify."""

    def __init__(self, raw: bytes) -> None:
        """Raises Tampered when it is not 1248 bytes."""
        self.raw = bytes(raw)
        if len(self.raw) != PUBLIC_SIZE:
            raise Tampered("This is no public key.")

    def __repr__(self) -> str:
        return f"PublicKey({self.id})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    @cached_property
    def id(self) -> UUID:
        """The key id: the first 16 bytes of SHA-256 over the whole public half."""
        return UUID(bytes=hashlib.sha256(self.raw).digest()[:16])

    @property
    def signing_half(self) -> bytes:
        return self.raw[HYBRID_SIZE:]

    @cached_property
    def _hybrid(self) -> MLKEM768X25519PublicKey:
        try:
            return read_hybrid_public(self.raw[:HYBRID_SIZE])
        except ValueError as error:
            raise Tampered("This is no public key.") from error

    def seal(self, plaintext: bytes, ctx: bytes) -> bytes:
        """Seal so that only the Secret opens it, and only at this place.

        HPKE single shot. Raises Tampered when this is no usable public key.
        """
        suite = newest()
        info = _sealing(suite, ctx)
        try:
            sealed = suite.sealing.encrypt(plaintext, self._hybrid, info)
            return bytes([suite.version]) + sealed
        except ValueError as error:  # a low-order X25519 point
            raise Tampered("This is no public key.") from error

    def verify(self, signature: bytes, message: bytes) -> None:
        """Check an Ed25519 signature (RFC 8032). Raises Tampered."""
        verify_signature(self.signing_half, signature, message)


def verify_signature(signing_half: bytes, signature: bytes, message: bytes) -> None:
    """Check by the signing half alone, for who pinned no more. Raises Tampered."""
    try:
        key = Ed25519PublicKey.from_public_bytes(signing_half)
        key.verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise Tampered("The signature does not fit.") from error


class Secret:
    """32 random bytes with a public half; refuses to show, copy or pickle itself.

    By HKDF it gives an X-Wing key, an Ed25519 signing key and a data key. A person,
    case, dialogue, identity, receipt, desk, referral and the network are all Secrets.
    """

    __slots__ = ("__granted", "__hybrid", "__public", "__raw")

    def __init__(self, raw: bytes, granted: bytes | None = None) -> None:
        self.__raw = bytes(raw)
        self.__granted = self.__raw if granted is None else bytes(granted)
        self.__hybrid: MLKEM768X25519PrivateKey | None = None
        self.__public: PublicKey | None = None
        if len(self.__raw) != SECRET_SIZE:
            raise Tampered("This is no Secret.")

    @classmethod
    def new(cls) -> "Secret":
        """A Secret from the system's random source."""
        return cls(os.urandom(SECRET_SIZE))

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Secret":
        """A Secret that was unsealed or derived. Raises Tampered unless 32 bytes."""
        return cls(raw)

    @classmethod
    def erasable(cls, granted: bytes, erasure: bytes) -> "Secret":
        """The Secret that a granted value makes together with an erasure key.

        Either alone says nothing of it: once the erasure key is destroyed, the grants
        of every backup open nothing. Raises Tampered unless both are 32 bytes.
        """
        if not len(granted) == len(erasure) == SECRET_SIZE:
            raise Tampered("This is no Secret.")
        return cls(derive(granted, "erasable", salt=erasure), granted)

    def to_bytes(self) -> bytes:
        """The bytes themselves, to be sealed or kept in a session's two halves only."""
        return self.__raw

    def to_granted(self) -> bytes:
        """What a grant carries: the value before its erasure key, if it has one."""
        return self.__granted

    def __repr__(self) -> str:
        return "<Secret>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        # Pickle, copy.copy and copy.deepcopy all come through here.
        raise TypeError("A Secret is not copied, nor stored in clear.")

    @property
    def check(self) -> bytes:
        """An open 16-byte tag by which this Secret is known; tells nothing of it."""
        return derive(self.__raw, "check", size=CHECK_SIZE)

    @property
    def public(self) -> PublicKey:
        """The public half: X-Wing (ML-KEM, X25519), then Ed25519."""
        if self.__public is None:
            hybrid = hybrid_public(derive(self.__raw, "hybrid"))
            self.__public = PublicKey(hybrid + self.__signing_half)
        return self.__public

    @property
    def __signing_half(self) -> bytes:
        return self.__signing_key.public_key().public_bytes_raw()

    @property
    def __signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(derive(self.__raw, "sign"))

    def belongs_to(self, public: PublicKey) -> bool:
        """Is this the Secret of that public half? Looks at the signing half only.

        The key id covers the signing half, so this holds against someone who can write
        every row, at a third of the price of deriving the X-Wing half again.
        """
        return bytes_eq(self.__signing_half, public.signing_half)

    def open(self, blob: bytes, ctx: bytes) -> bytes:
        """Open what was sealed to the public half, at the same place.

        Raises Tampered, UnknownVersion.
        """
        if self.__hybrid is None:
            self.__hybrid = hybrid_key(derive(self.__raw, "hybrid"))
        suite, body = suite_of(blob)
        try:
            return suite.sealing.decrypt(body, self.__hybrid, _sealing(suite, ctx))
        except (InvalidTag, ValueError) as error:
            raise Tampered("This Secret does not open it here.") from error

    def encrypt(self, plaintext: bytes, ctx: bytes) -> bytes:
        """Encrypt data under this Secret, bound to a place."""
        suite = newest()
        stream = suite.encryptor(*self.__data_key(suite, ctx))
        return bytes([suite.version]) + stream.update(plaintext) + stream.finalize()

    def decrypt(self, blob: bytes, ctx: bytes) -> bytes:
        """Decrypt data of the same place, whole or not at all.

        Raises Tampered (also when cut off), UnknownVersion.
        """
        suite, body = suite_of(blob)
        stream = suite.decryptor(*self.__data_key(suite, ctx))
        try:
            return stream.update(body) + stream.finalize()
        except (InvalidTag, ValueError) as error:
            raise Tampered("This Secret does not decrypt it here.") from error

    def __data_key(self, suite: Suite, ctx: bytes) -> tuple[bytes, bytes]:
        key = derive(self.__raw, "data", version=suite.version)
        return key, context("weerbaar", suite.version, "data", ctx)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature over the message as it is (RFC 8032)."""
        return self.__signing_key.sign(message)
