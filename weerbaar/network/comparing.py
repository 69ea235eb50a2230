"""Numbers of several releases side by side: a table and a drawing of the same cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from weerbaar.network.charts import Chart
from weerbaar.network.drawing import Bar, Part, bars, markup
from weerbaar.network.models import Release
from weerbaar.network.periods import QUARTERS

# In one drawing; the table beside it has all columns.
DRAWN = 2
# Room behind the longest bar for the words of its column.
LONGEST = 60
# Where a column has no number at all: no 0, and nothing that is kept back.
ABSENT = "–"


@dataclass(frozen=True)
class Column:
    """What a column is called where there is little room, and in full."""

    short: str
    long: str
    more: str = ""


@dataclass(frozen=True)
class Cell:
    """How long its bar is, how it is written, and what more there is to say of it."""

    value: int | None
    words: str
    about: str = ""


@dataclass(frozen=True)
class Comparison:
    """A table, its drawing, and what both say in a sentence."""

    title: str
    sentence: str
    row_label: str
    columns: Sequence[Column]
    lines: Sequence[tuple[str, Sequence[str]]]
    chart: Chart


Row = tuple[str, Mapping[int, Cell]]


def column_of(release: Release) -> Column:
    """A year; `*` and a word say that it is provisional, and how far it goes."""
    year = str(release.year)
    part = release.period if release.quarters < QUARTERS else ""
    if not release.is_provisional:
        return Column(year, year)
    told = ", ".join(filter(None, [part, release.status]))
    return Column(f"{year}*", f"{year} ({release.status})", told)


def compared(
    title: str,
    sentence: str,
    *,
    row_label: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    name: str,
) -> Comparison:
    """The cells of each row by the number of their column; one may be absent."""
    numbers = range(len(columns))
    lines = [
        (capfirst(label), [cells[n].words if n in cells else ABSENT for n in numbers])
        for label, cells in rows
    ]
    drawn = numbers[-DRAWN:]
    groups = [
        Bar(capfirst(label), [_part(label, columns, n, cells, drawn) for n in drawn])
        for label, cells in rows
    ]
    about = gettext("The same numbers stand in the table.")
    root = bars(groups, title=title, about=about, name=name, longest=LONGEST)
    chart = Chart(title, markup(root), "")
    return Comparison(title, sentence, row_label, columns, lines, chart)


def _part(
    label: str,
    columns: Sequence[Column],
    number: int,
    cells: Mapping[int, Cell],
    drawn: Sequence[int],
) -> Part:
    """The newest is solid, the one before it striped."""
    cell, column = cells.get(number, Cell(None, ABSENT)), columns[number]
    told = cell.words if number in cells else gettext("no number yet")
    return Part(
        cell.value,
        f"{column.short}: {cell.words}",
        f"{capfirst(label)}, {column.long}: {told}",
        cell.about or ", ".join(filter(None, [column.long, column.more])),
        striped=number != drawn[-1],
    )
