"""A workbook read as what it is: a ZIP of XML, in which nothing stands unseen.

Its fixed parts are known by their digest. The others must be the very elements,
attributes and words that follow from the figures: a program puts a cell where its
address says, and not where it stands, so nothing is taken for what it looks like.
"""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from django.utils.translation import gettext

from weerbaar.network.checker.archives import NO_TIME, plain_files
from weerbaar.network.checker.told import DOT, Told

TABLE, NOTES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, CORE = "xl/workbook.xml", "docProps/core.xml"
# SHA-256 of what is the same in every workbook. Where a newer openpyxl writes it
# otherwise, somebody looks at what it writes, and notes it here.
FIXED = {
    "[Content_Types].xml": (
        "31376d16cf444bfe248cb65b2b310d4ba28ae600940c64010f1f156f9833787f"
    ),
    "_rels/.rels": "c545941ba36c15fcdce4ae4568c663f3ced1a2226ad5082d3fd66b178bfac11a",
    "docProps/app.xml": (
        "2bc1493bb714aaed9305233e947bb1c2cba2be772b2a0d638eb6ded53f14cc71"
    ),
    "xl/_rels/workbook.xml.rels": (
        "d3b58263f0f6fe71647d0431c9bd3d237fac84f69645ab20ddeffea7232374d0"
    ),
    "xl/styles.xml": "ceabc26839ae8c5285c667366bffa538562f76e219eb4f2f5188626232d96900",
    "xl/theme/theme1.xml": (
        "d15e8ebf78ef7b9720839d7ae8fdc81a7df5bc24706d8e137df61a5683c358d9"
    ),
}
MOST = 5_000_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = f"""<worksheet xmlns="{MAIN}"><sheetPr><outlinePr summaryBelow="1"\
 summaryRight="1"/><pageSetUpPr/></sheetPr><sheetViews><sheetView workbookViewId="0">\
<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr\
 baseColWidth="8" defaultRowHeight="15"/><sheetData>%s</sheetData><pageMargins\
 left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/></worksheet>"""
SHEETS = f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/>\
<workbookProtection/><bookViews><workbookView visibility="visible" minimized="0"\
 showHorizontalScroll="1" showVerticalScroll="1" showSheetTabs="1" tabRatio="600"\
 firstSheet="0" activeTab="0" autoFilterDateGrouping="1"/></bookViews><sheets>\
<sheet name="%s" sheetId="1" state="visible" r:id="rId1"/>\
<sheet name="%s" sheetId="2" state="visible" r:id="rId2"/></sheets><definedNames/>\
<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>"""
MADE = """<cp:coreProperties\
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>%s</dc:creator>\
<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>"""


def is_workbook(told: Told, _name: str, data: bytes) -> bool:
    """The table as the page shows it, and a sheet of notes."""
    parts = plain_files(data, most=MOST)
    due = {
        TABLE: SHEET % "".join(_rows(_table(told))),
        NOTES: SHEET % "".join(_rows(told.notes)),
        BOOK: SHEETS % (gettext("Table"), gettext("Notes")),
        CORE: MADE % _core(told),
    }
    if set(parts) != {*due, *FIXED}:
        return False
    digests = {name: hashlib.sha256(parts[name]).hexdigest() for name in FIXED}
    return digests == FIXED and all(
        _one_form(parts[name]) == _one_form(text.encode()) for name, text in due.items()
    )


def _table(told: Told) -> list[list[Any]]:
    width = len(told.column_labels) + 1
    numbers = [DOT if number is None else number for number in told.numbers]
    lines = [
        [label, *numbers[at * width : (at + 1) * width]]
        for at, label in enumerate(told.row_labels)
    ]
    return [[told.row_label, *told.column_labels, gettext("total")], *lines]


def _rows(lines: list[list[Any]]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        cells = (
            _cell(f"{_column(at)}{number}", value) for at, value in enumerate(line)
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _column(at: int) -> str:
    """A to Z, then AA and on."""
    before, letter = divmod(at, 26)
    return (_column(before - 1) if before else "") + chr(ord("A") + letter)


def _cell(address: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{address}" t="n"><v>{value}</v></c>'
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _core(told: Told) -> tuple[str, str, str]:
    """Who made it, and the moment of publication in place of that of writing."""
    moment = told.moment.astimezone(UTC) if told.moment else datetime(*NO_TIME)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return escape(told.facts["source"]), stamp, stamp


def _one_form(part: bytes) -> tuple[str, set[str]]:
    """A part as everybody reads it, and the namespaces that it names.

    Raises ValueError for comments, instructions and document types.
    """
    if b"<!" in part or b"<?" in part.removeprefix(b"<?xml"):
        raise ValueError("more than elements")
    # Without a document type it is no danger.
    named = ElementTree.iterparse(io.BytesIO(part), events=["start-ns"])  # noqa: S314
    spaces = {f"{prefix} {space}" for _event, (prefix, space) in named}
    return ElementTree.canonicalize(part.decode()), spaces
