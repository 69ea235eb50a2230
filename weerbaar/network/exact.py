"""The plan's tables over records that somebody may see exactly: nothing is protected.

Lent to an organisation's own environment (ADR 0030). No release comes from here.
"""

from collections.abc import Sequence

from weerbaar.contributions.exact import Exact, ExactLine, ExactTable
from weerbaar.contributions.services import Record
from weerbaar.network.counting import Counts, cell, count
from weerbaar.network.planning import PlanRefused, plan_of
from weerbaar.network.tables import Table


def exact_tables(records: Sequence[Record], year: int) -> Exact:
    """Every table of the year's plan, counted; none for a year without a plan."""
    try:
        tables = plan_of(year).tables
    except PlanRefused:
        return Exact([])
    counts, outside = count(records, tables)
    return Exact([_table(table, counts) for table in tables], len(outside))


def _table(table: Table, counts: Counts) -> ExactTable:
    columns = table.columns.codes if table.columns else []

    def number(row: str | None, column: str | None = None) -> int:
        return counts[cell(table, row, column)].incidents

    return ExactTable(
        code=table.code,
        title=str(table.title),
        definition=str(table.definition),
        row_label=str(table.rows.label),
        columns=[table.columns.label_of(c) for c in columns] if table.columns else [],
        lines=[
            ExactLine(
                table.rows.label_of(row),
                [number(row, column) for column in columns],
                number(row),
            )
            for row in table.shown_rows
        ],
        column_totals=[number(None, column) for column in columns],
        total=number(None),
        has_all_rows=not table.only,
    )
