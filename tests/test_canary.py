"""After the journey no word of it stands anywhere outside the vault (design 10.3).

And the search that says so finds each word where it does stand: see the second half.
"""

import base64
import gzip
import random
import string
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from itertools import pairwise

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from psycopg.types.json import Jsonb

from tests import evidence
from tests.journey import anna as form
from tests.journey import searching, words
from tests.journey.automatic import CASE
from tests.journey.plainly import PlainVisitor
from tests.journey.programs import Program
from tests.journey.searching import Piece, search
from tests.journey.story import Story
from tests.journey.visiting import Sight
from tests.stories.stage import STRIKING, begin
from weerbaar.audit.models import Event
from weerbaar.embedded import OWNER
from weerbaar.stories import services as stories
from weerbaar.stories.checklist import CODES

pytestmark = pytest.mark.django_db(transaction=True)

SEALED = (words.STEM, words.PHONE, words.PHONE.replace("-", ""))
# SEC-1: where Anna comes from, with what, and from which page.
ADDRESS, BROWSER, SITE = "203.0.113.77", "Merkverkenner", "zoekmachine-merk"
MARKS = {"X-Forwarded-For": ADDRESS, "User-Agent": f"{BROWSER}/7.3 (proef)"}
CAME_FROM = f"https://{SITE}.example/zoek?q=hulp"
# Columns that speak of no case: every code stands in them, whatever happens.
OF_NO_CASE = ("network_release.snapshot", "referrals_partner.roles")
EVIDENCE = "house/state/evidence/"
LISTS = (
    "there are notices",
    "the worklist has a new case",
    "the desk has a referral",
    "the worklist has a closed case",
    "the figures are published",
)


@dataclass
class Watch:
    """Somebody who looks through the house while the journey is going on."""

    house: object
    found: dict = field(default_factory=dict)
    moments: list = field(default_factory=list)
    sights: list = field(default_factory=list)

    def look(self, where, visitor):
        """No word that was typed so far stands anywhere, nor on a page with a list."""
        pieces = [*searching.everywhere(self.house), *kept_by(visitor)]
        for found in search(SEALED, pieces):
            self.found.setdefault(found, where)
        if where in LISTS:
            visitor.never_reads(*SEALED)
        self.moments.append(where)
        self.sights = visitor.sights


def kept_by(visitor):
    """What a browser keeps: its history and its cookies."""
    yield from searching.in_history(visitor.sights)
    for name, value in visitor.cookies().items():
        yield Piece(f"cookie {name}", f"{name} {value}".encode())


def pairs(code):
    """Each two neighbours of the seven words, however they are joined."""
    said = code.split()
    return [f"{a}{by}{b}" for a, b in pairwise(said) for by in " -+"]


def test_no_word_of_the_journey_stands_outside_the_vault(
    house, journey_cast, plainly, others
):
    """Searched at eleven moments, also in the middle of the form, and at the end."""
    others(7)
    watch = Watch(house)
    browse = plainly({"Anna": MARKS})
    story = Story(house, journey_cast, browse, watch.look, CAME_FROM)
    stood_before = search(words.CODES, searching.in_database())

    story.play()

    assert watch.found == {}
    assert len(watch.moments) == 11
    assert set(LISTS) < set(watch.moments)
    assert len(watch.sights) > 100
    kept = [*searching.everywhere(house), *searching.in_history(watch.sights)]
    disk = list(searching.in_the_databases_files(house))
    assert search([*SEALED, *pairs(story.code)], [*kept, *disk]) == []
    codes = [found for found in search(words.CODES, kept) if found not in stood_before]
    assert [found for found in codes if found.where not in OF_NO_CASE] == []
    came = house.inside()["asked"]
    assert ADDRESS in came["REMOTE_ADDR"]
    assert MARKS["User-Agent"] in came["HTTP_USER_AGENT"]
    assert CAME_FROM in came["HTTP_REFERER"]
    assert search([ADDRESS, BROWSER, SITE], [*kept, *disk]) == []


