"""Counting records into the cells of the plan: incidents, organisations and persons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from weerbaar.contributions.services import Record
from weerbaar.network.dimensions import OutsidePlan
from weerbaar.network.tables import Table, dimensions


class Cell(NamedTuple):
    """What is counted: a kind of case and its categories; no category is the total."""

    kind: str
    at: frozenset[tuple[str, str]] = frozenset()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its dimensions with their categories, in order: a set has one by chance."""
        return sorted(self.at)

    def sort_key(self) -> tuple[str, list[tuple[str, str]]]:
        """By which cells are put in the same order in every process."""
        return self.kind, self.pairs


@dataclass(frozen=True)
class Count:
    """How many incidents, of how many organisations, met by how many persons.

    `largest` is how many of the incidents are of the organisation with most of them;
    `known` how many of them somebody inside knows: one organisation, or a few of the
    largest that put their cases together.
    """

    incidents: int = 0
    organisations: int = 0
    persons: int = 0
    largest: int = 0
    known: int = 0


# How many of the organisations with most cases may put these together.
COALITIONS = (3, 10)
Counts = dict[Cell, Count]


def cell(table: Table, row: str | None = None, column: str | None = None) -> Cell:
    """The cell of a table; without a row or column it is the sum over them.

    The same sum in two tables is the same cell, so it is counted and protected once.
    """
    at = set()
    if row is not None:
        at.add((table.rows.code, row))
    if column is not None and table.columns is not None:
        at.add((table.columns.code, column))
    return Cell(table.kind, frozenset(at))


def newest(records: Iterable[Record]) -> list[Record]:
    """The last revision of each case; a case that was withdrawn falls out."""
    last: dict[str, Record] = {}
    for record in records:
        known = last.get(record.case)
        if known is None or _age(record) > _age(known):
            last[record.case] = record
    return [record for record in last.values() if not record.withdrawn]


def _age(record: Record) -> tuple[int, int, bool]:
    # Her newest word first: a handler's revision from before it cannot undo it. Of two
    # of one revision the withdrawal counts: rather too few than too many.
    return record.said, record.revision, record.withdrawn


def until(records: Iterable[Record], quarters: int) -> list[Record]:
    """The records of the first quarters of their year; a running quarter waits."""
    return [record for record in records if record.month <= 3 * quarters]


def count(
    records: Iterable[Record], tables: Sequence[Table]
) -> tuple[Counts, list[Record]]:
    """Every cell of the plan, also the empty, and the records that fit no category.

    `records` are what `newest` gave.
    """
    found: dict[Cell, tuple[Counter[str], set[str]]] = {
        known: (Counter(), set()) for known in cells(tables)
    }
    outside = []
    for record in records:
        try:
            places = list(_cells_of(record, tables))
        except OutsidePlan:
            outside.append(record)
            continue
        for place in places:
            organisations, persons = found[place]
            organisations[record.organisation] += 1
            persons.add(record.person)
    return counts_of(found), outside


def counts_of(found: Mapping[Cell, tuple[Counter[str], set[str]]]) -> Counts:
    """The counts of cells of which it is known whose cases, and what persons, they are.

    All cells of the plan at once: who may put cases together is seen in the totals.
    """
    together = _coalition(found)
    return {
        place: _count_of(organisations, len(persons), together)
        for place, (organisations, persons) in found.items()
    }


def _coalition(found: Mapping[Cell, tuple[Counter[str], set[str]]]) -> set[str]:
    """The organisations with most cases that may put these together.

    Where they would be half of all, there are hardly others to protect from them.
    """
    cases: Counter[str] = Counter()
    for place, (organisations, _persons) in found.items():
        if not place.at:
            cases.update(organisations)
    many = max((n for n in COALITIONS if 2 * n < len(cases)), default=0)
    largest = sorted(cases, key=lambda name: (-cases[name], name))
    return set(largest[:many])


def _count_of(organisations: Counter[str], persons: int, together: set[str]) -> Count:
    largest = max(organisations.values(), default=0)
    theirs = sum(n for name, n in organisations.items() if name in together)
    return Count(
        organisations.total(),
        len(organisations),
        persons,
        largest,
        max(largest, theirs),
    )


def cells(tables: Sequence[Table]) -> Iterator[Cell]:
    """Every cell of the plan once: totals, sums and inner cells."""
    seen: set[Cell] = set()
    for table in tables:
        columns = table.columns.codes if table.columns else []
        for row, column in product([None, *table.rows.codes], [None, *columns]):
            place = cell(table, row, column)
            if place not in seen:
                seen.add(place)
                yield place


def _cells_of(record: Record, tables: Sequence[Table]) -> set[Cell]:
    at = {d.code: d.of(record) for d in dimensions(tables, record.kind)}
    if not at:
        raise OutsidePlan(record.kind)
    places = set()
    for table in tables:
        if table.kind == record.kind:
            row = at[table.rows.code]
            column = at[table.columns.code] if table.columns else None
            places |= {cell(table, r, c) for r in (None, row) for c in (None, column)}
    return places
