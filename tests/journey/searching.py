"""Looking for words in everything that the house keeps, however they are written there.

Not what the application shows, but what lies there: each column of each table as the
owner of the tables reads it, the database's own files with all that was deleted since,
the broker, the cache, mails, logs and temporary files.
"""

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import redis
from django.db import connections
from psycopg import sql

from tests.journey.house import House, letters
from tests.journey.visiting import Sight
from weerbaar.embedded import OWNER
from weerbaar.embedded.roles import SUPERUSER

# Larger ones are the database's: they are looked through as they lie there.
SMALL = 1 << 20
ENCODED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
# Base64 has two alphabets; everything is read and sought in the first.
ONE_ALPHABET = bytes.maketrans(b"-_", b"+/")
TABLES = """SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""


class Piece(NamedTuple):
    """Something that lies somewhere."""

    where: str
    content: bytes


class Found(NamedTuple):
    """A word where it should not be."""

    word: str
    where: str


def search(words: Iterable[str], pieces: Iterable[Piece]) -> list[Found]:
    """Each word in each piece that holds it, in whatever form."""
    forms = {word: (set(_plain(word)), set(_coded(word))) for word in words}
    found = set()
    for piece in pieces:
        for content in unfolded(piece.content):
            exact = content.translate(ONE_ALPHABET)
            small = exact.lower()
            for word, (plain, coded) in forms.items():
                if any(f in small for f in plain) or any(f in exact for f in coded):
                    found.add(Found(word, piece.where))
    return sorted(found)


def _plain(word: str) -> Iterator[bytes]:
    """A word as text, in two bytes a letter, and in hexadecimal."""
    small = word.lower()
    for form in (small.encode(), "\0".join(small).encode()):
        yield form.translate(ONE_ALPHABET)
    for said in (word, small, word.title()):
        yield said.encode().hex().encode()


def _coded(word: str) -> Iterator[bytes]:
    """A word in base64."""
    for said in {word, word.lower(), word.title()}:
        yield from _base64(said.encode())


def _base64(word: bytes) -> Iterator[bytes]:
    """The signs that are the same whatever stands before and after the word."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + word)
        begin = (0, 2, 3)[shift]
        yield whole[begin : (shift + len(word)) * 8 // 6]


def unfolded(content: bytes) -> Iterator[bytes]:
    """The content, and what is packed inside: gzip, zlib, base64 of those."""
    yield content
    if len(content) > SMALL:
        return
    yield from _unpacked(content)
    for part in ENCODED.findall(content):
        signs = part.rstrip(b"=").translate(ONE_ALPHABET)
        try:
            yield from _unpacked(base64.b64decode(signs + b"=" * (-len(signs) % 4)))
        except binascii.Error:
            continue


def _unpacked(content: bytes) -> Iterator[bytes]:
    try:
        if content.startswith(b"\x1f\x8b"):
            yield gzip.decompress(content)
        elif content.startswith(b"\x78"):
            yield zlib.decompress(content)
    except (OSError, EOFError, zlib.error):
        return


def in_database() -> Iterator[Piece]:
    """Every column of every row of every table, also of those made tomorrow."""
    for one in connections.all():
        yield from _in_one_database(one.settings_dict["NAME"])


def _in_one_database(name: str) -> Iterator[Piece]:
    with psycopg.connect(dbname=name, user=OWNER, autocommit=True) as owner:
        for schema, table in owner.execute(TABLES).fetchall():
            place = sql.Identifier(schema, table)
            rows = owner.execute(sql.SQL("SELECT * FROM {}").format(place))
            names = [column.name for column in rows.description or []]
            for row in rows:
                for column, value in zip(names, row, strict=True):
                    yield Piece(f"{table}.{column}", _as_bytes(value))


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False).encode()
    return str(value).encode()


def in_memory(house: House) -> Iterator[Piece]:
    """The cache of the website."""
    for key, value in house.inside()["cache"].items():
        yield Piece("cache", f"{key} {value}".encode())


def in_broker(house: House) -> Iterator[Piece]:
    """What waits in the broker at this moment, key by key."""
    if house.broker.socket is None:
        yield from _in_queue_tables(house.broker.url)
        return
    with redis.Redis(unix_socket_path=str(house.broker.socket)) as broker:
        for key in broker.scan_iter():
            yield Piece("broker", key)
            for value in _values(broker, key):
                yield Piece(f"broker {key.decode()}", value)


def _values(broker: "redis.Redis", key: bytes) -> Iterable[bytes]:
    match broker.type(key):
        case b"list":
            return broker.lrange(key, 0, -1)
        case b"set":
            return broker.smembers(key)
        case b"zset":
            return broker.zrange(key, 0, -1)
        case b"hash":
            return [part for pair in broker.hgetall(key).items() for part in pair]
    return [broker.get(key) or b""]


def _in_queue_tables(url: str) -> Iterator[Piece]:
    name = url.rpartition("/")[2].partition("?")[0]
    with psycopg.connect(dbname=name, user=name) as queue:
        for (payload,) in queue.execute("SELECT payload FROM kombu_message"):
            yield Piece("broker", _as_bytes(payload))


def in_mail(house: House) -> Iterator[Piece]:
    """Every mail, opened: its headers, and each part as its reader sees it."""
    for file in house.mail_folder.glob("*"):
        for letter in letters(file.read_bytes()):
            for name, value in letter.items():
                yield Piece(f"mail {name}", str(value).encode())
            for part in letter.walk():
                yield Piece("mail", part.get_payload(decode=True) or b"")


def in_files(house: House) -> Iterator[Piece]:
    """What the programs of the house write: logs, state, mails, temporary files, tasks.

    The broker's own log is among them, with every task that ever waited.
    """
    base = house.folder.parent
    yield from _files([*house.folder.rglob("*"), *base.glob("*.log")], base)


def in_the_databases_files(house: House) -> Iterator[Piece]:
    """The database as it lies on disk: also what was deleted or overwritten since."""
    base = house.folder.parent
    with psycopg.connect(dbname="postgres", user=SUPERUSER, autocommit=True) as server:
        server.execute("CHECKPOINT")
    yield from _files((base / "pg").rglob("*"), base)


def _files(paths: Iterable[Path], base: Path) -> Iterator[Piece]:
    for path in paths:
        where = str(path.relative_to(base))
        yield Piece("the name of a file", where.encode())
        if path.is_file():
            yield Piece(where, path.read_bytes())


def in_history(sights: Iterable[Sight]) -> Iterator[Piece]:
    """What browsers and their tabs keep: addresses and titles."""
    for sight in sights:
        yield Piece(f"address {sight.address}", sight.address.encode())
        yield Piece(f"title of {sight.address}", sight.title.encode())


def everywhere(house: House) -> Iterator[Piece]:
    """All that the house keeps, but for the database's own files: they take seconds."""
    yield from in_database()
    yield from in_memory(house)
    yield from in_broker(house)
    yield from in_mail(house)
    yield from in_files(house)
