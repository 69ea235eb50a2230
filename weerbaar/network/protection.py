"""Disclosure control: which counts are shown, so that no hidden one can be derived.

The rule (domain 8, c and d; N-2): a count is shown when at least 5 incidents of at
least 3 organisations stand behind it; every other count, also none, is the same dot.
Further counts are hidden so that whoever knows all shown counts *exactly* can neither
tell a small count from none, nor tell that it is below 5. What is shown is rounded to 5
on top of that.

Why one table at a time is enough: where the sum of a category is hidden, all its counts
are hidden in every table, and the tables form a forest in which two tables share only
sums of one dimension. So every movement inside one table can be completed to whole
records that fit everything else that is shown.

What this does not claim: it says nothing about two releases laid side by side, about
somebody who knows cases himself, about one organisation behind most of a count, or
about reasoning from how these dots were chosen. Controlled rounding with an attack
audit takes this module's place for that (docs/adr/0012).
"""

from weerbaar.network.counting import Cell, Counts, cell
from weerbaar.network.dimensions import Dimension
from weerbaar.network.flows import Arc, Network
from weerbaar.network.tables import Table, dimensions

INCIDENTS = 5
ORGANISATIONS = 3
BASE = 5

Published = dict[Cell, int | None]


def rounded(number: int) -> int:
    """A count to the nearest five."""
    return BASE * ((number + BASE // 2) // BASE)


def protect(counts: Counts, tables: tuple[Table, ...]) -> Published:
    """Each cell rounded, or None where it is kept back."""
    hidden = {place for place in counts if is_small(counts, place)}
    for kind in {table.kind for table in tables}:
        _Shield(counts, tuple(t for t in tables if t.kind == kind), hidden).hide_more()
    return {
        place: None if place in hidden else rounded(count.incidents)
        for place, count in counts.items()
    }


def is_small(counts: Counts, place: Cell) -> bool:
    """Too few incidents, or of too few organisations, to be shown."""
    count = counts[place]
    return count.incidents < INCIDENTS or count.organisations < ORGANISATIONS


def is_wide(value: int, rise: int, fall: int) -> bool:
    """Nobody can tell a small count from none, nor that a count is below five."""
    return fall >= min(value, BASE) and value + rise >= INCIDENTS


class _Shield:
    """Hides more counts of one kind of case until every small one is covered."""

    def __init__(
        self, counts: Counts, tables: tuple[Table, ...], hidden: set[Cell]
    ) -> None:
        self.counts, self.tables, self.hidden = counts, tables, hidden
        self.kind = tables[0].kind

    def hide_more(self) -> None:
        if Cell(self.kind) in self.hidden:
            self.hidden |= {place for place in self.counts if place.kind == self.kind}
            return
        while True:
            for dimension in dimensions(self.tables, self.kind):
                self._cover_sums(dimension)
            for table in self.tables:
                self._hide_lines(table)
            bare = [found for t in self.tables for found in self._cover_cells(t)]
            # Nothing inside the table covers these: one of their sums goes as well.
            # Where all sums are hidden the total alone is known: that is all there is.
            if not any([self._hide_a_sum(table, place) for table, place in bare]):
                return

    def _cover_sums(self, dimension: Dimension) -> None:
        sums = [
            Cell(self.kind, frozenset({(dimension.code, c)})) for c in dimension.codes
        ]
        shown = sorted(
            (s for s in sums if s not in self.hidden), key=lambda s: self._value(s)
        )
        while (dark := [s for s in sums if s in self.hidden]) and shown:
            if len(dark) > 1 and sum(map(self._value, dark)) >= INCIDENTS:
                return
            self.hidden.add(shown.pop(0))

    def _hide_lines(self, table: Table) -> None:
        for row, column in _inner(table):
            if {cell(table, row), cell(table, None, column)} & self.hidden:
                self.hidden.add(cell(table, row, column))

    def _cover_cells(self, table: Table) -> list[tuple[Table, Cell]]:
        """Cover each small inner cell; gives those that nothing inside can cover."""
        network = self._network(table)
        bare = []
        for row, column in _inner(table):
            place = cell(table, row, column)
            if is_small(self.counts, place) and not self._cover(network, place):
                bare.append((table, place))
        return bare

    def _cover(self, network: Network, place: Cell) -> bool:
        value = self._value(place)
        while True:
            rise = network.rise(place, INCIDENTS)
            fall = network.fall(place, BASE)
            if is_wide(value, rise, fall):
                return True
            up = value + rise < INCIDENTS
            found = network.cheapest(place, up=up, limit=INCIDENTS)
            if not found:
                return False
            for key in found:
                network.arcs[key].is_unknown = True
                self.hidden.add(key)  # type: ignore[arg-type]

    def _network(self, table: Table) -> Network:
        network = Network()
        network.arcs[cell(table)] = Arc("columns", "rows", self._value(cell(table)))
        for row in table.rows.codes:
            self._arc(network, cell(table, row), "rows", ("row", row))
        for column in table.columns.codes if table.columns else []:
            self._arc(network, cell(table, None, column), ("column", column), "columns")
        for row, column in _inner(table):
            place = cell(table, row, column)
            self._arc(network, place, ("row", row), ("column", column), inner=True)
        return network

    def _arc(
        self,
        network: Network,
        place: Cell,
        start: object,
        end: object,
        inner: bool = False,
    ) -> None:
        network.arcs[place] = Arc(
            start, end, self._value(place), place in self.hidden, may_be_hidden=inner
        )

    def _hide_a_sum(self, table: Table, place: Cell) -> bool:
        own = [Cell(self.kind, frozenset({at})) for at in place.at]
        others = [cell(table, row) for row in table.rows.codes]
        columns = table.columns.codes if table.columns else []
        others += [cell(table, None, column) for column in columns]
        for sums in (own, others):
            if shown := [s for s in sums if s not in self.hidden]:
                self.hidden.add(min(shown, key=self._value))
                return True
        return False

    def _value(self, place: Cell) -> int:
        return self.counts[place].incidents


def _inner(table: Table) -> list[tuple[str, str]]:
    columns = table.columns.codes if table.columns else []
    return [(row, column) for row in table.rows.codes for column in columns]