def test_no_word_of_files_that_are_on_their_way_stays_behind(
    house, lindeveen, bram, daan
):
    """A draft with files, one of them taken out again, and one refused."""
    anna = PlainVisitor("Anna", house.url, [], MARKS)
    form.begins(anna, by=CAME_FROM)
    form.tells_the_story(anna)
    for files in (
        {words.PHOTO: evidence.photo(maker=words.MAKER)},
        {words.NOTES: words.NOTES_TEXT.encode(), f"{words.STEM}programma.exe": b"MZ\0"},
    ):
        anna.attach("Bestanden", **files)
        anna.choose("Bewaar ook het onveranderde bestand")
        anna.press("Gekozen bestanden toevoegen")
    anna.reads("is geen soort bestand dat wij aannemen")
    anna.press("Verwijderen", near=words.NOTES)
    anna.reads(words.PHOTO)
    anna.never_reads(words.NOTES)

    pieces = list(searching.everywhere(house))

    assert search([words.STEM, words.PHOTO, words.MAKER], pieces) == []
    # The photo as it came and as it was cleaned: they are there, and say nothing.
    stored = {p.where for p in pieces if p.where.startswith(EVIDENCE)}
    assert len(stored) == 2
    # Whoever begins anew leaves nothing of before.
    form.begins(anna, by=CAME_FROM)
    assert stored.isdisjoint(p.where for p in searching.in_files(house))


def test_no_word_of_a_report_by_a_program_stays_behind(house, lindeveen, bram):
    """The same for the programs' door, and for a code that opens nothing."""
    form = Program(house.url, marks={**MARKS, "Referer": CAME_FROM})
    [place] = form.ask("listOrganisations")["results"]
    code = form.do("createReport", CASE | {"organisation": place["id"]})["receipt"]
    Program(house.url, f"Receipt {code}", MARKS).ask("readMailbox")
    wrong = Program(house.url, f"Receipt {' '.join(reversed(code.split()))}", MARKS)
    with pytest.raises(AssertionError, match="401"):
        wrong.ask("readMailbox")

    pieces = list(searching.everywhere(house))

    said = [*SEALED, *pairs(code), *pairs(" ".join(reversed(code.split())))]
    assert search([*said, ADDRESS, BROWSER, SITE], pieces) == []
    assert any(
        "limit:" in piece.content.decode() for piece in pieces if piece.where == "cache"
    )


def test_words_of_a_story_lie_readable_only_while_it_is_published(
    house, open_report, bram, femke, keyring_of, now
):
    stage = begin(open_report, bram, femke, keyring_of, now)
    story, edition = stage.received()
    house.deliver()
    assert search([STRIKING], searching.everywhere(house)) == []

    stories.publish(edition, points=CODES, **stage.editing)
    [found] = search([STRIKING], searching.everywhere(house))
    assert found.where.startswith("stories_edition")

    stories.end(story, **stage.reporting)
    assert search([STRIKING], searching.everywhere(house)) == []


def test_tasks_that_wait_carry_ids_only(house, open_report, bram):
    open_report(report={"text": words.STORY}, subject=words.SUBJECT)

    with house.relayed_but_not_done():
        waiting = list(searching.in_broker(house))

    assert any(b"notices.mail" in piece.content for piece in waiting)
    assert search([words.STEM, *words.CODES], waiting) == []
    house.deliver()
    assert len(house.mails(bram.email)) == 1


# --- the search finds what is there ---------------------------------------------------


def invented():
    """A word that nobody used before."""
    return "".join(random.choices(string.ascii_lowercase, k=16))


