"""Documents without what they tell of their maker: author, organisation, times.

PDF through pikepdf (qpdf), office files as the zip that they are: every part is copied
as it stands, but those that describe the maker, and pictures are cleaned as any other.
Words in the text itself, such as tracked changes with a name, stay: they are content.
"""

import io
import re
import zipfile
from typing import BinaryIO

from weerbaar.files.images import PICTURES, clean_picture
from weerbaar.files.kinds import kind_of
from weerbaar.files.refused import Bomb, FileTrouble, Unreadable

MOST_PARTS = 10_000
# What all parts come to when unpacked; and one that is held in memory.
MOST_UNPACKED = 500_000_000
MOST_PICTURE = 30_000_000
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = b"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/"
# A part that the package names has to be there: it is made empty, not left out.
_EMPTY: tuple[tuple[str, bytes], ...] = (
    (r"docProps/core\d*\.xml", b'<coreProperties xmlns="' + _PACKAGE + b'"/>'),
    (
        r"docProps/app\d*\.xml",
        b'<Properties xmlns="' + _OFFICE + b'extended-properties"/>',
    ),
    (
        r"docProps/custom\d*\.xml",
        b'<Properties xmlns="' + _OFFICE + b'custom-properties"/>',
    ),
    (
        r"meta\.xml",
        b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
        b'office:1.0" office:version="1.2"/>',
    ),
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def clean_pdf(source: BinaryIO, sink: BinaryIO) -> list[str]:
    """Write the PDF without its description; the pages stay as they are.

    Raises Unreadable, also for one that is locked with a password.
    """
    # Loaded with the first PDF: it takes 18 MB, which most processes do without.
    import pikepdf

    source.seek(0)
    try:
        with pikepdf.open(source) as pdf:
            found = ["other"] if pdf.docinfo or "/Metadata" in pdf.Root else []
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for thing in (pdf.Root, *(page.obj for page in pdf.pages)):
                for name in ("/Metadata", "/PieceInfo", "/LastModified"):
                    if name in thing:
                        del thing[name]
            # A fresh id: the first half of the old one stays the same in every copy.
            if "/ID" in pdf.trailer:
                del pdf.trailer["/ID"]
            whole = io.BytesIO()
            pdf.save(whole, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, OSError) as error:
        raise Unreadable from error
    sink.write(whole.getbuffer())
    return found


def clean_office(source: BinaryIO, sink: BinaryIO) -> list[str]:
    """Write the office file without its description and the times of its parts.

    Raises Bomb before too much is unpacked, and Unreadable.
    """
    source.seek(0)
    found: list[str] = []
    try:
        with zipfile.ZipFile(source) as pack:
            parts = pack.infolist()
            if len(parts) > MOST_PARTS:
                raise Bomb
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Bomb
            with zipfile.ZipFile(_OneWay(sink), "w", zipfile.ZIP_DEFLATED) as out:
                for part in parts:
                    found += _copy(pack, part, out)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Unreadable from error
    return sorted(set(found))


def _copy(
    pack: zipfile.ZipFile, part: zipfile.ZipInfo, out: zipfile.ZipFile
) -> list[str]:
    fresh = zipfile.ZipInfo(part.filename, _EARLIEST)
    # The first part of an OpenDocument file stands unpacked, so that it can be known.
    fresh.compress_type = part.compress_type
    if empty := next((b for n, b in _EMPTY if re.fullmatch(n, part.filename)), None):
        out.writestr(fresh, _XML + empty)
        return ["other"]
    if "/media/" in f"/{part.filename}" or part.filename.startswith(
        ("Pictures/", "Thumbnails/", "docProps/thumbnail")
    ):
        return _copy_picture(pack, part, fresh, out)
    with pack.open(part) as old, out.open(fresh, "w", force_zip64=True) as new:
        while piece := old.read(256 * 1024):
            new.write(piece)
    return []


def _copy_picture(
    pack: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    fresh: zipfile.ZipInfo,
    out: zipfile.ZipFile,
) -> list[str]:
    """A picture in a document tells as much as one beside it."""
    if part.file_size > MOST_PICTURE:
        raise Bomb
    whole = io.BytesIO(pack.read(part))
    clean, found = io.BytesIO(), []
    kind = kind_of(whole)
    try:
        if kind is None or kind.media_type not in PICTURES:
            clean = whole
        else:
            found = clean_picture(whole, clean, kind.media_type)
    except Bomb:
        raise
    except FileTrouble:
        # A drawing that Pillow cannot read; the document shows it as it is.
        clean = whole
    out.writestr(fresh, clean.getvalue())
    return found


class _OneWay(io.RawIOBase):
    """A place to write that cannot go back, so that zipfile does not try to."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__()
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | memoryview", /) -> int:  # type: ignore[override]
        return self._sink.write(data)
