"""The contributor gate: a count that few stand behind is a dot, and so are its keys.

A count of ten or more needs enough persons and organisations behind it, and no
organisation with nearly all of it (plan: `gate`). What rounding could not keep from who
knows most of a number is a dot as well. A dot alone follows from the numbers
around it, so further cells become dots until a linear program over everything that is
still shown leaves each gated count enough room (statistics 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from weerbaar.network.counting import Cell, Counts
from weerbaar.network.planning import Gate
from weerbaar.network.rounding import BASE, SPARE
from weerbaar.network.structure import Structure, structure
from weerbaar.network.tables import Table

if TYPE_CHECKING:
    from ortools.linear_solver import pywraplp

# The least and the most that is known elsewhere of a cell.
Facts = Mapping[Cell, tuple[float, float]]
NO_FACTS: Facts = MappingProxyType({})
# How wide a gated count stays open: five, or a fifth of it when that is more.
LEAST, SHARE = 5, 5
# An interval is a little narrower than it looks: solvers count in floating point.
CLOSE = 1e-6


def gated(counts: Counts, gate: Gate) -> set[Cell]:
    """The counts of some size that too few people or organisations stand behind."""
    return {
        place
        for place, count in counts.items()
        if count.incidents >= gate.start
        and (
            count.persons < gate.persons
            or count.organisations < gate.organisations
            or 100 * count.largest > gate.largest * count.incidents
        )
    }


def dots(
    counts: Counts,
    numbers: Mapping[Cell, int],
    tables: Sequence[Table],
    gate: Gate,
    *,
    bound: int,
    already: frozenset[Cell] = frozenset(),
    facts: Facts = NO_FACTS,
) -> frozenset[Cell]:
    """Every cell that becomes a dot: the gated ones and what would give them away.

    `already` are the dots of an earlier release of the period: they stay. `facts` are
    what is known elsewhere, the least and the most of a cell: what they give away of
    another small number is a dot as well.
    """
    hidden = gated(counts, gate) | {place for place in already if place in counts}
    hidden |= {
        place
        for place, count in counts.items()
        if numbers[place] + bound < count.known + SPARE
    }
    for kind in dict.fromkeys(table.kind for table in tables):
        system = structure([table for table in tables if table.kind == kind])
        _Cover(system, counts, numbers, hidden, bound, facts).complete()
    return frozenset(hidden)


class _Cover:
    """Adds dots to `hidden` until every gated count of one kind is wide open."""

    def __init__(
        self,
        system: Structure,
        counts: Counts,
        numbers: Mapping[Cell, int],
        hidden: set[Cell],
        bound: int,
        facts: Facts,
    ) -> None:
        self.system, self.counts, self.numbers = system, counts, numbers
        self.hidden, self.bound = hidden, bound
        self.facts = {c: known for c, known in facts.items() if c in system.sums}

    def complete(self) -> None:
        if self.facts:
            self.hidden |= set(filter(self._told, self._small()))
        while True:
            narrow = [
                one for one in sorted(self._own(), key=str) if not self._open(one)
            ]
            if not narrow:
                return

    def _small(self) -> list[Cell]:
        """The small numbers that are shown, and not known already."""
        shown = self.system.sums.keys() - self.hidden - self.facts.keys()
        return sorted((c for c in shown if self.numbers[c] <= BASE), key=str)

    def _told(self, place: Cell) -> bool:
        """Do the facts leave a shown number fewer than three values?"""
        most, least = (
            self._extreme(place, up=up, facts=self.facts)[0] for up in (True, False)
        )
        return floor(most + CLOSE) - ceil(least - CLOSE) < SPARE

    def _own(self) -> set[Cell]:
        return self.hidden & self.system.sums.keys()

    def _open(self, place: Cell) -> bool:
        """Is this dot wide open? When not, one more cell becomes a dot."""
        truth = self.counts[place].incidents
        room = max(LEAST, -(-truth // SHARE))
        for up in (True, False):
            reached, binding = self._extreme(place, up=up)
            wanted = truth + room if up else max(0, truth - room)
            if (reached < wanted - CLOSE) if up else (reached > wanted + CLOSE):
                if binding:
                    self.hidden.add(
                        min(binding, key=lambda c: (self.numbers[c], str(c)))
                    )
                return not binding
        return True

    def _room(self, whole: Cell) -> tuple[float, float]:
        """What a shown number says."""
        number = self.numbers[whole]
        return max(0, number - self.bound), number + self.bound

    def _known(self, whole: Cell) -> tuple[float, float]:
        """What is known elsewhere, and beside what is shown."""
        least, most = self.facts[whole]
        low, high = (0.0, inf) if whole in self.hidden else self._room(whole)
        return max(least, low), min(most, high)

    def _extreme(
        self, place: Cell, *, up: bool, facts: Facts = NO_FACTS
    ) -> tuple[float, list[Cell]]:
        """The furthest value of a dot, and which shown numbers hold it there."""
        # As heavy as the other solver: not for a web process.
        from ortools.linear_solver import pywraplp

        solver = pywraplp.Solver.CreateSolver("GLOP")
        cells = [solver.NumVar(0, solver.infinity(), "") for _one in self.system.inner]
        held: dict[Cell, list[pywraplp.Constraint]] = {}
        for whole, lists in self.system.sums.items():
            if whole in facts:
                _row(solver, cells, lists[0], *self._known(whole))
            elif whole not in self.hidden:
                held[whole] = [_row(solver, cells, lists[0], *self._room(whole))]
            for members in lists[1:]:
                tie = solver.Constraint(0, 0)
                for member in set(lists[0]) ^ set(members):
                    tie.SetCoefficient(cells[member], 1 if member in lists[0] else -1)
        objective = solver.Objective()
        for member in self.system.sums[place][0]:
            objective.SetCoefficient(cells[member], 1)
        objective.SetOptimizationDirection(up)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            # Without any bound the dot is as open as can be.
            return (float("inf") if up else 0.0), []
        binding = [
            whole
            for whole, rows in held.items()
            if any(abs(row.dual_value()) > CLOSE for row in rows)
        ]
        return objective.Value(), binding


def _row(
    solver: pywraplp.Solver,
    cells: Sequence[pywraplp.Variable],
    members: Sequence[int],
    low: float,
    high: float,
) -> pywraplp.Constraint:
    row = solver.Constraint(low, high)
    for member in members:
        row.SetCoefficient(cells[member], 1)
    return row
