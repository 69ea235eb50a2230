"""XLSX: the table as the page shows it, and a sheet with what must be known."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from weerbaar.network.exports import DOT, notes
from weerbaar.network.figures import Figure, figure
from weerbaar.network.models import Release


def as_xlsx(release: Release, code: str) -> bytes:
    """Two sheets without a formula. Raises KeyError."""
    # Loaded by who writes a workbook only.
    from openpyxl import Workbook

    found = figure(release.snapshot, code)
    book = Workbook(write_only=True)
    _fill(book.create_sheet(gettext("Table")), _table(found))
    _fill(book.create_sheet(gettext("Notes")), notes(release, found))
    if release.published_at:
        moment = release.published_at.replace(tzinfo=None, microsecond=0)
        book.properties.created = book.properties.modified = moment
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _table(found: Figure) -> Iterator[list[Any]]:
    total = gettext("total")
    yield [found.row_label, *found.columns, total]
    for line in found.lines:
        yield [line.label, *line.cells, line.total]
    if found.has_all_rows:
        yield [total, *found.column_totals, found.total]


def _fill(sheet: Any, lines: Any) -> None:
    """Numbers as numbers, words as words: never something that is worked out."""
    from openpyxl.cell import WriteOnlyCell

    for line in lines:
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, DOT if value is None else value)
            if isinstance(cell.value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
