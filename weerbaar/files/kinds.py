"""What a file is by its content; the name is only believed where it fits."""

import email.parser
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import puremagic

HEAD = 8192
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """A sort of file: its media type and the endings that fit, the usual one first."""

    media_type: str
    endings: tuple[str, ...]

    @property
    def family(self) -> str:
        """`image`, `audio`, `video`, `text` or `application`."""
        return self.media_type.split("/")[0]


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("image/png", ("png",))
GIF = Kind("image/gif", ("gif",))
WEBP = Kind("image/webp", ("webp",))
HEIF = Kind("image/heic", ("heic", "heif"))
PDF = Kind("application/pdf", ("pdf",))
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", ("docx",))
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind(f"{_OOXML}.presentationml.presentation", ("pptx",))
ODT = Kind(f"{_ODF}.text", ("odt",))
ODS = Kind(f"{_ODF}.spreadsheet", ("ods",))
ODP = Kind(f"{_ODF}.presentation", ("odp",))
MAIL = Kind("message/rfc822", ("eml",))
TEXT = Kind("text/plain", ("txt",))
MP3 = Kind("audio/mpeg", ("mp3", "mpga"))
M4A = Kind("audio/mp4", ("m4a", "f4a"))
OGG = Kind("audio/ogg", ("ogg", "oga", "opus"))
WAV = Kind("audio/wav", ("wav",))
AMR = Kind("audio/amr", ("amr",))
MP4 = Kind("video/mp4", ("mp4", "m4v"))
MOV = Kind("video/quicktime", ("mov",))
WEBM = Kind("video/webm", ("webm",))
THREE_GP = Kind("video/3gpp", ("3gp", "3ga"))
KINDS = (
    *(JPEG, PNG, GIF, WEBP, HEIF),
    *(PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, MAIL, TEXT),
    *(MP3, M4A, OGG, WAV, AMR, MP4, MOV, WEBM, THREE_GP),
)
_BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
# A part that only this sort of office file has.
_PARTS = {"word": DOCX, "xl": XLSX, "ppt": PPTX}
_MAIL_LINES = {"from", "received", "return-path", "delivered-to", "message-id"}


def kind_of(file: BinaryIO) -> Kind | None:
    """What this is, by what stands in it; None for anything else than `KINDS`."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _packed(file)
    return _by_marks(head) or _written(head)


def _by_marks(head: bytes) -> Kind | None:
    """By the marks at the beginning: the surest ones, and none that is half sure."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    best = max((match.confidence for match in found), default=0)
    sure = [match.extension.lstrip(".") for match in found if match.confidence == best]
    return next((_BY_ENDING[e] for e in sure if e in _BY_ENDING), None)


def _packed(file: BinaryIO) -> Kind | None:
    """An office file is a zip with a part that tells which; another zip is none."""
    try:
        with zipfile.ZipFile(file) as pack:
            names = pack.namelist()
            if "mimetype" in names and pack.getinfo("mimetype").file_size < HEAD:
                told = pack.read("mimetype").decode("ascii", "replace").strip()
                return next((k for k in (ODT, ODS, ODP) if k.media_type == told), None)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    tops = {name.split("/")[0] for name in names if "/" in name}
    return next((kind for top, kind in _PARTS.items() if top in tops), None)


def _written(head: bytes) -> Kind | None:
    """A mail or plain text: no marks, only signs that can be read."""
    if not head or b"\0" in head:
        return None
    lines = email.parser.BytesHeaderParser().parse(io.BytesIO(head))
    if len(_MAIL_LINES & {name.lower() for name in lines}) > 1:
        return MAIL
    begun = head.lstrip().lower()
    return None if begun.startswith((b"<", b"{\\rtf", b"#!")) else TEXT


def name_for(name: str, kind: Kind) -> str:
    """The name with an ending that fits; without path, control signs or a long tail."""
    plain = PurePath(name.replace("\\", "/")).name
    clean = (
        "".join(sign for sign in plain if sign.isprintable()).strip(" .") or "bestand"
    )
    stem, dot, ending = clean.rpartition(".")
    if dot and ending.lower() in kind.endings:
        return f"{stem[:120]}.{ending}"
    known = dot and ending.lower() in _BY_ENDING
    return f"{(stem if known else clean)[:120]}.{kind.endings[0]}"
