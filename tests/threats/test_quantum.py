"""Somebody who recorded everything and one day has a quantum computer.

He undoes X25519 and with it every key that stands on that alone. What we seal stands on
ML-KEM-768 as well, and data is encrypted under 256-bit keys.
"""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from weerbaar.vault import suite
from weerbaar.vault.core import Secret, context
from weerbaar.vault.suite import SEALING, VERSION, derive

PLACE = context("case", 7)
WORDS = b"Zij stonden bij de zeppelinhal."
HERS, ANOTHER = (Secret.from_bytes(bytes([n]) * 32) for n in (1, 2))


def opened_with(mlkem: Secret, x25519: Secret) -> bytes:
    """What a key of two halves opens of what was sealed to her."""
    first, _ = suite._halves(derive(mlkem.to_bytes(), "hybrid"))
    _, second = suite._halves(derive(x25519.to_bytes(), "hybrid"))
    info = context("weerbaar", VERSION, "seal", PLACE)
    sealed = HERS.public.seal(WORDS, PLACE)[1:]
    return SEALING.decrypt(sealed, MLKEM768X25519PrivateKey(first, second), info)


def test_one_half_of_a_key_opens_nothing():
    """Neither what a quantum computer finds, nor what a fault in ML-KEM would give."""
    for mlkem, x25519 in ((ANOTHER, HERS), (HERS, ANOTHER)):
        with pytest.raises(InvalidTag):
            opened_with(mlkem, x25519)

    assert opened_with(HERS, HERS) == WORDS
