"""A table of a snapshot in words: labels, numbers, and the sentence that says it all.

Pages, files and programs all read a release through this module, so they cannot differ.
A number that is kept back is None everywhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext

from weerbaar.network.counting import Cell
from weerbaar.network.dimensions import NONE, SEVERAL, UNKNOWN
from weerbaar.network.planning import plan_named, plan_of
from weerbaar.network.snapshots import Snapshot
from weerbaar.network.tables import INCIDENT, PREVENTION, QUARTER, TOPIC, Table, so_far

Part = Callable[[int | None], str]
# What is not named as the most frequent: nobody learns anything from it.
NO_ANSWER = frozenset({UNKNOWN, SEVERAL, NONE})
# How many that share the first place are named in a sentence.
NAMED = 3


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
    bound: int
    row_code: str
    row_label: str
    column_label: str
    columns: list[str]
    column_totals: list[int | None]
    lines: list[Line]
    total: int | None
    share_from: int
    by_quarter: bool
    has_all_rows: bool
    sentence: str

    @property
    def unit(self) -> str:
        """What is counted."""
        return unit_of(self.kind)

    @property
    def has_dots(self) -> bool:
        numbers = [n for line in self.lines for n in (*line.cells, line.total)]
        return None in (*numbers, *self.column_totals, self.total)

    def part(self, number: int | None) -> str:
        """A number of the table as a part of its total."""
        return part_of(number, self.total, share_from=self.share_from, bound=self.bound)

    def shown(self, number: int | None) -> str:
        """A number of the table as a drawing or a report has it."""
        return shown(number, bound=self.bound)

    def more(self, number: int | None) -> str:
        """What a drawing says of a number beside its name."""
        if number is None:
            return gettext("Too few people or organisations.")
        return self.part(number)


def figures(snapshot: Snapshot) -> Iterator[Figure]:
    """Every table of a snapshot, in the order of the plan. Raises PlanGone."""
    for found in snapshot["tables"]:
        yield _figure(snapshot, found)


def of_incidents(snapshot: Snapshot) -> list[Figure]:
    """The tables in which every incident of a snapshot falls in some row."""
    return [f for f in figures(snapshot) if f.kind == INCIDENT and f.has_all_rows]


def figure(snapshot: Snapshot, code: str) -> Figure:
    """One table of a snapshot. Raises KeyError, PlanGone."""
    found = {t["code"]: t for t in snapshot["tables"]}[code]
    return _figure(snapshot, found)


def planned_table(snapshot: Snapshot, code: str) -> Table:
    """A table as the plan of the release has it. Raises KeyError, PlanGone."""
    tables = so_far(plan_named(snapshot["planDigest"]).tables, snapshot["quarters"])
    return {t.code: t for t in tables}[code]


def _figure(snapshot: Snapshot, found: dict[str, Any]) -> Figure:
    planned = planned_table(snapshot, found["code"])
    share_from = plan_named(snapshot["planDigest"]).share_from
    rule, total = snapshot["rule"], found["total"]
    part = partial(part_of, total=total, share_from=share_from, bound=rule["bound"])
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
        base=rule["base"],
        bound=rule["bound"],
        row_code=planned.rows.code,
        row_label=str(planned.rows.label),
        column_label=str(columns.label) if columns else "",
        columns=[columns.label_of(c) for c in found["columns"]] if columns else [],
        column_totals=found["columnTotals"],
        lines=lines,
        total=total,
        share_from=share_from,
        by_quarter=columns is not None and columns.code == QUARTER,
        has_all_rows=not planned.only,
        sentence=_sentence(planned, lines, total, part),
    )


def _sentence(planned: Table, lines: list[Line], total: int | None, part: Part) -> str:
    if not total:
        return gettext("There were too few to show.")
    if planned.share_of:
        asked = next(line for line in lines if line.code == planned.share_of)
        return _share(asked, part)
    named = [n for n in lines if n.total and n.code not in NO_ANSWER]
    if not named:
        return gettext("No single category is large enough to show.")
    labels, words_of = largest([(line.label, line.total) for line in named], part)
    if len(labels) > NAMED:
        return gettext("No single category stands out.")
    # A number that is kept back can be larger than each that is shown.
    if any(line.total is None for line in lines):
        words = gettext("Most often of what is shown: %(label)s, %(part)s.")
    else:
        words = gettext("Most often: %(label)s, %(part)s.")
    return words % {"label": listed(labels), "part": words_of}


def largest(
    found: Sequence[tuple[str, int | None]], part: Part
) -> tuple[list[str], str]:
    """What has the largest number, and in words how large that is.

    Rounded numbers are often equal: all that share the first place are given.
    """
    most = max(number or 0 for _label, number in found)
    labels = [label for label, number in found if number == most]
    if len(labels) > 1:
        return labels, gettext("each %(part)s") % {"part": part(most)}
    return labels, part(most)


def listed(labels: list[str]) -> str:
    """`a, b and c`."""
    return str(get_text_list(labels, gettext("and")))


def _share(line: Line, part: Part) -> str:
    label = capfirst(line.label)
    if line.total is None:
        return gettext("%(label)s: too few to show.") % {"label": label}
    return f"{label}: {part(line.total)}."


def unit_of(kind: str) -> str:
    """What is counted of a kind of case."""
    return gettext("requests") if kind == PREVENTION else gettext("reports")


def shown(number: int | None, *, bound: int) -> str:
    """A number as it is read: a 0 stands for up to the bound (statistics 4.1)."""
    if number is None:
        return gettext("too few")
    return str(number) if number else f"0–{bound}"


def part_of(part: int | None, total: int | None, *, share_from: int, bound: int) -> str:
    """`about 120 of 840 (14%)`.

    No percentage of fewer than `share_from`, which says little and may tell too much,
    nor one of a 0, which may stand for up to the bound (statistics 4.1).
    """
    if part is None or total is None:
        return gettext("too few to show")
    words = gettext("about %(part)s of %(total)s") % {
        "part": shown(part, bound=bound),
        "total": shown(total, bound=bound),
    }
    if not part or total < share_from:
        return words
    return f"{words} ({round(100 * part / total)}%)"


def cell_label(cell: Cell, year: int) -> str:
    """A cell of the plan in words: its kind and its categories."""
    known = {d.code: d for d in plan_of(year).dimensions}
    categories = [known[dimension].label_of(code) for dimension, code in cell.pairs]
    return " · ".join([unit_of(cell.kind), *categories])


def topic_total(snapshot: Snapshot, topic: str) -> int | None:
    """How many reports a policy topic had; None when that is kept back or not told."""
    for table in snapshot["tables"]:
        if table["rowDimension"] == TOPIC:
            totals = dict(zip(table["rows"], table["rowTotals"], strict=True))
            return totals.get(topic)
    return None


def topic_part(snapshot: Snapshot, topic: str) -> str:
    """How many of all reports a policy topic had, in words. Raises PlanGone."""
    plan = plan_named(snapshot["planDigest"])
    return part_of(
        topic_total(snapshot, topic),
        snapshot["totals"][INCIDENT],
        share_from=plan.share_from,
        bound=snapshot["rule"]["bound"],
    )
