"""Giving files: what we made as a download, and a sealed one whole or in part.

`Content-Disposition: attachment`, and for what others made a sandbox, so that a file
never runs as a page of ours. A film or a sound is asked for in ranges (RFC 9110, 14).
"""

import re
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

PIECE = 256 * 1024
# Nothing of it runs, nothing is loaded, and it has no origin of its own.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Reader(Protocol):
    """What a sealed file is read from."""

    def seek(self, offset: int, /) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


def download(content: bytes | str, *, name: str, media_type: str) -> HttpResponse:
    """What we made, whole, to be kept under this name."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=media_type, headers=headers)


def file_response(
    request: HttpRequest, reader: Reader, *, name: str, media_type: str, size: int
) -> HttpResponse:
    """A sealed file, or the range of it that was asked for; 416 beyond its end.

    The first piece is opened before the answer begins, so that a wrong file is a clean
    refusal. What goes wrong later breaks the connection off: the browser was told a
    length, and knows that it did not get all.
    """
    wanted = range_of(request.headers.get("Range", ""), size)
    if wanted is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        reader.close()
        return refused
    start, stop, is_part = wanted
    reader.seek(start)
    first = reader.read(min(PIECE, stop - start))
    pieces = _Pieces(reader, first, stop - start)
    # Django's two kinds of answer have no common ground that our views could name.
    response: Any = StreamingHttpResponse(pieces, content_type=media_type)
    if is_part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response["Content-Length"] = str(stop - start)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Content-Security-Policy"] = POLICY
    found: HttpResponse = response
    return found


def range_of(asked: str, size: int) -> tuple[int, int, bool] | None:
    """From where to where, and whether a part was asked for.

    Several ranges at once are answered with the whole, which RFC 9110 allows. None when
    it cannot be satisfied.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found or not (found[1] or found[2]):
        return 0, size, False
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size, True) if last and size else None
    start = int(found[1])
    stop = min(int(found[2]) + 1, size) if found[2] else size
    return (start, stop, True) if start < stop else None


class _Pieces:
    """The rest of a file, piece by piece; closed also when nobody reads to the end."""

    def __init__(self, reader: Reader, first: bytes, length: int) -> None:
        self._reader, self._next = reader, first
        self._left = length - len(first)
        self.close = reader.close

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> bytes:
        piece = self._next
        if not piece:
            raise StopIteration
        self._next = self._reader.read(min(PIECE, self._left)) if self._left else b""
        self._left -= len(self._next)
        return piece
