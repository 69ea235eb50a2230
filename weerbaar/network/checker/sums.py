"""Point 6: every table adds up by itself; `intervals.fits_exactly` asks it of all."""

from collections.abc import Iterator

from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.form import Shown


def unequal_sums(shown: Shown) -> Iterator[Finding]:
    """Lines whose numbers do not add up; with a dot among them at most too much."""
    for table, whole, parts in shown.rules.lines:
        total = shown.numbers.get(whole)
        numbers = [shown.numbers.get(part) for part in parts]
        known = sum(n for n in numbers if n is not None)
        if total is None:
            continue
        if (None in numbers and known > total) or (
            None not in numbers and known != total
        ):
            yield Finding("sums", table)
