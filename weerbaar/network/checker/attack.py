"""An attacker with a solver: how little or much can a cell be, given all that is known?

One linear program (HiGHS, another solver than the maker's) in which every cell is a
column and every sum a row. Between two questions only the objective changes, so each
solution starts from the last; presolve would throw that away. Every solution shows at
once for all cells a value that they can have: most need no question of their own.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from weerbaar.network.checker.heavy import highspy, np

# Solvers count in floating point.
CLOSE = 1e-6
# HiGHS keeps one scheduler in a process, and fails silently on another number.
THREADS = 1
PRIMAL_SIMPLEX = 4
Key = Any


class NotSolved(Exception):
    """The solver gave no answer: the check is not passed."""


class Row(NamedTuple):
    """A linear relation: least <= sum of factor * cell <= most."""

    terms: Mapping[Key, float]
    least: float = 0.0
    most: float = 0.0


def _solver() -> Any:
    solver: Any = highspy.Highs()
    options: dict[str, Any] = {
        "output_flag": False,
        "presolve": "off",
        "solver": "simplex",
        "simplex_strategy": PRIMAL_SIMPLEX,
        "threads": THREADS,
    }
    for name, value in options.items():
        if solver.setOptionValue(name, value) == highspy.HighsStatus.kError:
            raise NotSolved
    return solver


class Attack:
    """What can be known of each cell from the bounds of all, and how they add up.

    `low` and `high` are the furthest values that were shown to be possible so far.
    """

    def __init__(
        self, bounds: Mapping[Key, tuple[float, float]], rows: Iterable[Row]
    ) -> None:
        self.keys = list(bounds)
        self.index = {key: place for place, key in enumerate(self.keys)}
        self.solver = _solver()
        for least, most in bounds.values():
            self._must(self.solver.addVar(least, most))
        for row in rows:
            places = np.array([self.index[key] for key in row.terms], dtype=np.int32)
            factors = np.array(list(row.terms.values()), dtype=np.float64)
            self._must(
                self.solver.addRow(row.least, row.most, len(places), places, factors)
            )
        self.aimed: list[int] = []
        # A column below two cells, with its rows; made when it is first asked for.
        self.lesser: tuple[int, list[int], list[int]] | None = None
        self.forget()

    @staticmethod
    def _must(status: Any) -> None:
        if status == highspy.HighsStatus.kError:
            raise NotSolved

    def forget(self) -> None:
        """Start anew, after what is known has changed."""
        self.low = np.full(len(self.keys), np.inf)
        self.high = np.full(len(self.keys), -np.inf)
        self.points: list[Any] = []

    def know(self, bounds: Mapping[Key, tuple[float, float]]) -> None:
        """Give the attacker other bounds of some cells."""
        for key, (least, most) in bounds.items():
            self._must(self.solver.changeColBounds(self.index[key], least, most))
        self.forget()

    def is_possible(self) -> bool:
        """Are there any records at all that fit? Raises NotSolved."""
        return self._aim({}, up=True) is not None

    def extreme(self, terms: Mapping[Key, float], *, up: bool) -> float:
        """The most or least that a sum of cells can be. Raises NotSolved."""
        reached = self._aim({self.index[k]: f for k, f in terms.items()}, up=up)
        if reached is None:
            raise NotSolved
        return reached

    def _aim(self, costs: Mapping[int, float], *, up: bool) -> float | None:
        """Solve for an objective; None when nothing fits what is known."""
        for place in self.aimed:
            self.solver.changeColCost(place, 0.0)
        for place, factor in costs.items():
            self.solver.changeColCost(place, factor)
        self.aimed = list(costs)
        sense = highspy.ObjSense.kMaximize if up else highspy.ObjSense.kMinimize
        self._must(self.solver.changeObjectiveSense(sense))
        self._must(self.solver.run())
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status == highspy.HighsModelStatus.kUnbounded:
            if up and len(costs) == 1 and next(iter(costs)) < len(self.keys):
                # Nothing holds the cell: as open as can be.
                self.high[next(iter(costs))] = np.inf
            return math.inf if up else -math.inf
        if status != highspy.HighsModelStatus.kOptimal:
            raise NotSolved
        point = np.array(self.solver.getSolution().col_value)[: len(self.keys)]
        self.low, self.high = np.minimum(self.low, point), np.maximum(self.high, point)
        self.points.append(point)
        return float(self.solver.getInfo().objective_function_value)

    def most_of_both(self, one: Key, other: Key) -> float:
        """The most that the lesser of two cells can be. Raises NotSolved."""
        if self.lesser is None:
            column = int(self.solver.getNumCol())
            self._must(self.solver.addVar(0.0, math.inf))
            rows = [int(self.solver.getNumRow()) + n for n in range(2)]
            for _row in rows:
                places, factors = np.array([column], np.int32), np.array([1.0])
                self._must(self.solver.addRow(-math.inf, 0.0, 1, places, factors))
            self.lesser = (column, rows, [])
        column, rows, before = self.lesser
        for row, place in zip(rows, before, strict=False):
            self._must(self.solver.changeCoeff(row, place, 0.0))
        at = [self.index[one], self.index[other]]
        for row, place in zip(rows, at, strict=True):
            self._must(self.solver.changeCoeff(row, place, -1.0))
        self.lesser = (column, rows, at)
        reached = self._aim({column: 1.0}, up=True)
        if reached is None:
            raise NotSolved
        return reached

    def values(self, key: Key) -> float:
        """How many whole numbers a cell was shown to be able to have."""
        place = self.index[key]
        return whole_values(self.low[place], self.high[place])

    def interval(self, key: Key) -> tuple[float, float]:
        """The least and most of one cell, solved for. Raises NotSolved."""
        return self.extreme({key: 1}, up=False), self.extreme({key: 1}, up=True)

    def narrow(self, keys: Sequence[Key], *, least: int) -> list[Key]:
        """The cells that have fewer than `least` possible values. Raises NotSolved.

        A cell that was seen to have enough is not solved for again.
        """
        for key in keys:
            if self.values(key) < least:
                self.extreme({key: 1}, up=True)
            if self.values(key) < least:
                self.extreme({key: 1}, up=False)
        return [key for key in keys if self.values(key) < least]


def whole_values(low: float, high: float) -> float:
    """How many whole numbers lie from `low` to `high`."""
    if math.isinf(high) or math.isinf(low):
        return 0 if high < low else math.inf
    return max(0, math.floor(high + CLOSE) - math.ceil(low - CLOSE) + 1)
