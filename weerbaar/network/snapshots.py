"""Protected counts as the document that a release keeps and the whole house reads."""

from typing import Any

from weerbaar.network.counting import Cell, cell
from weerbaar.network.protection import BASE, INCIDENTS, ORGANISATIONS, Published
from weerbaar.network.tables import INCIDENT, PLAN, PREVENTION, Table

Snapshot = dict[str, Any]


def snapshot_of(
    published: Published, tables: tuple[Table, ...], *, year: int, quarters: int
) -> Snapshot:
    """Codes and rounded numbers only; null is a number that is kept back."""
    return {
        "plan": PLAN,
        "year": year,
        "quarters": quarters,
        "rule": {
            "incidents": INCIDENTS,
            "organisations": ORGANISATIONS,
            "rounding": BASE,
        },
        "totals": {k: published.get(Cell(k)) for k in (INCIDENT, PREVENTION)},
        "tables": [_table(published, table) for table in tables],
    }


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
