"""Counting records exactly, by the tables of the network's plan, for who may see them.

An organisation counts its own cases in a handler's session. What comes in here is not
kept and goes nowhere: no record reaches the letterbox, the pool or the network. This
package is ground; the network says at start-up how its tables are counted (ADR 0030).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from weerbaar.contributions.services import Record


@dataclass(frozen=True)
class ExactLine:
    """A row: its label, its numbers by column, and their sum."""

    label: str
    cells: list[int]
    total: int


@dataclass(frozen=True)
class ExactTable:
    """A table of the plan with exact numbers, in the reader's language."""

    code: str
    title: str
    definition: str
    row_label: str
    columns: list[str]
    lines: list[ExactLine]
    column_totals: list[int]
    total: int
    has_all_rows: bool

    @property
    def is_empty(self) -> bool:
        """Whether no row that it shows has a record."""
        return not any(line.total for line in self.lines)


@dataclass(frozen=True)
class Exact:
    """All tables of a year, and how many records fit no category of the plan."""

    tables: list[ExactTable]
    outside: int = 0


Counter = Callable[[Sequence[Record], int], Exact]
_counters: list[Counter] = []


def count_with(counter: Counter) -> None:
    """For the network, at start-up: who counts records by the tables of a year."""
    _counters[:] = [counter]


def count_exactly(records: Sequence[Record], year: int) -> Exact:
    """The tables of a year over these records; none when the year has no plan."""
    return _counters[0](records, year) if _counters else Exact([])
