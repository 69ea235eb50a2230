"""The contributor gate: a count that few stand behind is a dot, with what tells it.

In the words of the field: primary and complementary suppression of cells. A count of
ten or more needs enough persons and organisations behind it, and no organisation with
nearly all of it (plan: `gate`). What rounding could not keep from who knows most of a
number is a dot as well. A dot alone follows from the numbers around it, so further
cells become dots until a linear program over everything that is still shown leaves each
gated count enough room (statistics 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import ceil, floor, inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from weerbaar.network.counting import Cell, Counts
from weerbaar.network.plan import BASE, Gate
from weerbaar.network.rounding import SPARE
from weerbaar.network.structure import Structure, structure
from weerbaar.network.tables import Table

if TYPE_CHECKING:
    from ortools.linear_solver import pywraplp

# The least and the most that is known elsewhere of a cell.
Facts = Mapping[Cell, tuple[float, float]]
# A value, and which shown numbers hold it there.
Reach = tuple[float, list[Cell]]
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
    base: int = BASE,
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
        _Cover(system, counts, numbers, hidden, bound, base, facts).complete()
    return frozenset(hidden)


@dataclass(frozen=True)
class _Program:
    """What is shown as a linear program, and its row of each shown number."""

    solver: pywraplp.Solver
    cells: Sequence[pywraplp.Variable]
    held: Mapping[Cell, pywraplp.Constraint]

    def furthest(self, members: Sequence[int], *, up: bool) -> Reach:
        """The furthest value of a sum of cells."""
        objective = self.solver.Objective()
        objective.Clear()
        for member in members:
            objective.SetCoefficient(self.cells[member], 1)
        objective.SetOptimizationDirection(up)
        # 0 is optimal; without any bound the dot is as open as can be.
        if self.solver.Solve() != 0:
            return (inf if up else 0.0), []
        tight = (c for c, row in self.held.items() if abs(row.dual_value()) > CLOSE)
        return objective.Value(), list(tight)


class _Cover:
    """Adds dots to `hidden` until every gated count of one kind is wide open."""

    def __init__(
        self,
        system: Structure,
        counts: Counts,
        numbers: Mapping[Cell, int],
        hidden: set[Cell],
        bound: int,
        base: int,
        facts: Facts,
    ) -> None:
        self.system, self.counts, self.numbers = system, counts, numbers
        self.hidden, self.bound, self.base = hidden, bound, base
        self.facts = {c: known for c, known in facts.items() if c in system.sums}
        # With how many dots `beside` was made; none yet.
        self.made_with = -1
        self.beside: _Program

    def complete(self) -> None:
        if self.facts:
            self.hidden |= set(filter(self._told, self._small()))
        # What is open stays so: each further dot leaves it more room.
        is_open: set[Cell] = set()
        while self._own() - is_open:
            for place in sorted(self._own() - is_open, key=Cell.sort_key):
                if not (self._widen(place) or self._loosen(place)):
                    is_open.add(place)

    def _small(self) -> list[Cell]:
        """The small numbers that are shown, and not known already."""
        shown = self.system.sums.keys() - self.hidden - self.facts.keys()
        small = (c for c in shown if self.numbers[c] <= self.base)
        return sorted(small, key=Cell.sort_key)

    def _told(self, place: Cell) -> bool:
        """Do the facts leave a shown number fewer than three values?"""
        return self._left(place)[0] < SPARE

    def _left(self, place: Cell) -> Reach:
        """From least to most what the facts leave, and which shown numbers hold it.

        Facts that contradict what is shown leave anything: the checker says so.
        """
        program, members = self._beside_facts(), self.system.sums[place][0]
        (most, above), (least, below) = (
            program.furthest(members, up=up) for up in (True, False)
        )
        if most == inf:
            return inf, []
        return floor(most + CLOSE) - ceil(least - CLOSE), [*above, *below]

    def _loosen(self, place: Cell) -> bool:
        """Hide a number that tells a dot to who knows the facts; was there one?"""
        if not self.facts or place in self.facts:
            return False
        left, binding = self._left(place)
        if left >= SPARE or not binding or self._told_by_facts(place):
            return False
        self.hidden.add(min(binding, key=self._cheapest))
        return True

    def _told_by_facts(self, place: Cell) -> bool:
        """Would the facts tell it if no number were shown at all?"""
        alone = copy(self)
        alone.hidden, alone.made_with = set(self.system.sums), -1
        return alone._told(place)

    def _own(self) -> set[Cell]:
        return self.hidden & self.system.sums.keys()

    def _widen(self, place: Cell) -> bool:
        """Hide a number that holds a dot too close to its truth; was there one?"""
        truth = self.counts[place].incidents
        room = max(LEAST, -(-truth // SHARE))
        for up in (True, False):
            reached, binding = self._extreme(place, up=up)
            wanted = truth + room if up else max(0, truth - room)
            is_close = reached < wanted - CLOSE if up else reached > wanted + CLOSE
            if is_close and binding:
                self.hidden.add(min(binding, key=self._cheapest))
                return True
        return False

    def _cheapest(self, place: Cell) -> tuple[int, Any]:
        """The smallest number goes first, and of two always the same one."""
        return self.numbers[place], place.sort_key()

    def _room(self, whole: Cell) -> tuple[float, float]:
        """What a shown number says."""
        number = self.numbers[whole]
        return max(0, number - self.bound), number + self.bound

    def _known(self, whole: Cell) -> tuple[float, float]:
        """What is known elsewhere, and beside what is shown."""
        least, most = self.facts[whole]
        low, high = (0.0, inf) if whole in self.hidden else self._room(whole)
        return max(least, low), min(most, high)

    def _extreme(self, place: Cell, *, up: bool) -> Reach:
        """The furthest value of a cell beside what is shown."""
        return self._program(NO_FACTS).furthest(self.system.sums[place][0], up=up)

    def _beside_facts(self) -> _Program:
        """What is shown beside the facts; made anew when another number is hidden."""
        if self.made_with != len(self.hidden):
            self.beside = self._program(self.facts)
            self.made_with = len(self.hidden)
        return self.beside

    def _program(self, facts: Facts) -> _Program:
        # As heavy as the other solver: not for a web process.
        from ortools.linear_solver import pywraplp

        solver = pywraplp.Solver.CreateSolver("GLOP")
        cells = [solver.NumVar(0, solver.infinity(), "") for _one in self.system.inner]
        return _Program(solver, cells, self._hold(solver, cells, facts))

    def _hold(
        self,
        solver: pywraplp.Solver,
        cells: Sequence[pywraplp.Variable],
        facts: Facts,
    ) -> dict[Cell, pywraplp.Constraint]:
        """Add what is shown and known as rows; gives that of each shown number."""
        held = {}
        for whole, (first, *others) in self.system.sums.items():
            if whole in facts:
                _row(solver, cells, first, *self._known(whole))
            elif whole not in self.hidden:
                held[whole] = _row(solver, cells, first, *self._room(whole))
            # A dot too is the same number wherever it can be read.
            for members in others:
                tie = solver.Constraint(0, 0)
                for member in set(first) ^ set(members):
                    tie.SetCoefficient(cells[member], 1 if member in first else -1)
        return held


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
