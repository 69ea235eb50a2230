"""An organisation's own figures as a file: a warning first, then the tables."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cases.services import OwnFigures
from weerbaar.contributions.exact import ExactTable

Rows = Iterator[list[Any]]


def as_csv(found: OwnFigures) -> bytes:
    """The warning and all tables below each other, as Dutch spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(_notes(found))
    for table in found.tables:
        writer.writerow([])
        writer.writerow([f"{table.code} {table.title}"])
        writer.writerows(_lines(table))
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(found: OwnFigures) -> bytes:
    """The warning on the first sheet, each table on one of its own; no formula."""
    # Loaded by who takes a workbook only.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _fill(book.create_sheet(_("Read this first")), _notes(found))
    for table in found.tables:
        sheet = book.create_sheet(table.code)
        _fill(sheet, iter([[table.title], [table.definition]]))
        _fill(sheet, _lines(table))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: Rows) -> None:
    """Numbers as numbers, words as words: never something that is worked out."""
    from openpyxl.cell import WriteOnlyCell

    for row in rows:
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"
        sheet.append(cells)


def _notes(found: OwnFigures) -> Rows:
    yield [_("Do not pass these figures on")]
    yield [warning()]
    yield [_("Organisation"), found.organisation.name]
    yield [_("Year"), found.year]
    yield [_("Cases counted"), found.counted]
    yield [_("Cases that do not count"), found.waiting]
    yield [_("Cases that do not open"), found.unopened]


def warning() -> str:
    """Why exact numbers stay in the house (statistics A8, A10)."""
    return _(
        "Every number here is exact. Whoever lays exact numbers beside the rounded "
        "figures of the network can subtract them, and may see what happened to one "
        "person. Also one number is enough. For the council, the press and researchers "
        "there are the figures of the network."
    )


def _lines(table: ExactTable) -> Rows:
    total = _("total")
    yield [table.row_label, *table.columns, total]
    for line in table.lines:
        yield [line.label, *line.cells, line.total]
    if table.has_all_rows:
        yield [total, *table.column_totals, table.total]
