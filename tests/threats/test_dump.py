"""A copy of everything at rest: databases, files and queue (docs/threat-model.md).

What pg_dump writes is what a thief of a backup has. The search that finds nothing finds
each planted word, however it is spelled: see the second half.
"""

import base64
import gzip
import re
import subprocess
import zlib
from collections.abc import Iterator
from itertools import pairwise

import psycopg
import pytest
from django.db import connection, connections

from cases.header import CODED
from cases.models import Case
from tests.journey import searching, words
from tests.journey.automatic import CASE, AutomaticStory
from tests.journey.programs import Program
from tests.journey.searching import Piece, search
from weerbaar import codes
from weerbaar.embedded import OWNER
from weerbaar.embedded.programs import postgres_programs
from weerbaar.embedded.roles import SUPERUSER

pytestmark = pytest.mark.django_db(transaction=True)

BYTES = re.compile(rb"\\\\x((?:[0-9a-f]{2})+)")
# Which partner has a referral is told in the open (docs/privacy.md); short codes are
# words of every day.
CLASSIFYING = sorted(
    {
        item.code
        for name in set(CODED.values()) - {"partners"}
        for item in codes.entries(name)
        # A solver says by itself that it holds third-party software.
        if len(item.code) > 7 and item.code != "third_party"
    }
)
MAIL = f"anna.{words.STEM}@thuis.example"


def dumped() -> Iterator[Piece]:
    """Each table of each database as pg_dump writes it, and its bytes as they are."""
    program = postgres_programs(other_account=False) / "pg_dump"
    for alias in connections:
        name = connections[alias].settings_dict["NAME"]
        done = subprocess.run(
            [program, "-U", SUPERUSER, name], capture_output=True, check=True
        )
        head, *tables = re.split(rb"(?m)^COPY ", done.stdout)
        yield Piece("definitions", head)
        for table in tables:
            where = table.partition(b" ")[0].decode()
            for line in table.splitlines():
                yield Piece(where, line)
                for found in BYTES.findall(line):
                    yield Piece(where, bytes.fromhex(found.decode()))


def test_dump_of_everything_holds_no_word_and_no_classification(
    house, journey_cast, others, key_of
):
    """The whole journey by programs, and one more report that may be mailed."""
    others(7)
    stood = set(search(CLASSIFYING, dumped()))
    story = AutomaticStory(house, key_of)
    story.play()
    second = report_with_mail(story)

    rows = list(dumped())
    kept = [*rows, *searching.in_broker(house), *searching.in_files(house)]

    case = Case.objects.exclude(closed_on=None).get()
    assert search([case.reference, "closed"], rows)
    said = [words.STEM, MAIL, words.PHONE, words.PHONE.replace("-", "")]
    receipts = [*neighbours(story.code), *neighbours(second)]
    assert search([*said, *receipts], kept) == []
    told = set(search(CLASSIFYING, kept)) - stood
    # The figures of a year name every code, whatever happened.
    assert {found for found in told if found.where != "public.network_release"} == set()


def report_with_mail(story: AutomaticStory) -> str:
    """Somebody else reports, to be mailed; gives the receipt."""
    form = Program(story.house.url)
    places = form.ask("listOrganisations")["results"]
    [place] = [p for p in places if p["name"] == "Gemeente Lindeveen"]
    report = CASE | {
        "organisation": place["id"],
        "wish": "think_along",
        "contact": {"channel": "email", "email": MAIL},
    }
    return str(form.do("createReport", report)["receipt"])


def neighbours(code: str) -> Iterator[str]:
    """Each two neighbours of the seven words, however they are joined."""
    for one, two in pairwise(code.split()):
        yield from (one + sign + two for sign in " -+")


SPELLED = {
    "as it is": lambda word: word.encode(),
    "in capitals": lambda word: word.upper().encode(),
    "utf-16": lambda word: word.encode("utf-16"),
    "hexadecimal": lambda word: word.encode().hex().encode(),
    "base64": lambda word: base64.b64encode(b"-" + word.encode() + b"!"),
    "zlib": lambda word: zlib.compress(word.encode()),
    "gzip": lambda word: gzip.compress(word.encode()),
    "zlib in base64": lambda word: base64.b64encode(zlib.compress(word.encode() * 3)),
}


def test_planted_word_is_found_however_it_is_spelled(db):
    """In a column of bytes, and where the spelling is text also in one of text."""
    name = connection.settings_dict["NAME"]
    planted = {spelled: f"zwaluwnest{n}vuur" for n, spelled in enumerate(SPELLED)}
    with psycopg.connect(dbname=name, user=OWNER, autocommit=True) as owner:
        owner.execute("CREATE TABLE planted (said text, raw bytea)")
        try:
            for spelled, word in planted.items():
                raw = SPELLED[spelled](word)
                owner.execute("INSERT INTO planted (raw) VALUES (%s)", [raw])
                if raw.isascii() and b"\0" not in raw:
                    told = f"é {raw.decode()}"
                    owner.execute("INSERT INTO planted (said) VALUES (%s)", [told])
            found = search(planted.values(), dumped())
        finally:
            owner.execute("DROP TABLE planted")

    assert {(one.word, one.where) for one in found} == {
        (word, "public.planted") for word in planted.values()
    }
