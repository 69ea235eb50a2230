"""Disclosure control of a release: jointly rounded numbers, and the dots of the gate.

First every count goes to a multiple of five so that all tables add up
(`rounding`), then what too few people or organisations stand behind becomes a dot, with
whatever would give it away (`gate`). What this claims, and what it does not, stands in
docs/statistics.md; `weerbaar.network.checker` does not take its word for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weerbaar.network.counting import Cell, Counts
from weerbaar.network.gate import NO_FACTS, Facts, dots
from weerbaar.network.plan import Plan
from weerbaar.network.rounding import Earlier, bound_of, round_jointly
from weerbaar.network.tables import Table

Published = Mapping[Cell, int | None]


@dataclass(frozen=True)
class Protected:
    """What may be shown: a number for every cell, which of them are dots, the bound.

    The number of a dot is never published; a later release of the period needs it.
    """

    numbers: dict[Cell, int]
    dots: frozenset[Cell]
    bound: int

    @property
    def published(self) -> Published:
        """Each cell's number, or None where it is a dot."""
        return {
            place: None if place in self.dots else number
            for place, number in self.numbers.items()
        }


def protect(
    counts: Counts,
    plan: Plan,
    tables: Sequence[Table],
    *,
    seed: bytes,
    earlier: Earlier | None = None,
    earlier_dots: frozenset[Cell] = frozenset(),
    facts: Facts = NO_FACTS,
) -> Protected:
    """Round and gate the counts of a release. Raises NotRoundable.

    `facts` are what is known of cells from elsewhere, the least and the most.
    """
    numbers = round_jointly(
        counts,
        tables,
        seed=seed,
        earlier=earlier,
        base=plan.base,
        bound=plan.bound,
    )
    bound = bound_of(numbers, counts, plan.bound)
    hidden = dots(
        counts,
        numbers,
        tables,
        plan.gate,
        bound=bound,
        base=plan.base,
        already=earlier_dots,
        facts=facts,
    )
    return Protected(numbers, hidden, bound)
