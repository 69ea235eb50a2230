"""ACRO: a checker of what researchers take out of a safe room."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from year import SMALL, Cell, Year

TOTAL = "All"
Grid = Callable[[str | None, str | None], float | None]


def suppressed(year: Year) -> Iterator[Cell]:
    """Numbers under ten are hidden, and sums are those of what is left."""
    for table in year.tables:
        grid, code = _crossed(year, table, rounds=False), table["code"]
        for row, column in year.places(table):
            number = grid(row, column)
            if year.is_sum(table, row, column):
                number = number or 0
                hidden = sum(
                    grid(r, c) is None
                    for r, c in year.inner(table)
                    if row in (None, r) and column in (None, c)
                )
                yield code, row, column, number, number, number + 9 * hidden
            elif number is None:
                yield code, row, column, None, 0, SMALL - 1
            else:
                yield code, row, column, number, number, number


def rounded(year: Year) -> Iterator[Cell]:
    """Each number to the nearest five, and sums are those of the rounded numbers."""
    for table in year.tables:
        grid, code = _crossed(year, table, rounds=True), table["code"]
        for row, column in year.places(table):
            number = grid(row, column) or 0
            if year.is_sum(table, row, column):
                yield code, row, column, number, 0, None
            else:
                yield code, row, column, number, max(0, number - 2), number + 2


def _crossed(year: Year, table: dict[str, Any], *, rounds: bool) -> Grid:
    import acro

    session = acro.ACRO(suppress=not rounds)
    if rounds:
        session.enable_rounding()
    rows = year.frame[table["rows"]]
    columns = year.frame[table["columns"] or "everyone"]
    found = session.crosstab(rows, columns, margins=True, margins_name=TOTAL)

    def number(row: str | None, column: str | None) -> float | None:
        alone = "everyone" if row and not table["columns"] else TOTAL
        at = (row or TOTAL, column or alone)
        if at[0] not in found.index or at[1] not in found.columns:
            return 0.0
        value = float(found.loc[at])
        return None if math.isnan(value) else value

    return number
