"""Files of any size: sealed while they stream, read back from any place in them.

The format is the one of every Envelope, Cobblestone-256 (C2SP chunked-encryption,
SHA-512 and AES-256-GCM), after the version byte. The data is padded to its PADMÉ size,
so that a length on disk tells little. `cryptography` reads such a file only from front
to back; `SealedReader` opens one chunk at a time, and its vectors are C2SP's own.
"""

import io
from typing import BinaryIO, Protocol

from cryptography.cobblestone import Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA512, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from weerbaar.vault.core import Secret, Tampered, UnknownVersion
from weerbaar.vault.padding import padded_size
from weerbaar.vault.suite import VERSION, context, derive

CHUNK = 16 * 1024
TAG = 16
SALT = 24
HEADER = SALT + 32
_INFO = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"
_ZEROES = bytes(CHUNK)


class Sink(Protocol):
    """Where sealed bytes go; it need not be able to seek."""

    def write(self, data: bytes, /) -> object: ...


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into another file; memory does not grow with it.

    `size` counts what was written, `stored` what came out. Without `close` the file has
    no end, and does not open.
    """

    def __init__(self, secret: Secret, sink: Sink, ctx: bytes) -> None:
        super().__init__()
        self.size = 0
        self.stored = 1
        self._sink = sink
        self._stream = Cobblestone256Encryptor(*_key(secret, ctx))
        sink.write(bytes([VERSION]))

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Seal some bytes more; gives how many."""
        count = len(memoryview(data).cast("B"))
        self.size += count
        self._put(self._stream.update(data))
        return count

    def finish(self) -> None:
        """Pad to the PADMÉ size and write the end."""
        self._put(self._stream.update(b"\x80"))
        left = padded_size(self.size + 1) - self.size - 1
        while left:
            zeroes = _ZEROES[:left]
            self._put(self._stream.update(zeroes))
            left -= len(zeroes)
        self._put(self._stream.finalize())

    def _put(self, sealed: bytes) -> None:
        self.stored += len(sealed)
        self._sink.write(sealed)


def stored_size(size: int) -> int:
    """How many bytes a file of this size takes, sealed and padded."""
    padded = padded_size(size + 1)
    return 1 + HEADER + padded + TAG * (padded // CHUNK + 1)


def encrypt_stream(secret: Secret, source: BinaryIO, sink: Sink, ctx: bytes) -> int:
    """Seal a whole file for one place; gives its size."""
    writer = SealedWriter(secret, sink, ctx)
    while piece := source.read(CHUNK * 4):
        writer.write(piece)
    writer.finish()
    return writer.size


def decrypt_stream(
    secret: Secret, source: BinaryIO, sink: Sink, ctx: bytes, *, size: int
) -> None:
    """Open a whole file into another. Raises Tampered, perhaps after a part of it:

    whoever passes it on has to break off, not to end.
    """
    reader = SealedReader(secret, source, ctx, size=size)
    while piece := reader.read(CHUNK * 4):
        sink.write(piece)


def _key(secret: Secret, ctx: bytes) -> tuple[bytes, bytes]:
    return (
        derive(secret.to_bytes(), "stream"),
        context("weerbaar", VERSION, "stream", ctx),
    )


class Chunks:
    """The chunks of one Cobblestone-256 message, each opened by its number.

    The last chunk is shorter than the others, and only the last: so its length and tag
    prove that nothing was cut off. Raises Tampered when anything does not fit.
    """

    def __init__(
        self,
        key: bytes,
        ctx: bytes,
        source: BinaryIO,
        *,
        start: int = 0,
        algorithm: HashAlgorithm | None = None,
    ) -> None:
        self._source, self._start = source, start + HEADER
        body = source.seek(0, io.SEEK_END) - self._start
        self._last, rest = divmod(body, CHUNK + TAG)
        source.seek(start)
        header = source.read(HEADER)
        if len(key) != 32 or len(header) != HEADER or rest < TAG:
            raise Tampered("This file is not whole.")
        derived = HKDFExpand(
            algorithm or SHA512(), 76, _INFO + header[:SALT] + ctx
        ).derive(key)
        if not bytes_eq(derived[44:], header[SALT:]):
            raise Tampered("This Secret does not open this file here.")
        self._aead = AESGCM(derived[:32])
        self._nonce = int.from_bytes(derived[32:44], "big")
        self._held, self._data = self._last, self._open(self._last)
        self.size = self._last * CHUNK + len(self._data)

    def at(self, number: int) -> bytes:
        """The data of a chunk. Raises Tampered."""
        if number != self._held:
            self._data, self._held = self._open(number), number
        return self._data

    def _open(self, number: int) -> bytes:
        self._source.seek(self._start + number * (CHUNK + TAG))
        sealed = self._source.read(CHUNK + TAG)
        nonce = (self._nonce ^ number).to_bytes(12, "big")
        try:
            data = self._aead.decrypt(nonce, sealed, None)
        except (InvalidTag, ValueError) as error:
            raise Tampered("This file was changed.") from error
        if number < self._last and len(data) != CHUNK:
            raise Tampered("This file was changed.")
        return data


class SealedReader(io.RawIOBase):
    """What `SealedWriter` wrote, from any place; a wrong byte raises Tampered.

    `size` comes from the sealed description of the file: what follows is padding.
    """

    def __init__(
        self, secret: Secret, source: BinaryIO, ctx: bytes, *, size: int
    ) -> None:
        """Raises Tampered when the file is cut off, moved or of another size, and
        UnknownVersion.
        """
        super().__init__()
        source.seek(0)
        version = source.read(1)
        if version and version[0] != VERSION:
            raise UnknownVersion(f"Version {version[0]} is not known.")
        self._source = source
        self._chunks = Chunks(*_key(secret, ctx), source, start=1)
        if self._chunks.size != padded_size(size + 1):
            raise Tampered("This file has another size.")
        self.size, self._place = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to another place. Raises ValueError before the beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}
        place = base[whence] + offset
        if place < 0:
            raise ValueError("There is nothing before the beginning.")
        self._place = place
        return place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        """Fill from one chunk at most. Raises Tampered."""
        number, begin = divmod(self._place, CHUNK)
        room = min(len(buffer), CHUNK - begin, self.size - self._place)
        if room <= 0:
            return 0
        buffer[:room] = self._chunks.at(number)[begin : begin + room]
        self._place += room
        return room

    def read(self, size: int | None = -1, /) -> bytes:
        """As many bytes as asked for, all that is left for -1. Raises Tampered."""
        left = self.size - self._place
        wanted = left if size is None or size < 0 else min(size, left)
        pieces = []
        while wanted > 0:
            number, begin = divmod(self._place, CHUNK)
            piece = self._chunks.at(number)[begin : begin + wanted]
            if not piece:
                raise Tampered("This file was changed.")
            pieces.append(piece)
            self._place += len(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Close the sealed file as well."""
        self._source.close()
        super().close()
