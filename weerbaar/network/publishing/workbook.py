"""XLSX: the table as the page shows it, and a sheet with what must be known."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext

from weerbaar.network.exports import DOT, SOURCE, notes
from weerbaar.network.figures import Figure, figure
from weerbaar.network.models import Release

# The earliest that a ZIP can say: it says nothing.
NO_TIME = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_PROGRAM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)


def as_xlsx(release: Release, code: str) -> bytes:
    """Two sheets without a formula. Raises KeyError."""
    # Loaded by who writes a workbook only.
    from openpyxl import Workbook

    found = figure(release.snapshot, code)
    book = Workbook(write_only=True)
    _fill(book.create_sheet(gettext("Table")), _table(found))
    _fill(book.create_sheet(gettext("Notes")), notes(release, found))
    book.properties.creator = SOURCE
    written = io.BytesIO()
    book.save(written)
    return _timeless(written.getvalue(), _moment(release))


def _moment(release: Release) -> str:
    """The moment of publication, which stands where that of writing would."""
    found = release.published_at or datetime(*NO_TIME, tzinfo=UTC)
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _timeless(book: bytes, moment: str) -> bytes:
    """The same workbook, always in the same bytes, and without the program's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = STAMP.sub(rb"\g<1>" + moment.encode(), part)
            place = zipfile.ZipInfo(name, NO_TIME)
            place.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(place, NO_PROGRAM if name == "docProps/app.xml" else part)
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
