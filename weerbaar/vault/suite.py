"""The suites: the algorithms by version, and how keys and places are spelled.

Version 1: HPKE (RFC 9180, base mode) with X-Wing (MLKEM768-X25519), HKDF-SHA256 and
ChaCha20-Poly1305; Cobblestone-256 (C2SP chunked-encryption) for data; Ed25519; HKDF.

The first byte of every ciphertext is the version of its suite. The reader knows all of
`SUITES`, the writer only `NEWEST`; what is older is sealed anew when its case is
opened. Keys are derived by `VERSION`: another derivation is another public half, so
another key, and comes by rotation.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
NEWEST = 1
MLKEM_SIZE = 1184
HYBRID_SIZE = MLKEM_SIZE + 32
SEALING = hpke.Suite(
    hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305
)


@dataclass(frozen=True)
class Suite:
    """How one version seals to a public half, and encrypts data under a Secret."""

    version: int
    sealing: hpke.Suite
    encryptor: Callable[[bytes, bytes], Cobblestone256Encryptor]
    decryptor: Callable[[bytes, bytes], Cobblestone256Decryptor]


SUITES = {1: Suite(1, SEALING, Cobblestone256Encryptor, Cobblestone256Decryptor)}


def newest() -> Suite:
    """By which everything is written now."""
    return SUITES[NEWEST]


def is_outdated(blob: bytes) -> bool:
    """Was it written by an older suite than the present one?"""
    return bytes(blob)[:1] != bytes([NEWEST])


def context(*parts: str | int | bytes | UUID) -> bytes:
    """The place a ciphertext is bound to: typed, length-prefixed, injective.

    Two different lists of parts never give the same bytes, so no ciphertext can be
    moved. Raises TypeError for other types (also bool, which is an int to Python).
    """
    return b"".join(_encoded(part) for part in parts)


def _encoded(part: str | int | bytes | UUID) -> bytes:
    if isinstance(part, str):
        # Lone surrogates are no UTF-8; let them through, for the sake of one-to-one.
        kind, body = b"s", part.encode("utf-8", "surrogatepass")
    elif isinstance(part, UUID):
        kind, body = b"u", part.bytes
    elif isinstance(part, bytes):
        kind, body = b"b", part
    elif isinstance(part, int) and not isinstance(part, bool):
        size = (part.bit_length() + 8) // 8
        kind, body = b"i", part.to_bytes(size, "big", signed=True)
    else:
        raise TypeError(f"A place has no parts of type {type(part).__name__}.")
    return kind + len(body).to_bytes(4, "big") + body


def derive(
    raw: bytes,
    label: str,
    *,
    size: int = 32,
    salt: bytes = b"",
    version: int = VERSION,
) -> bytes:
    """HKDF-SHA256 (RFC 5869) under a label of a version."""
    return HKDF(SHA256(), size, salt or None, _info(label, version)).derive(raw)


@cache
def _info(label: str, version: int) -> bytes:
    """A label as HKDF binds it; there are a handful, and a list needs them often."""
    return context("weerbaar", version, label)


def hybrid_key(seed: bytes) -> hpke.MLKEM768X25519PrivateKey:
    """The X-Wing private key of a 32-byte seed (draft-connolly-cfrg-xwing-kem)."""
    return hpke.MLKEM768X25519PrivateKey(*_halves(seed))


def hybrid_public(seed: bytes) -> bytes:
    """The raw public half of an X-Wing seed: ML-KEM 1184 bytes, X25519 32 bytes."""
    mlkem, x25519 = _halves(seed)
    return (
        mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    )


def read_hybrid_public(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    """The X-Wing public key of 1216 raw bytes. Raises ValueError."""
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_SIZE]),
        X25519PublicKey.from_public_bytes(raw[MLKEM_SIZE:]),
    )


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
