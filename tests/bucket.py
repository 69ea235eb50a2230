"""A small S3-compatible store: a real HTTP server with the verbs that we use.

PUT, GET, HEAD and DELETE of an object, and an upload in parts; path style, one bucket.
Signatures are taken as they come.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BUCKET = "bewijs"
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


class Handler(BaseHTTPRequestHandler):
    """One request; objects live in the server."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_PUT(self) -> None:
        key, asked = self._place()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "uploadId" in asked:
            parts = self.server.parts[asked["uploadId"][0]]
            parts[int(asked["partNumber"][0])] = body
        else:
            self.server.objects[key] = body
        self._answer(200, ETag='"x"')

    def do_POST(self) -> None:
        key, asked = self._place()
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "uploads" in asked:
            upload = str(len(self.server.parts))
            self.server.parts[upload] = {}
            told = f"<InitiateMultipartUploadResult {NAMESPACE}><UploadId>{upload}"
            told += "</UploadId></InitiateMultipartUploadResult>"
        else:
            parts = self.server.parts.pop(asked["uploadId"][0])
            self.server.objects[key] = b"".join(parts[n] for n in sorted(parts))
            told = f"<CompleteMultipartUploadResult {NAMESPACE}>"
            told += "<ETag>x</ETag></CompleteMultipartUploadResult>"
        self._answer(200, told.encode())

    def do_GET(self) -> None:
        key, _asked = self._place()
        found = self.server.objects.get(key)
        if found is None:
            self._answer(404)
            return
        begin, end = 0, len(found)
        status, headers = 200, {"ETag": '"x"'}
        if asked := self.headers.get("Range"):
            first, _dash, last = asked.removeprefix("bytes=").partition("-")
            begin, end = int(first), min(int(last or end - 1) + 1, end)
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{end - 1}/{len(found)}"
        self._answer(status, found[begin:end], **headers)

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._place()[0], None)
        self._answer(204)

    def log_message(self, *args: object) -> None:
        """Nothing to say."""

    def _place(self) -> tuple[str, dict[str, list[str]]]:
        address = urlsplit(self.path)
        key = address.path.removeprefix(f"/{BUCKET}/")
        return key, parse_qs(address.query, keep_blank_values=True)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Bucket(ThreadingHTTPServer):
    """Listens on a free port of this machine; `objects` is what it holds."""

    daemon_threads = True

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def bucket() -> Iterator[Bucket]:
    """A store that runs meanwhile."""
    with Bucket() as store:
        thread = threading.Thread(target=store.serve_forever, daemon=True)
        thread.start()
        yield store
        store.shutdown()
        thread.join()
