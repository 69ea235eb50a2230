"""Controlled rounding: every count to a multiple of five, jointly and additively.

One integer model over all tables of a kind (statistics 4.3): each inner cell goes to
the five below or above it, each published sum stays within 4 of the truth, and a
sum that stands in two tables is the same in both. So rows and columns add up, within
and between tables, and no linear reasoning over all of them narrows a count below five
possible values: four copies of a whole record more, or less, fit everything published.

Which way a cell goes is drawn beforehand from a secret seed, so that nobody who knows
the method can tell a five that was one from a five that was four (minimality).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weerbaar.network.counting import Cell, Counts
from weerbaar.network.plan import BASE, BOUND
from weerbaar.network.structure import Structure, structure
from weerbaar.network.tables import Table

if TYPE_CHECKING:
    import numpy as np
    from ortools.sat.python import cp_model

# What a step beyond the bound costs where an earlier release ties our hands.
STRETCH = 50
# Above what somebody inside knows, so many more must seem possible.
SPARE = 2
# One: on plans of this size several find the same and take more of the machine.
WORKERS = 1
# In units of work, not seconds: the same seed gives the same numbers on any machine.
EFFORT = 4.0


def _solver() -> Any:
    """The solver: a hundred megabytes, which only who counts has to carry."""
    from ortools.sat.python import cp_model

    return cp_model


class NotRoundable(ValueError):
    """No joint rounding stays within the bound: the plan has too many tables."""


@dataclass(frozen=True)
class Earlier:
    """A former release of the same year: its numbers, and the truth behind them."""

    numbers: Mapping[Cell, int]
    counts: Counts


def round_jointly(
    counts: Counts,
    tables: Sequence[Table],
    *,
    seed: bytes,
    earlier: Earlier | None = None,
    base: int = BASE,
    bound: int = BOUND,
) -> dict[Cell, int]:
    """Every cell of the plan as a multiple of its base, within its bound.

    With an earlier release of the year, a number whose truth did not change does not
    move, and no number moves against its change. Raises NotRoundable.
    """
    numbers: dict[Cell, int] = {}
    for kind in dict.fromkeys(table.kind for table in tables):
        of_kind = [table for table in tables if table.kind == kind]
        model = _Model(
            counts, structure(of_kind), _drawn(seed, kind), earlier, base, bound
        )
        numbers |= model.solved(seed)
    return numbers


def bound_of(numbers: Mapping[Cell, int], counts: Counts, bound: int = BOUND) -> int:
    """How far the furthest number lies from the truth; at least the plan's bound."""
    furthest = [abs(numbers[place] - counts[place].incidents) for place in numbers]
    return max([bound, *furthest])


def _drawn(seed: bytes, kind: str) -> np.random.Generator:
    import numpy as np

    digest = hashlib.sha256(seed + kind.encode()).digest()
    return np.random.default_rng(list(digest))


class _Model:
    """The integer model of one kind of case."""

    def __init__(
        self,
        counts: Counts,
        system: Structure,
        drawn: np.random.Generator,
        earlier: Earlier | None,
        base: int,
        bound: int,
    ) -> None:
        self.base, self.bound = base, bound
        self.counts, self.system, self.earlier = counts, system, earlier
        self.model: cp_model.CpModel = _solver().CpModel()
        self.cost: list[cp_model.LinearExprT] = []
        places = [place for _clique, place in system.inner]
        wanted = self._wanted(places, drawn)
        self.fives = [self._five(*pair) for pair in zip(places, wanted, strict=True)]
        for pair in zip(self.fives, wanted, strict=True):
            self._prefer(*pair)
        self.sums = {
            whole: self._sum(whole, lists) for whole, lists in system.sums.items()
        }
        self.model.minimize(sum(self.cost))

    def _wanted(
        self, places: Sequence[Cell], drawn: np.random.Generator
    ) -> Sequence[int]:
        """How many fives each inner cell is drawn to have; the mean is its truth."""
        truths = [self.counts[place].incidents for place in places]
        return [
            truth // self.base + int(up < truth % self.base / self.base)
            for truth, up in zip(truths, drawn.random(len(truths)), strict=True)
        ]

    def _five(self, place: Cell, wanted: int) -> cp_model.IntVar:
        truth = self.counts[place].incidents
        low, high = truth // self.base, -(-truth // self.base)
        if self.earlier is not None:
            # An earlier release may ask for more room than the two nearest fives.
            before = self.earlier.numbers.get(place, truth) // self.base
            low, high = max(0, min(low, before) - 1), max(high, before) + 1
        five = self.model.new_int_var(low, high, "")
        self.model.add_hint(five, wanted)
        return five

    def _prefer(self, five: cp_model.IntVar, wanted: int) -> None:
        """The draw counts most: what is nearest would tell what it was."""
        off = self.model.new_int_var(0, 10**6, "")
        self.model.add_abs_equality(off, five - wanted)
        self.cost.append(self.base * off)

    def _sum(self, whole: Cell, lists: list[list[int]]) -> cp_model.IntVar:
        truth = self.counts[whole].incidents
        room = self.bound if self.earlier is None else self.base * len(self.fives)
        low, high = -(-(truth - room) // self.base), (truth + room) // self.base
        total = self.model.new_int_var(max(0, low), max(0, high), "")
        for members in lists:
            self.model.add(sum(self.fives[m] for m in members) == total)
        off = self.model.new_int_var(0, self.base * len(self.fives) + truth, "")
        self.model.add_abs_equality(off, self.base * total - truth)
        self.cost.append(off)
        self._veil(whole, total)
        if self.earlier is not None:
            self._stick(whole, total, off)
        return total

    def _veil(self, whole: Cell, total: cp_model.IntVar) -> None:
        """Go up rather than show who knows most of a number that he knows all."""
        least = self.counts[whole].known + SPARE - self.bound
        if least > self.base * (self.counts[whole].incidents // self.base):
            short = self.model.new_int_var(0, self.base, "")
            self.model.add(short >= least - self.base * total)
            self.cost.append(STRETCH * short)

    def _stick(self, whole: Cell, total: cp_model.IntVar, off: cp_model.IntVar) -> None:
        """Hold a number to the one before: it follows its change, or stays."""
        earlier = self.earlier
        if earlier is None or whole not in earlier.numbers:
            return
        before = earlier.numbers[whole] // self.base
        change = self.counts[whole].incidents - earlier.counts[whole].incidents
        if change >= 0:
            self.model.add(total >= before)
        if change <= 0:
            self.model.add(total <= before)
        beyond = self.model.new_int_var(0, 10**6, "")
        self.model.add(beyond >= off - self.bound)
        self.cost.append(STRETCH * beyond)

    def solved(self, seed: bytes) -> dict[Cell, int]:
        cp_sat = _solver()
        solver = cp_sat.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.max_deterministic_time = EFFORT
        solver.parameters.random_seed = int.from_bytes(seed[:4], "big") >> 1
        status = solver.solve(self.model)
        if status not in (cp_sat.OPTIMAL, cp_sat.FEASIBLE):
            raise NotRoundable
        return {
            whole: self.base * solver.value(total) for whole, total in self.sums.items()
        }
