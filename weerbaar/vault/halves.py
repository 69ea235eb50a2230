"""Two halves of a value, of which each alone is a random number: 2-of-2 by XOR."""

import os
from collections.abc import Mapping

# The share number of a grant that carries a half; a whole Secret has number 0.
FIRST, SECOND = 1, 2
HALVES = (FIRST, SECOND)


def split(value: bytes) -> dict[int, bytes]:
    """Two halves that are both needed to have the value again."""
    first = os.urandom(len(value))
    return {FIRST: first, SECOND: _xor(first, value)}


def joined(halves: Mapping[int, bytes]) -> bytes:
    """The value of two halves; another's half gives another value, no error."""
    return _xor(halves[FIRST], halves[SECOND])


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
