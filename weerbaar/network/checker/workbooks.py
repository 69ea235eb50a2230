"""A workbook read as what it is: a ZIP of XML, in which nothing stands unseen.

Its fixed parts are known by their digest; the others may have the elements, attributes
and words that are expected and no more: no hidden sheet, no comment, no formula.
"""

import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext

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
NO_TIME = (1980, 1, 1, 0, 0, 0)
MOST = 5_000_000
SHORT = re.compile(r"[A-Za-z0-9.]{0,16}")
SHEET: dict[str, set[str]] = {
    "worksheet": set(), "sheetPr": set(), "pageSetUpPr": set(), "sheetViews": set(),
    "sheetData": set(), "is": set(), "t": set(), "v": set(),
    "outlinePr": {"summaryBelow", "summaryRight"},
    "sheetView": {"workbookViewId"},
    "selection": {"activeCell", "sqref"},
    "sheetFormatPr": {"baseColWidth", "defaultRowHeight"},
    "row": {"r"},
    "c": {"r", "t"},
    "pageMargins": {"left", "right", "top", "bottom", "header", "footer"},
}  # fmt: skip


def is_workbook(told: Told, _name: str, data: bytes) -> bool:
    """The table as the page shows it, and a sheet of notes."""
    parts = _parts(data)
    if set(parts) != {TABLE, NOTES, BOOK, CORE, *FIXED}:
        return False
    digests = {name: hashlib.sha256(parts[name]).hexdigest() for name in FIXED}
    return (
        digests == FIXED
        and _lines(parts[TABLE]) == _table(told)
        and _lines(parts[NOTES]) == told.notes
        and _sheets(parts[BOOK]) == [gettext("Table"), gettext("Notes")]
        and _texts(parts[CORE]) == _core(told)
    )


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = archive.infolist()
        names = [info.filename for info in found]
        plain = all(
            info.date_time == NO_TIME and not info.comment and not info.extra
            for info in found
        )
        size = sum(info.file_size for info in found)
        if len(set(names)) != len(names) or not plain or size > MOST or archive.comment:
            raise ValueError("not a plain archive")
        return {name: archive.read(name) for name in names}


def _table(told: Told) -> list[list[Any]]:
    width = len(told.column_labels) + 1
    numbers = [DOT if number is None else number for number in told.numbers]
    lines = [
        [label, *numbers[at * width : (at + 1) * width]]
        for at, label in enumerate(told.row_labels)
    ]
    return [[told.row_label, *told.column_labels, gettext("total")], *lines]


def _tree(part: bytes) -> ElementTree.Element:
    if b"<!" in part or b"<?" in part.removeprefix(b"<?xml"):
        raise ValueError("more than elements")
    return ElementTree.fromstring(part)  # noqa: S314 - without a document type it is no danger


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _lines(part: bytes) -> list[list[Any]]:
    """The values of a sheet, line by line. Raises ValueError for anything beside."""
    tree = _tree(part)
    for element in tree.iter():
        known = SHEET.get(_plain(element.tag))
        odd = (element.text or "").strip() and _plain(element.tag) not in {"t", "v"}
        if known is None or set(element.attrib) - known or odd or element.tail:
            raise ValueError(element.tag)
        if not all(SHORT.fullmatch(value) for value in element.attrib.values()):
            raise ValueError(element.tag)
    rows = [e for e in tree.iter() if _plain(e.tag) == "row"]
    return [[_value(cell) for cell in row] for row in rows]


def _value(cell: ElementTree.Element) -> Any:
    kind, texts = cell.attrib.get("t"), [e.text or "" for e in cell.iter() if e.text]
    if kind == "inlineStr" and len(texts) == 1:
        return texts[0]
    if kind == "n" and len(texts) == 1 and texts[0].isascii() and texts[0].isdigit():
        return int(texts[0])
    raise ValueError("a cell that is no word and no whole number")


def _sheets(part: bytes) -> list[str]:
    """The names of the sheets. Raises ValueError for one that is not visible."""
    tree = _tree(part)
    names = []
    for element in tree.iter():
        tag = _plain(element.tag)
        if (element.text or "").strip() or tag in {"definedName", "customWorkbookView"}:
            raise ValueError(tag)
        if tag == "sheet":
            if element.attrib.get("state", "visible") != "visible":
                raise ValueError("a hidden sheet")
            names.append(element.attrib["name"])
        elif not all(SHORT.fullmatch(value) for value in element.attrib.values()):
            raise ValueError(tag)
    return names


def _texts(part: bytes) -> list[tuple[str, str]]:
    return [(_plain(e.tag), e.text) for e in _tree(part).iter() if e.text]


def _core(told: Told) -> list[tuple[str, str]]:
    """Who made it, and the moment of publication in place of that of writing."""
    moment = told.moment.astimezone(UTC) if told.moment else datetime(*NO_TIME)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    source = told.facts["source"]
    return [("creator", source), ("created", stamp), ("modified", stamp)]
