"""A published table: what it counts, along which dimensions, and how it is read.

No table is made on demand (domain 8, g): the release plan lists them all. Each incident
counts once in each dimension.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from weerbaar.network.dimensions import Dimension

INCIDENT = "incident"
PREVENTION = "prevention"
# The dimensions that pages and files know by name; what else there is, the plan says.
QUARTER = "quarter"
PROVINCE = "province"
INCIDENT_GROUP = "incident_group"
TOPIC = "topic"


@dataclass(frozen=True)
class Table:
    """A published table: one or two dimensions, what it counts, and how it is read."""

    code: str
    title: Any
    definition: Any
    rows: Dimension
    columns: Dimension | None = None
    kind: str = INCIDENT
    only: tuple[str, ...] = ()
    share_of: str = ""

    @property
    def dimensions(self) -> list[Dimension]:
        return [self.rows, *([self.columns] if self.columns else [])]

    @property
    def size(self) -> int:
        """How many cells it has, without its sums."""
        return len(self.shown_rows) * (len(self.columns.codes) if self.columns else 1)

    @property
    def shown_rows(self) -> list[str]:
        """The rows that are shown; a table of some rows only has no sums of columns."""
        return list(self.only) or self.rows.codes


def so_far(tables: Sequence[Table], quarters: int) -> tuple[Table, ...]:
    """The tables over the first `quarters` quarters; a quarter to come is no column."""
    return tuple(_cut(table, quarters) for table in tables)


def _cut(table: Table, quarters: int) -> Table:
    columns = table.columns
    if columns is None or columns.code != QUARTER:
        return table
    passed = replace(columns, categories=columns.categories[:quarters])
    return replace(table, columns=passed)


def dimensions(tables: Sequence[Table], kind: str) -> Iterator[Dimension]:
    """Each dimension once that tables of a kind are made of."""
    seen: set[str] = set()
    for table_ in tables:
        for dimension in table_.dimensions if table_.kind == kind else ():
            if dimension.code not in seen:
                seen.add(dimension.code)
                yield dimension
