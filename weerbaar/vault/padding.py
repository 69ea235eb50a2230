"""Padding to PADMÉ sizes, so that a length tells hardly anything of the words.

PADMÉ (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", 2019) adds at most 12 %; the floor of 256 bytes makes all
short answers alike.
"""

from weerbaar.vault.core import Tampered

FLOOR = 256
_MARK = b"\x80"


def padded_size(size: int) -> int:
    """The PADMÉ size for a size, at least the floor."""
    if size <= FLOOR:
        return FLOOR
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (size + mask) & ~mask


def pad(data: bytes, *, least: int = FLOOR) -> bytes:
    """The data, a mark, and zeroes up to the PADMÉ size (ISO/IEC 7816-4).

    `least` makes all that is shorter of one size.
    """
    marked = data + _MARK
    return marked.ljust(padded_size(max(len(marked), least)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The data of `pad`. Raises Tampered for anything that `pad` does not make."""
    marked = padded.rstrip(b"\0")
    if not marked.endswith(_MARK) or len(padded) != padded_size(len(padded)):
        raise Tampered("The padding does not fit.")
    return marked[:-1]
