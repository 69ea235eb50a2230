"""A small clamd: a real server that speaks INSTREAM, for files that it knows."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What every scanner takes for harmful, though it is not (eicar.org); in two halves, so
# that no scanner takes this file for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Handler(socketserver.BaseRequestHandler):
    """One INSTREAM, as clamd(8) describes it."""

    server: Any

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self._exactly(1)
        if command != b"zINSTREAM\0":
            self.request.sendall(b"UNKNOWN COMMAND\0")
            return
        whole = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            whole += self._exactly(size)
        self.server.seen.append(whole)
        self.request.sendall(self.server.answer or self._judged(whole))

    def _judged(self, whole: bytes) -> bytes:
        return b"stream: Eicar FOUND\0" if EICAR in whole else b"stream: OK\0"

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            piece = self.request.recv(size - len(got))
            if not piece:
                raise ConnectionError
            got += piece
        return got


class Scanner(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine; `seen` is what it was sent."""

    daemon_threads = True

    def __init__(self, answer: bytes = b"") -> None:
        self.seen: list[bytes] = []
        # Whatever it says to everything; empty: it judges.
        self.answer = answer
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def scanning(answer: bytes = b"") -> Iterator[Scanner]:
    """A scanner that runs meanwhile."""
    with Scanner(answer) as scanner:
        thread = threading.Thread(target=scanner.serve_forever, daemon=True)
        thread.start()
        yield scanner
        scanner.shutdown()
        thread.join()