FORMS = {
    "text": lambda word: f"… {word} …".encode(),
    "capitals": lambda word: word.upper().encode(),
    "inside bytes": lambda word: b"\xff\x00" + word.encode() + b"\xfe",
    "JSON": lambda word: f'{{"caf\\u00e9": "{word}"}}'.encode(),
    "an address": lambda word: f"/zoek?q=caf%C3%A9+{word}".encode(),
    "two bytes a letter": lambda word: f"é{word}".encode("utf-16-le"),
    "two bytes a letter, turned": lambda word: f"é{word}".encode("utf-16-be"),
    "hexadecimal": lambda word: f"\\x00ff{word.encode().hex()}".encode(),
    "hexadecimal in capitals": lambda word: word.encode().hex().upper().encode(),
    "base64": lambda word: base64.b64encode(f"{word}.".encode()),
    "base64, one further": lambda word: base64.b64encode(f"-{word}.".encode()),
    "base64, two further": lambda word: base64.b64encode(f"--{word}.".encode()),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(
        b"\xfb\xff" + word.encode()
    ),
    "gzip": lambda word: gzip.compress(word.encode()),
    "zlib in base64": lambda word: (
        b"." + base64.urlsafe_b64encode(zlib.compress(word.encode())) + b":x"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_search_reads_a_word_written_as(form):
    word = invented()

    assert search([word, invented()], [Piece("here", FORMS[form](word))]) == [
        (word, "here")
    ]


@pytest.fixture
def table():
    """A table that somebody made later; the owner of the tables writes into it."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(dbname=name, user=OWNER, autocommit=True) as owner:
        owner.execute("CREATE TABLE later (said text, raw bytea, document jsonb)")
        yield owner
        owner.execute("DROP TABLE later")


def in_table(table, column, value):
    table.execute(f"INSERT INTO later ({column}) VALUES (%s)", [value])  # noqa: S608


def in_event(word):
    Event.objects.create(
        kind="case.opened",
        subject_type="x",
        subject_id="x",
        actor_kind="system",
        at="2026-05-12T10:00Z",
        facts={"what": word},
    )


def in_session(word):
    # Longer than the session store leaves as it is: it is compressed.
    session = SessionStore()
    session["note"] = [word, "a" * 500]
    session.save()


def in_mail(house, word):
    box = get_connection(
        "django.core.mail.backends.filebased.EmailBackend", file_path=house.mail_folder
    )
    mail = EmailMessage(
        f"Onderwerp é {word}sub", "Tekst", to=["x@x.example"], connection=box
    )
    mail.attach("bijlage.bin", f"xx{word}".encode(), "application/octet-stream")
    mail.send()


def in_log_of_website(house, word):
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{house.url}/bestaat-niet/{word}/")


def in_log_of_worker(house, word):
    # Of a task that fails the log tells no argument; of an unknown one all it can.
    house.send(word)
    house.worker.wait_for(lambda: word in house.worker.child.log.read_text())


def test_search_finds_a_word_in_every_place(house, table):
    planted = {}

    def word(where):
        planted[where] = invented()
        return planted[where]

    in_table(table, "said", f"… {word('later.said')} …")
    in_table(table, "raw", b"\x00" + word("later.raw").encode())
    in_table(table, "document", Jsonb({"a": [word("later.document")]}))
    in_event(word("audit_event.facts"))
    in_session(word("django_session.session_data"))
    house.inside(put=word("cache"))
    house.send("nobody.knows", word("broker later"), queue="later")
    in_mail(house, word("mail"))
    planted["mail Subject"] = f"{planted['mail']}sub"
    in_log_of_website(house, word("house/log/web.log"))
    in_log_of_worker(house, word("house/log/tasks.log"))
    temporary = house.folder / "temp" / "upload"
    temporary.write_bytes(gzip.compress(word("house/temp/upload").encode()))
    (house.folder / "state" / word("the name of a file")).mkdir()
    sealed = house.folder / "state" / "evidence"
    sealed.mkdir(exist_ok=True)
    (sealed / "x").write_bytes(word("house/state/evidence/x").encode())

    found = search(planted.values(), searching.everywhere(house))

    assert set(zip(planted.values(), planted, strict=True)) <= set(found)


def test_search_finds_what_was_deleted_from_the_database(house, table):
    gone = invented()
    in_table(table, "said", gone)
    table.execute("DELETE FROM later")

    assert search([gone], searching.in_database()) == []
    assert search([gone], searching.in_the_databases_files(house)) != []


def test_search_finds_a_word_in_what_a_browser_keeps():
    address, title = invented(), invented()
    sight = Sight("Anna", f"http://127.0.0.1/?q={address}", f"Zaak {title}")

    found = search([address, title], searching.in_history([sight]))

    assert {one.word for one in found} == {address, title}


def test_reader_of_a_page_finds_what_the_eye_does_not_see():
    visitor = PlainVisitor("Anna", "http://127.0.0.1", [], {})
    word = invented()
    visitor.page = BeautifulSoup(f'<main><input value="{word}"></main>', "html5lib")

    with pytest.raises(AssertionError):
        visitor.never_reads(word)
