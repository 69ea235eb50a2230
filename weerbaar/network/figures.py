"""A table of a snapshot in words: labels, numbers, and the sentence that says it all.

Pages, files and programs all read a release through this module, so they cannot differ.
A number that is kept back is None everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from weerbaar.network.counting import Cell
from weerbaar.network.dimensions import NONE, SEVERAL, UNKNOWN
from weerbaar.network.planning import plan_named, plan_of
from weerbaar.network.snapshots import Snapshot
from weerbaar.network.tables import PREVENTION, Table, so_far

# A percentage of fewer says little and may say too much (statistics: release plan).
SHARE_FROM = 50
ZERO = "0–4"
TOPIC = "topic"
# What is not named as the most frequent: nobody learns anything from it.
NO_ANSWER = frozenset({UNKNOWN, SEVERAL, NONE})


@dataclass(frozen=True)
class Line:
    """A row of a table: its label, its numbers by column, and their sum."""

    code: str
    label: str
    cells: list[int | None]
    total: int | None


@dataclass(frozen=True)
class Figure:
    """One published table, ready to be read."""

    code: str
    title: str
    definition: str
    kind: str
    base: int
    row_code: str
    row_label: str
    column_label: str
    columns: list[str]
    column_totals: list[int | None]
    lines: list[Line]
    total: int | None
    by_quarter: bool
    has_all_rows: bool
    sentence: str

    @property
    def unit(self) -> str:
        """What is counted."""
        return gettext("requests") if self.kind == PREVENTION else gettext("reports")

    @property
    def has_dots(self) -> bool:
        numbers = [n for line in self.lines for n in (*line.cells, line.total)]
        return None in (*numbers, *self.column_totals, self.total)


def figures(snapshot: Snapshot) -> Iterator[Figure]:
    """Every table of a snapshot, in the order of the plan."""
    for found in snapshot["tables"]:
        yield _figure(snapshot, found)


def figure(snapshot: Snapshot, code: str) -> Figure:
    """One table of a snapshot. Raises KeyError."""
    found = {t["code"]: t for t in snapshot["tables"]}[code]
    return _figure(snapshot, found)


def _planned(snapshot: Snapshot, code: str) -> Table:
    """A table as the plan of the release has it. Raises KeyError, PlanGone."""
    tables = so_far(plan_named(snapshot["planDigest"]).tables, snapshot["quarters"])
    return {t.code: t for t in tables}[code]


def _figure(snapshot: Snapshot, found: dict[str, Any]) -> Figure:
    planned = _planned(snapshot, found["code"])
    columns = planned.columns
    lines = [
        Line(code, planned.rows.label_of(code), cells, total)
        for code, cells, total in zip(
            found["rows"], found["cells"], found["rowTotals"], strict=True
        )
    ]
    return Figure(
        code=planned.code,
        title=str(planned.title),
        definition=str(planned.definition),
        kind=planned.kind,
        base=snapshot["rule"]["base"],
        row_code=planned.rows.code,
        row_label=str(planned.rows.label),
        column_label=str(columns.label) if columns else "",
        columns=[columns.label_of(c) for c in found["columns"]] if columns else [],
        column_totals=found["columnTotals"],
        lines=lines,
        total=found["total"],
        by_quarter=columns is not None and columns.code == "quarter",
        has_all_rows=not planned.only,
        sentence=_sentence(planned, lines, found["total"]),
    )


def _sentence(planned: Table, lines: list[Line], total: int | None) -> str:
    if not total:
        return gettext("There were too few to show.")
    if planned.share_of:
        return _share(next(n for n in lines if n.code == planned.share_of), total)
    named = [n for n in lines if n.total and n.code not in NO_ANSWER]
    if not named:
        return gettext("No single category is large enough to show.")
    most = max(named, key=lambda line: line.total or 0)
    return gettext("Most often: %(label)s, %(part)s.") % {
        "label": most.label,
        "part": part_of(most.total, total),
    }


def _share(line: Line, total: int) -> str:
    if line.total is None:
        return gettext("%(label)s: too few to show.") % {"label": _capital(line.label)}
    return f"{_capital(line.label)}: {part_of(line.total, total)}."


def shown(number: int | None) -> str:
    """A number in a drawing: a 0 may stand for up to four (statistics 4.1)."""
    if number is None:
        return gettext("too few")
    return str(number) if number else ZERO


def part_of(part: int | None, total: int | None) -> str:
    """`about 120 of 840 (14%)`; no percentage of a small whole, nor of up to four."""
    if part is None or total is None:
        return gettext("too few to show")
    words = gettext("about %(part)s of %(total)s") % {
        "part": shown(part),
        "total": shown(total),
    }
    if not part or total < SHARE_FROM:
        return words
    return f"{words} ({round(100 * part / total)}%)"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def cell_label(cell: Cell, year: int) -> str:
    """A cell of the plan in words: its kind and its categories."""
    known = {d.code: d for d in plan_of(year).dimensions}
    kind = gettext("requests") if cell.kind == PREVENTION else gettext("reports")
    categories = [
        known[dimension].label_of(code) for dimension, code in sorted(cell.at)
    ]
    return " · ".join([kind, *categories])


def topic_total(snapshot: Snapshot, topic: str) -> int | None:
    """How many reports a policy topic had; None when that is kept back or not told."""
    for table in snapshot["tables"]:
        if table["rowDimension"] == TOPIC:
            totals = dict(zip(table["rows"], table["rowTotals"], strict=True))
            return totals.get(topic)
    return None
