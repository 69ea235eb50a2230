"""Files that come in with a form: sealed while they stream, never in clear anywhere.

Django's own handlers write what is larger than 2.5 MB to a temporary folder in clear.
This is the only handler of the house. It takes files only where a view says so with
`takes_files`; elsewhere, and from who may not, they flow past and are forgotten.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from weerbaar.vault.core import Secret
from weerbaar.vault.storage import NewFile, StorageAway


class Turned(Enum):
    """Why a file was not taken in."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    STORAGE = "storage"


@dataclass(frozen=True)
class FileDoor:
    """What a view takes: from whom, how much, and who hears of each new file first.

    `note` is told before the first byte is stored, so that what nobody asks for any
    more can be found and removed; `forget` when a file did not come in after all.
    """

    may: Callable[[HttpRequest], bool]
    note: Callable[[UUID], None]
    forget: Callable[[UUID], None]
    largest: Callable[[], int]
    most: Callable[[], int]


@dataclass(frozen=True)
class SealedUpload:
    """A file as it came in: sealed in the storage already; only the key is here."""

    blob: UUID
    secret: Secret
    name: str
    size: int
    stored: int
    sha256: str

    def close(self) -> None:
        """Nothing is open; Django closes every uploaded file."""


@dataclass
class Intake:
    """What was turned away of a request, for the view to tell."""

    turned: list[tuple[str, Turned]] = field(default_factory=list)
    taken: int = 0


def takes_files(door: FileDoor) -> Callable[[Any], Any]:
    """Let a view, or a class of views, take files through this door."""

    def marked(view: Any) -> Any:
        view.takes_files = door
        return view

    return marked


def turned_away(request: HttpRequest) -> list[tuple[str, Turned]]:
    """The names of files that were not taken in, and why."""
    intake: Intake = getattr(request, "_intake", Intake())
    return intake.turned


def door_of(view: Any) -> FileDoor | None:
    """The door of a view, if it takes files; a class of views has one for all."""
    whole = getattr(view, "view_class", getattr(view, "cls", None))
    found: FileDoor | None = getattr(view, "takes_files", None)
    return found or getattr(whole, "takes_files", None)


class SealingUploadHandler(FileUploadHandler):
    """Seals each file under a fresh Secret, straight into the storage."""

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._file: NewFile | None = None
        self._door: FileDoor | None = None
        self._asked = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins. Raises SkipFile where none is wanted."""
        super().new_file(*args, **kwargs)
        door = self._door_once()
        if door is None:
            raise SkipFile
        if self._intake.taken >= door.most():
            self._turn(Turned.TOO_MANY)
        self._secret, self._digest = Secret.new(), hashlib.sha256()
        blob = uuid4()
        door.note(blob)
        try:
            self._file = NewFile(blob, self._secret)
        except StorageAway:
            door.forget(blob)
            self._turn(Turned.STORAGE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a piece. Raises SkipFile when it grows too large, or nothing is kept."""
        file, door = self._file, self._door
        if file is None or door is None:
            raise SkipFile
        if file.writer.size + len(raw_data) > door.largest():
            self._turn(Turned.TOO_LARGE)
        self._digest.update(raw_data)
        try:
            file.write(raw_data)
        except StorageAway:
            self._turn(Turned.STORAGE)

    def file_complete(self, file_size: int) -> SealedUpload | None:  # type: ignore[override]
        """The file is whole: give its key to the view."""
        file, self._file = self._file, None
        if file is None:
            return None
        try:
            file.finish()
        except StorageAway:
            self._drop(file)
            self._intake.turned.append((self.file_name or "", Turned.STORAGE))
            return None
        self._intake.taken += 1
        return SealedUpload(
            blob=file.blob,
            secret=self._secret,
            name=self.file_name or "",
            size=file.writer.size,
            stored=file.writer.stored,
            sha256=self._digest.hexdigest(),
        )

    def upload_interrupted(self) -> None:
        """The other side left in the middle: what came so far is removed."""
        if self._file is not None:
            self._drop(self._file)
            self._file = None

    def _drop(self, file: NewFile) -> None:
        file.drop()
        if self._door is not None:
            self._door.forget(file.blob)

    def _door_once(self) -> FileDoor | None:
        """Who may is asked once for a request, when its first file begins."""
        if not self._asked and self.request is not None:
            self._asked = True
            match = self.request.resolver_match
            door = door_of(match.func) if match else None
            self._door = door if door and door.may(self.request) else None
        return self._door

    @property
    def _intake(self) -> Intake:
        request: Any = self.request
        if not hasattr(request, "_intake"):
            request._intake = Intake()
        found: Intake = request._intake
        return found

    def _turn(self, why: Turned) -> None:
        """Turn this file away; the rest of the form is read on. Raises SkipFile."""
        self._intake.turned.append((self.file_name or "", why))
        self.upload_interrupted()
        raise SkipFile
