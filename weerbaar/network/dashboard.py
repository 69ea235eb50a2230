"""The most telling figures of a year, each with its sentence and its drawing (N-1).

They are found by what the plan tells incidents apart by, not by the code of a table: a
plan that renames its tables still has its dashboard.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from weerbaar.network.charts import Chart, by_quarter, by_rows
from weerbaar.network.figures import Figure, largest, listed, of_incidents
from weerbaar.network.snapshots import Snapshot
from weerbaar.network.tables import INCIDENT_GROUP, PROVINCE

WHAT, HOW, WHERE = INCIDENT_GROUP, "channel", PROVINCE


@dataclass(frozen=True)
class Told:
    """A drawing of one figure, what it says in a sentence, and what it is called."""

    figure: Figure
    chart: Chart
    title: str
    sentence: str


def telling(snapshot: Snapshot) -> list[Told]:
    """What happened, how, when and where; what the plan or the year lacks is left out.

    Only numbers of tables that are published stand in it.
    """
    found = of_incidents(snapshot)
    return [*_rows(found, WHAT), *_quarters(found), *_rows(found, HOW, WHERE)]


def _rows(found: list[Figure], *dimensions: str) -> Iterator[Told]:
    for dimension in dimensions:
        figure = next((f for f in found if f.row_code == dimension), None)
        if figure and any(line.total for line in figure.lines):
            yield Told(figure, by_rows(figure), figure.title, figure.sentence)


def _quarters(found: list[Figure]) -> Iterator[Told]:
    figure = next((f for f in found if f.by_quarter), None)
    # One quarter is no course of a year.
    if figure and len(figure.columns) > 1 and any(figure.column_totals):
        title = gettext("Reports by quarter")
        yield Told(figure, by_quarter(figure), title, _busiest(figure))


def _busiest(figure: Figure) -> str:
    found = zip(figure.columns, figure.column_totals, strict=True)
    quarters, part = largest(list(found), figure.part)
    words = gettext("Most in the %(quarter)s: %(part)s.")
    return words % {"quarter": listed(quarters), "part": part}
