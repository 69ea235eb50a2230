"""OpenDP: noise that bounds what anybody learns of one incident, or one person."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from year import Cell, Year

EPSILON, DELTA = 4.0, 1e-6


def of_an_incident(year: Year) -> Iterator[Cell]:
    """What one incident adds is hidden."""
    yield from _noisy(year, year.frame, 1)


def of_a_person(year: Year) -> Iterator[Cell]:
    """What one person adds is hidden; of each person three incidents count."""
    few = year.frame.groupby("person").head(3)
    yield from _noisy(year, few, 3)


def _noisy(year: Year, frame: Any, most: int) -> Iterator[Cell]:
    import opendp.prelude as dp

    dp.enable_features("contrib")
    domain = dp.vector_domain(dp.atom_domain(T=str))

    def counting(cells: list[str], scale: float) -> Any:
        counted = dp.t.make_count_by_categories(
            domain,
            dp.symmetric_distance(),
            categories=cells,
            null_category=False,
            MO=dp.L2Distance[int],
        )
        return counted >> dp.m.then_gaussian(scale=scale)

    def bounded(scale: float) -> Any:
        told = dp.c.make_zCDP_to_approxDP(counting(["a"], scale))
        return dp.c.make_fix_delta(told, DELTA)

    one = dp.binary_search_param(bounded, d_in=most, d_out=(EPSILON, DELTA))
    scale = one * math.sqrt(len(year.tables))
    for table in year.tables:
        yield from _summed(year, frame, table, lambda cells: counting(cells, scale))


def _summed(
    year: Year, frame: Any, table: dict[str, Any], counting: Callable[[list[str]], Any]
) -> Iterator[Cell]:
    """The noisy inner cells of a table, and their sums."""
    inner = year.inner(table)
    named = frame[table["rows"]]
    if table["columns"]:
        named = named + "|" + frame[table["columns"]]
    cells = ["|".join(filter(None, at)) for at in inner]
    numbers = dict(zip(inner, counting(cells)(list(named)), strict=True))
    for row, column in year.places(table):
        number = sum(
            n
            for (r, c), n in numbers.items()
            if row in (None, r) and column in (None, c)
        )
        yield table["code"], row, column, max(0, number), 0, None
