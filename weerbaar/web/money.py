"""Whole euros as people write and read them: € 12.500 in Dutch, €12,500 in English."""

import re

from django.utils.translation import get_language

# A dot or space parts thousands; after a comma only nothing at all.
_WRITTEN = re.compile(
    r"(?:€\s*)?(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:-|--|00))?", re.ASCII
)
_SPACE = "\u00a0"


class UnreadableEuros(ValueError):
    """Not an amount in whole euros."""


def in_euros(amount: int) -> str:
    """`€ 12.500` on one line."""
    grouped = f"{amount:,}"
    if (get_language() or "nl").startswith("en"):
        return f"€{grouped}"
    return f"€{_SPACE}{grouped.replace(',', '.')}"


def read_euros(written: str) -> int:
    """`12500`, `12.500`, `€ 12.500,-` or `12 500,00`. Raises UnreadableEuros.

    `12.5` and `12,50` are refused: nobody knows which of two amounts is meant.
    """
    found = _WRITTEN.fullmatch(written.replace(_SPACE, " ").strip())
    if found is None:
        raise UnreadableEuros(written)
    return int(re.sub(r"\D", "", found[1]))
