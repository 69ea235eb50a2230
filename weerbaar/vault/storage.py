"""Where sealed files lie: a folder or an S3-compatible store, under random names.

A name is a UUID and says nothing. Whoever reads the folder sees sizes that were padded
and when a file was written.
"""

import hashlib
import os
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages

from weerbaar.vault.core import Secret, VaultError, context
from weerbaar.vault.streams import SealedReader, SealedWriter

STORAGE = "evidence"


class StorageAway(VaultError):
    """The folder is full or missing, or the store does not answer."""


class SealedFolder(FileSystemStorage):
    """A folder whose files only their owner reads, and are written once.

    Flat: who may write the folder can remove a file from it without being able to read
    one, which is what the worker does (docs/deploy.md).
    """

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]
        if "w" not in mode:
            return super()._open(name, mode)  # type: ignore[misc]
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        return File(os.fdopen(os.open(path, flags, 0o600), "wb"))


def name_of(blob: UUID) -> str:
    """The name of a file in the storage."""
    return str(blob)


def place_of(blob: UUID) -> bytes:
    """What a file is bound to: a copy under another name does not open."""
    return context("attachment", blob)


class NewFile:
    """A file that is being sealed into the storage.

    Raises StorageAway from every verb when the storage fails, whichever it is.
    """

    def __init__(self, blob: UUID, secret: Secret) -> None:
        self.blob = blob
        with _watched():
            self._file: Any = storages[STORAGE].open(name_of(blob), "wb")
            self.writer = SealedWriter(secret, self._file, place_of(blob))

    def write(self, data: bytes) -> int:
        """Seal some bytes more."""
        with _watched():
            return self.writer.write(data)

    def finish(self) -> None:
        """Write the end, and see that it stands."""
        with _watched():
            self.writer.finish()
            self._file.close()

    def drop(self) -> None:
        """Leave it: what was written is removed. The storage may fail once more."""
        try:
            with _watched():
                self._file.close()
            remove(self.blob)
        except StorageAway:
            return


def read(blob: UUID, secret: Secret, *, size: int) -> SealedReader:
    """A sealed file, to read from any place. Raises StorageAway and vault errors."""
    with _watched():
        opened: Any = storages[STORAGE].open(name_of(blob), "rb")
        source: BinaryIO = opened.file
    try:
        return SealedReader(secret, source, place_of(blob), size=size)
    except VaultError:
        opened.close()
        raise


def remove(blob: UUID) -> None:
    """Remove a file; one that is gone already is gone. Raises StorageAway."""
    with _watched():
        storages[STORAGE].delete(name_of(blob))


class _watched:
    """Turns whatever the storage raises into StorageAway.

    An S3 client has its own errors, a folder OSError: what they are called is the
    storage's own business. Errors of the vault pass.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, VaultError):
            raise StorageAway("The storage does not answer.") from error


class Counted:
    """A new file as something to write to, which knows the digest of what it got."""

    def __init__(self, file: NewFile) -> None:
        self.file = file
        self._digest = hashlib.sha256()

    def write(self, data: bytes | memoryview) -> int:
        """Seal some bytes more. Raises StorageAway."""
        self._digest.update(data)
        return self.file.write(bytes(data))

    def flush(self) -> None:
        """Nothing waits here."""

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()
