"""Taking in a file: what it is, whether it is harmful, and what it tells besides."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, NoReturn, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.services.loose import let_go, note_loose
from weerbaar.files import cleaning, kinds, scanning
from weerbaar.files.kinds import Kind
from weerbaar.files.refused import Bomb, FileTrouble, Infected, NotScanned
from weerbaar.vault import storage
from weerbaar.vault.core import Secret
from weerbaar.vault.storage import NewFile, StorageAway
from weerbaar.vault.upload import FileDoor, SealedUpload, Turned
from weerbaar.web.refusals import InvalidInput, Unavailable

CLEAN, UNSCANNED, NO_SCANNER = "clean", "unscanned", "no_scanner"


class FileRefused(InvalidInput):
    """A file that cannot be taken in; the others, and all that was typed, stay."""

    title = _("We cannot take this file")


class FilesAway(Unavailable):
    """The place where files lie is full or cannot be reached."""

    title = _("Files cannot be saved now")
    detail = _(
        "Everything else that you filled in is kept. Go on without the file, or try "
        "again in a few minutes."
    )


@dataclass(frozen=True)
class Part:
    """One sealed file in the storage, with the key that opens it."""

    blob: UUID
    key: str
    size: int
    stored: int
    sha256: str

    @property
    def secret(self) -> Secret:
        return Secret.from_bytes(base64.b64decode(self.key))

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "blob": str(self.blob)}

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "Part":
        return cls(**{**content, "blob": UUID(content["blob"])})


@dataclass(frozen=True)
class Piece:
    """A file that was taken in: what will be sealed of it, and where it lies.

    `removed` are the words of weerbaar.files.cleaning; `scan` is clean, unscanned (the
    scanner gave no answer) or no_scanner.
    """

    name: str
    type: str
    file: Part
    original: Part | None = None
    removed: list[str] = field(default_factory=list)
    scan: str = NO_SCANNER
    is_cleaned: bool = False

    @property
    def parts(self) -> list[Part]:
        return [self.file, *([self.original] if self.original else [])]

    def to_dict(self) -> dict[str, Any]:
        whole = {**vars(self), "file": self.file.to_dict()}
        return whole | {"original": self.original.to_dict() if self.original else None}

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "Piece":
        original = content["original"]
        return cls(
            **content
            | {
                "file": Part.from_dict(content["file"]),
                "original": Part.from_dict(original) if original else None,
            }
        )


def file_door(may: Callable[[HttpRequest], bool]) -> FileDoor:
    """The door for a view that takes files from whom `may` lets in."""
    return FileDoor(
        may=may,
        note=note_loose,
        forget=lambda blob: let_go([blob]),
        largest=lambda: settings.EVIDENCE_FILE_SIZE,
        most=lambda: settings.EVIDENCE_FILES,
    )


def take_in(upload: SealedUpload, *, keep_original: bool, now: datetime) -> Piece:
    """Judge, scan and clean a file that was just uploaded.

    With `keep_original` the untouched file is kept beside the cleaned one, sealed, with
    its SHA-256: the police need it. Raises FileRefused, FilesAway; then nothing of the
    file remains.
    """
    made: list[UUID] = [upload.blob]
    try:
        return _taken(upload, made, keep_original=keep_original)
    except StorageAway as error:
        let_go(made)
        raise FilesAway from error
    except FileTrouble as trouble:
        let_go(made)
        _refuse(upload.name, trouble)
    except FileRefused:
        let_go(made)
        raise


def _taken(upload: SealedUpload, made: list[UUID], *, keep_original: bool) -> Piece:
    whole = Part(
        upload.blob, _packed(upload.secret), upload.size, upload.stored, upload.sha256
    )
    with storage.read(upload.blob, upload.secret, size=upload.size) as opened:
        reader = cast(BinaryIO, opened)
        kind = _allowed(upload.name, kinds.kind_of(reader))
        scan = _scanned(reader)
        name = kinds.name_for(upload.name, kind)
        if not cleaning.is_cleaned(kind):
            return Piece(name, kind.media_type, whole, scan=scan)
        clean, removed = _cleaned(kind, reader, made, upload.name)
    if not keep_original:
        let_go([whole.blob])
    kept = whole if keep_original else None
    return Piece(name, kind.media_type, clean, kept, removed, scan, is_cleaned=True)


def _allowed(name: str, kind: Kind | None) -> Kind:
    wanted = set(settings.EVIDENCE_TYPES)
    if kind is not None and wanted & set(kind.endings):
        return kind
    if kind == kinds.HEIF:
        raise FileRefused(
            _(
                "“%(name)s” is a HEIC photo, from which we cannot remove where it was "
                "taken. Save it as JPEG, or take a screenshot of it."
            )
            % {"name": name}
        )
    raise FileRefused(
        _(
            "What is in “%(name)s” is not a kind of file that we take, whatever its "
            "name says. Send a photo, document, mail, sound or video. Or make a PDF or "
            "a screenshot of it."
        )
        % {"name": name}
    )


def _scanned(reader: BinaryIO) -> str:
    """A scanner that is down keeps nobody from reporting: the file is taken, and says
    that it was not scanned. Refusing would lose evidence that cannot be had again;
    nothing opens by itself here, and the page warns whoever downloads it.
    """
    if not settings.CLAMD:
        return NO_SCANNER
    try:
        scanning.scan(reader, settings.CLAMD)
    except NotScanned:
        return UNSCANNED
    return CLEAN


def _cleaned(
    kind: Kind, reader: BinaryIO, made: list[UUID], name: str
) -> tuple[Part, list[str]]:
    """The file without what it tells besides, sealed under a key of its own."""
    secret, blob = Secret.new(), uuid4()
    note_loose(blob)
    made.append(blob)
    out = storage.Counted(NewFile(blob, secret))
    try:
        removed = cleaning.clean(kind, reader, out)  # type: ignore[arg-type]
        out.file.finish()
    except Exception:
        out.file.drop()
        raise
    writer = out.file.writer
    return (
        Part(blob, _packed(secret), writer.size, writer.stored, out.sha256),
        removed,
    )


def _packed(secret: Secret) -> str:
    return base64.b64encode(secret.to_bytes()).decode()


TROUBLES: dict[type[FileTrouble], str | Promise] = {
    Infected: _(
        "Our scanner found something harmful in “%(name)s”. The file was not kept. Do "
        "not open it. Ask your administrator how to keep it."
    ),
    Bomb: _("“%(name)s” is too large when it is opened. Make it smaller and add it."),
}
BROKEN = _(
    "We cannot open “%(name)s”: it is damaged, or locked with a password. Remove the "
    "password, or make a photo or PDF of it."
)


def _refuse(name: str, trouble: FileTrouble) -> NoReturn:
    words = TROUBLES.get(type(trouble), BROKEN)
    raise FileRefused(words % {"name": name}) from trouble


def told_turned(name: str, why: Turned) -> str:
    """Why a file was turned away while it came in, for whoever sent it."""
    match why:
        case Turned.TOO_LARGE:
            words = _(
                "“%(name)s” is larger than %(size)s MB. Send a part of it, or a "
                "smaller version. For something larger, ask your handler."
            )
        case Turned.TOO_MANY:
            words = _("“%(name)s” was not added: at most %(most)s files fit.")
        case Turned.STORAGE:
            words = _(
                "“%(name)s” could not be saved. Everything else that you filled in is "
                "kept. Try it again in a few minutes."
            )
    size = settings.EVIDENCE_FILE_SIZE // 1_000_000
    return words % {"name": name, "size": size, "most": settings.EVIDENCE_FILES}
