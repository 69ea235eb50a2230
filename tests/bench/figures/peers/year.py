"""What all peers are given, and the form in which they answer."""

from collections.abc import Iterator
from itertools import product
from typing import Any

# What is published of a cell: table, row, column (none is a sum), number or none, and
# the least and most that somebody who knows the method's public rule knows it to be
# (no most: anything).
Cell = tuple[str, str | None, str | None, float | None, float, float | None]
# What the rule of ten hides.
SMALL = 10


class Refused(Exception):
    """A peer that does not do what is asked; in its own words."""


class Year:
    """The records as a frame, and the tables."""

    def __init__(self, content: dict[str, Any]) -> None:
        import pandas as pd

        self.frame = pd.DataFrame(content["records"])
        self.frame["everyone"] = "everyone"
        self.frame["one"] = 1
        self.tables, self.codes = content["tables"], content["codes"]

    def places(self, table: dict[str, Any]) -> Iterator[tuple[str | None, str | None]]:
        """Every cell of a table with its sums."""
        columns = self.codes[table["columns"]] if table["columns"] else []
        yield from product([None, *self.codes[table["rows"]]], [None, *columns])

    def inner(self, table: dict[str, Any]) -> list[tuple[str | None, str | None]]:
        """The cells that are no sum."""
        return [at for at in self.places(table) if not self.is_sum(table, *at)]

    @staticmethod
    def is_sum(table: dict[str, Any], row: str | None, column: str | None) -> bool:
        return row is None or (column is None and bool(table["columns"]))
