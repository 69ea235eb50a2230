"""What a plan promises, in the checker's own terms: its tables and its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from weerbaar.network.checker.findings import Address

QUARTER = "quarter"


@dataclass(frozen=True)
class Split:
    """What records are told apart by; `groups` gives the category of each code."""

    code: str
    source: str
    reads: str
    codes: tuple[str, ...]
    groups: Mapping[str, str]
    marks: Mapping[str, str]
    order: tuple[str, ...]
    who_or_where: bool


@dataclass(frozen=True)
class Grid:
    """A table of the plan: its rows, its columns, and which rows are shown."""

    code: str
    kind: str
    rows: Split
    columns: Split | None
    shown: tuple[str, ...]
    whole: bool
    share_of: str

    @property
    def splits(self) -> tuple[Split, ...]:
        return (self.rows, self.columns) if self.columns else (self.rows,)

    @property
    def column_codes(self) -> tuple[str, ...]:
        return self.columns.codes if self.columns else ()

    def address(self, row: str | None = None, column: str | None = None) -> Address:
        """Where a number stands; the same sum in two tables has the same address."""
        at = set()
        if row is not None:
            at.add((self.rows.code, row))
        if column is not None and self.columns is not None:
            at.add((self.columns.code, column))
        return (self.kind, frozenset(at))

    def inner(self) -> Iterator[Address]:
        """The cells that no others of the table add up to."""
        for row, column in product(self.rows.codes, self.column_codes or (None,)):
            yield self.address(row, column)


class Line(NamedTuple):
    """A sum, its parts, and the table in which they stand."""

    table: str
    whole: Address
    parts: list[Address]


@dataclass(frozen=True)
class Rules:
    """What the plan promises: its tables and every number that they must keep to."""

    version: str
    digest: str
    from_year: int
    adopted_year: int
    base: int
    bound: int
    share_from: int
    floor: Mapping[str, int]
    gate: Mapping[str, int]
    admission: Mapping[str, Any] | None
    grids: tuple[Grid, ...]

    def until(self, quarters: int) -> "Rules":
        """The plan of a year so far: quarters to come are no column yet."""
        return replace(self, grids=tuple(_cut(g, quarters) for g in self.grids))

    @cached_property
    def lines(self) -> list[Line]:
        """Every sum with its parts, each once for each table that shows it."""
        return [line for grid in self.cliques for line in _lines(grid)]

    @cached_property
    def cliques(self) -> list[Grid]:
        """The tables whose cells are no sums of another table's cells."""
        names = [(g.kind, frozenset(s.code for s in g.splits)) for g in self.grids]
        return [
            grid
            for place, grid in enumerate(self.grids)
            if not any(
                kind == names[place][0]
                and (
                    names[place][1] < other or (names[place][1] == other and n < place)
                )
                for n, (kind, other) in enumerate(names)
            )
        ]


def _lines(grid: Grid) -> Iterator[Line]:
    rows, columns = grid.rows.codes, grid.column_codes
    if columns:
        for row in rows:
            yield Line(
                grid.code, grid.address(row), [grid.address(row, c) for c in columns]
            )
        for column in columns:
            parts = [grid.address(row, column) for row in rows]
            yield Line(grid.code, grid.address(None, column), parts)
        yield Line(grid.code, grid.address(), [grid.address(None, c) for c in columns])
    yield Line(grid.code, grid.address(), [grid.address(row) for row in rows])


def _cut(grid: Grid, quarters: int) -> Grid:
    return replace(
        grid,
        columns=grid.columns and _passed(grid.columns, quarters),
        rows=_passed(grid.rows, quarters),
        shown=grid.shown[:quarters] if grid.rows.code == QUARTER else grid.shown,
    )


def _passed(split: Split, quarters: int) -> Split:
    return (
        replace(split, codes=split.codes[:quarters])
        if split.code == QUARTER
        else (split)
    )
