"""Argon2id (RFC 9106): making a password or a receipt slow and costly to guess."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


@dataclass(frozen=True)
class Cost:
    """Passes over the memory, memory in KiB, lanes."""

    t: int
    m: int
    p: int = 1


PASSWORD_COST = Cost(t=3, m=64 * 1024)
RECEIPT_COST = Cost(t=2, m=19 * 1024)


def stretch(
    word: bytes, *, salt: bytes, cost: Cost, size: int = 32, pepper: bytes | None = None
) -> bytes:
    """Argon2id of a password or code. Raises ValueError for impossible costs.

    Callers limit how many run at once: memory is what a flood of wrong codes exhausts.
    """
    kdf = Argon2id(
        salt=salt,
        length=size,
        iterations=cost.t,
        lanes=cost.p,
        memory_cost=cost.m,
        secret=pepper,
    )
    return kdf.derive(word)
