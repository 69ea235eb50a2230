"""Points 1 and 5: is everything in the snapshot declared, and nothing but fives?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.rules import Grid, Rules

SNAPSHOT_KEYS = {"plan", "planDigest", "year", "quarters", "rule", "totals", "tables"}
TABLE_KEYS = {
    "code", "kind", "rowDimension", "columnDimension", "rows", "columns", "cells",
    "rowTotals", "columnTotals", "total",
}  # fmt: skip
Table = Mapping[str, Any]


@dataclass
class Shown:
    """The numbers of a release by address; None is a dot.

    `where` says in which table a number stands; `findings` what was wrong already.
    """

    rules: Rules
    bound: int
    numbers: dict[Address, int | None] = field(default_factory=dict)
    where: dict[Address, str] = field(default_factory=dict)
    findings: set[Finding] = field(default_factory=set)


def read_shown(snapshot: Mapping[str, Any], rules: Rules) -> Shown:
    """The numbers of a snapshot, with every fault of its form.

    Nothing else of the check makes sense when a fault of form was found.
    """
    shown = Shown(rules, snapshot["rule"]["bound"])
    shown.findings |= set(_of_head(snapshot, rules))
    planned = {grid.code: grid for grid in rules.grids}
    codes = [str(table.get("code")) for table in snapshot["tables"]]
    if codes != list(planned):
        shown.findings.add(Finding("forbidden", ""))
    for code, table in zip(codes, snapshot["tables"], strict=True):
        grid = planned.get(code)
        if grid is None or set(table) != TABLE_KEYS or not _is_declared(table, grid):
            shown.findings.add(Finding("forbidden", code if grid else ""))
        elif not _has_form(table, grid):
            shown.findings.add(Finding("shape", code))
        else:
            _take(shown, grid, table)
    _take_totals(shown, snapshot["totals"])
    return shown


def _of_head(snapshot: Mapping[str, Any], rules: Rules) -> Iterator[Finding]:
    if set(snapshot) != SNAPSHOT_KEYS or set(snapshot["rule"]) != {"base", "bound"}:
        yield Finding("forbidden", "")
    year, quarters = snapshot["year"], snapshot["quarters"]
    if (
        type(year) is not int
        or type(quarters) is not int
        or quarters not in range(1, 5)
    ):
        yield Finding("shape", "")
    named = (snapshot["plan"], snapshot["planDigest"])
    if named != (rules.version, rules.digest) or year < rules.from_year:
        yield Finding("plan", "")
    base = snapshot["rule"]["base"]
    if type(base) is not int or base != rules.base:
        yield Finding("rounding", "")
    bound = snapshot["rule"]["bound"]
    if type(bound) is not int or not rules.bound <= bound <= 9:
        yield Finding("bound", "")


def _is_declared(table: Table, grid: Grid) -> bool:
    return (
        table["kind"] == grid.kind
        and table["rowDimension"] == grid.rows.code
        and table["columnDimension"] == (grid.columns.code if grid.columns else None)
        and list(table["rows"]) == list(grid.shown)
        and list(table["columns"]) == list(grid.column_codes)
    )


def _has_form(table: Table, grid: Grid) -> bool:
    width, height = len(grid.column_codes), len(grid.shown)
    return (
        len(table["cells"]) == len(table["rowTotals"]) == height
        and len(table["columnTotals"]) == width
        and all(len(line) == width for line in table["cells"])
        and all(
            number is None or type(number) is int
            for line in (*table["cells"], table["rowTotals"], table["columnTotals"])
            for number in (*line, table["total"])
        )
    )


def _placed(table: Table, grid: Grid) -> Iterator[tuple[Address, int | None]]:
    yield grid.address(), table["total"]
    for row, number in zip(grid.shown, table["rowTotals"], strict=True):
        yield grid.address(row), number
    for column, number in zip(grid.column_codes, table["columnTotals"], strict=True):
        yield grid.address(None, column), number
    for row, line in zip(grid.shown, table["cells"], strict=True):
        for column, number in zip(grid.column_codes, line, strict=True):
            yield grid.address(row, column), number


def _take(shown: Shown, grid: Grid, table: Table) -> None:
    for address, number in _placed(table, grid):
        if number is not None and (number < 0 or number % shown.rules.base):
            shown.findings.add(Finding("rounding", grid.code))
        if shown.numbers.setdefault(address, number) != number:
            shown.findings.add(Finding("contradiction", grid.code))
        shown.where.setdefault(address, grid.code)


def _take_totals(shown: Shown, totals: Mapping[str, Any]) -> None:
    """The totals above the tables are the totals in them."""
    if set(totals) != {"incident", "prevention"}:
        shown.findings.add(Finding("forbidden", ""))
    for kind, number in totals.items():
        if shown.numbers.get((kind, frozenset())) != number:
            shown.findings.add(Finding("contradiction", ""))
        if type(number) not in {int, NoneType}:
            shown.findings.add(Finding("shape", ""))
