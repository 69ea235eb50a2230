"""Asking clamd whether a file is harmful, over its INSTREAM command.

The protocol is in clamd(8): the command, pieces that begin with their length in four
bytes, a piece of length nought, and one line of answer. The kept client on PyPI is
GPL-2.0, which this project cannot build on, and this is all of it that we need.
"""

import socket
import struct
from typing import BinaryIO

from weerbaar.files.refused import Infected, NotScanned

PIECE = 256 * 1024
SECONDS = 60
LONGEST_ANSWER = 4096


def scan(file: BinaryIO, address: str) -> None:
    """Let the scanner at `host:port`, or at the path of a socket, judge a file.

    Raises Infected, and NotScanned when it gives no clear answer.
    """
    file.seek(0)
    try:
        with _call(address) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except (OSError, ValueError) as error:
        raise NotScanned from error
    if answer.endswith(b" FOUND"):
        raise Infected
    if not answer.endswith(b": OK"):
        raise NotScanned


def _call(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _answer(line: socket.socket) -> bytes:
    told = b""
    while len(told) < LONGEST_ANSWER and (piece := line.recv(LONGEST_ANSWER)):
        told += piece
        if piece.endswith(b"\0"):
            break
    return told.rstrip(b"\0\n")
