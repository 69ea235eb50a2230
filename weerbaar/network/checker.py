"""A second look at a snapshot before it may leave, which shares no code with its maker.

It knows the rules and the document, nothing of records or of how dots were chosen.
Every finding blocks publication.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Written down here once more on purpose: the maker's own lists would agree with him.
STEP = 5
MAY_STAND = {
    "T1": ("organisation_type", "quarter"),
    "T2": ("incident_group", "office_kind"),
    "T3": ("channel", "office_kind"),
    "T4": ("topic", "quarter"),
    "T5": ("perpetrator", "office_kind"),
    "T6": ("police", "office_kind"),
    "T7": ("partner", "incident_group"),
    "T9": ("aftercare", "severity"),
    "T10": ("province", None),
    "T11": ("incident_group", None),
    "T13": ("severity", "office_kind"),
    "T14": ("decision_influenced", None),
    "T15": ("organisation_type", "quarter"),
}
ONLY_SOME_ROWS = {"T11"}
KEYS = {
    "code",
    "kind",
    "rowDimension",
    "columnDimension",
    "rows",
    "columns",
    "cells",
    "rowTotals",
    "columnTotals",
    "total",
}
SAYS: dict[str, str | Promise] = {
    "shape": _("a table does not have the form of the plan"),
    "forbidden": _("a table that the plan does not know"),
    "rounding": _("a number that is not rounded"),
    "derivable": _("a single dot that follows from the other numbers"),
    "sums": _("rows or columns that do not add up"),
    "contradiction": _("two tables that contradict each other"),
}


class Finding(NamedTuple):
    """What is wrong, and in which table."""

    code: str
    table: str


Line = tuple[list[int | None], int | None]


def check(snapshot: dict[str, Any]) -> list[Finding]:
    """Everything that is wrong with a snapshot; empty when it may leave."""
    found: set[Finding] = set()
    sums: dict[tuple[str, str, str], set[int | None]] = {}
    for table in snapshot.get("tables", []):
        code = str(table.get("code", ""))
        if not _may_stand(table):
            found.add(Finding("forbidden", code))
        elif not _has_form(table):
            found.add(Finding("shape", code))
        else:
            found |= {Finding(what, code) for what in _of_table(table)}
            for name, number in _sums_of(table):
                sums.setdefault(name, set()).add(number)
    if any(len(numbers) > 1 for numbers in sums.values()):
        found.add(Finding("contradiction", ""))
    if {t.get("code") for t in snapshot.get("tables", [])} != set(MAY_STAND):
        found.add(Finding("forbidden", ""))
    return sorted(found)


def _may_stand(table: dict[str, Any]) -> bool:
    dimensions = (table.get("rowDimension"), table.get("columnDimension"))
    return MAY_STAND.get(str(table.get("code"))) == dimensions and set(table) == KEYS


def _has_form(table: dict[str, Any]) -> bool:
    rows, columns, cells = table["rows"], table["columns"], table["cells"]
    return (
        len(cells) == len(table["rowTotals"]) == len(rows) == len(set(rows))
        and len(table["columnTotals"]) == len(columns) == len(set(columns))
        and all(len(line) == len(columns) for line in cells)
        and all(n is None or type(n) is int for n in _numbers(table))
    )


def _numbers(table: dict[str, Any]) -> Iterator[Any]:
    yield table["total"]
    yield from table["rowTotals"]
    yield from table["columnTotals"]
    for line in table["cells"]:
        yield from line


def _of_table(table: dict[str, Any]) -> Iterator[str]:
    for number in _numbers(table):
        if number is not None and (number < 0 or number % STEP):
            yield "rounding"
    for parts, whole in _lines(table):
        if whole is not None and len(parts) > 1 and parts.count(None) == 1:
            yield "derivable"
        if not _adds_up(parts, whole):
            yield "sums"


def _lines(table: dict[str, Any]) -> Iterator[Line]:
    """Each row and column with its sum, where the table shows all of its parts."""
    if table["columns"]:
        yield from zip(table["cells"], table["rowTotals"], strict=True)
        yield table["columnTotals"], table["total"]
    if table["code"] not in ONLY_SOME_ROWS:
        yield table["rowTotals"], table["total"]
        turned = [list(column) for column in zip(*table["cells"], strict=True)]
        yield from zip(turned, table["columnTotals"], strict=True)


def _adds_up(parts: list[int | None], whole: int | None) -> bool:
    shown = [n for n in parts if n is not None]
    if whole is None:
        # A hidden sum with all its parts shown would not be hidden at all.
        return not parts or len(shown) < len(parts)
    if len(shown) == len(parts):
        return not parts or sum(shown) == whole
    return sum(shown) <= whole


def _sums_of(
    table: dict[str, Any],
) -> Iterator[tuple[tuple[str, str, str], int | None]]:
    kind = table["kind"]
    yield (kind, "", ""), table["total"]
    for row, number in zip(table["rows"], table["rowTotals"], strict=True):
        yield (kind, table["rowDimension"], row), number
    for column, number in zip(table["columns"], table["columnTotals"], strict=True):
        yield (kind, table["columnDimension"], column), number
