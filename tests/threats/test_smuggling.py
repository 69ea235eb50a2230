"""Two requests in one, which two servers in a row read differently (ASVS 4.2.1)."""

import socket
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
HIDDEN = b"GET /van-binnen/ HTTP/1.1\r\nHost: localhost\r\n\r\n"


def asked(house, request: bytes) -> bytes:
    """All that the website answers on one connection."""
    place = urlsplit(house.url)
    with socket.create_connection((place.hostname, place.port), timeout=5) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content-Length: +5\r\n",
    ],
    ids=["both", "two lengths", "unknown coding", "no number"],
)
def test_request_with_two_ends_is_refused_whole(house, lengths):
    begin = b"POST /melden/vooraf/ HTTP/1.1\r\nHost: localhost\r\n"

    told = asked(house, begin + lengths + b"\r\n0\r\n\r\n" + HIDDEN)

    assert told.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 ", b"HTTP/1.1 403 ")), told
    assert told.count(b"HTTP/1.1 ") == 1
    assert b"HTTP/1.1 200" in asked(house, HIDDEN)
