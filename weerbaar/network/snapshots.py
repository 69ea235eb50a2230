"""Protected counts as the document that a release keeps and the whole house reads."""

from collections.abc import Sequence
from typing import Any

from weerbaar.network.counting import Cell, cell
from weerbaar.network.plan import Plan
from weerbaar.network.protection import Protected, Published
from weerbaar.network.tables import INCIDENT, PREVENTION, Table

Snapshot = dict[str, Any]


def snapshot_of(
    protected: Protected,
    plan: Plan,
    tables: Sequence[Table],
    *,
    year: int,
    quarters: int,
) -> Snapshot:
    """Codes and rounded numbers only; null is a dot.

    `bound` is how far a number lies from the truth at most, `planDigest` the SHA-256 of
    the plan file that it keeps to.
    """
    published = protected.published
    return {
        "plan": plan.version,
        "planDigest": plan.digest,
        "year": year,
        "quarters": quarters,
        "rule": {"base": plan.base, "bound": protected.bound},
        "totals": {k: published.get(Cell(k)) for k in (INCIDENT, PREVENTION)},
        "tables": [_table(published, table) for table in tables],
    }


def cells_of(snapshot: Snapshot) -> dict[Cell, int | None]:
    """Every number of a document by its cell."""
    found: dict[Cell, int | None] = {}
    for table in snapshot["tables"]:
        row, column = table["rowDimension"], table["columnDimension"]
        lines = [
            (((row, r),), n) for r, n in zip(table["rows"], table["cells"], strict=True)
        ]
        sums = zip(table["rows"], table["rowTotals"], strict=True)
        found[Cell(table["kind"])] = table["total"]
        found |= {_at(table, (row, r)): number for r, number in sums}
        columns = table["columns"]
        for c, number in zip(columns, table["columnTotals"], strict=True):
            found[_at(table, (column, c))] = number
        for at, numbers in lines:
            for c, number in zip(columns, numbers, strict=True):
                found[_at(table, *at, (column, c))] = number
    return found


def _at(table: dict[str, Any], *pairs: tuple[str, str]) -> Cell:
    return Cell(table["kind"], frozenset(pairs))


def empty_snapshot(plan: Plan, *, year: int, quarters: int) -> Snapshot:
    """The document before there are numbers: all of its form, and no table."""
    nothing = Protected({}, frozenset(), plan.bound)
    return snapshot_of(nothing, plan, (), year=year, quarters=quarters)


def _table(published: Published, table: Table) -> dict[str, Any]:
    columns = table.columns.codes if table.columns else []
    return {
        "code": table.code,
        "kind": table.kind,
        "rowDimension": table.rows.code,
        "columnDimension": table.columns.code if table.columns else None,
        "rows": table.shown_rows,
        "columns": columns,
        "cells": [
            [published[cell(table, row, column)] for column in columns]
            for row in table.shown_rows
        ],
        "rowTotals": [published[cell(table, row)] for row in table.shown_rows],
        "columnTotals": [published[cell(table, None, column)] for column in columns],
        "total": published[cell(table)],
    }
