"""Misfortune halfway: disk, database, worker, broker, mail. Nothing half, nothing lost.

The faults are real ones: PostgreSQL itself runs out of room or ends the connection at
the table that a test names.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case, Statement
from intake.models import Receipt
from tests.intake import filling
from tests.intake.failing import Failing, failing
from tests.intake.filling import STORY
from tests.servers import Worker, program_env, start_worker
from weerbaar.audit.models import Event
from weerbaar.embedded import Broker, plan_broker
from weerbaar.notices.models import Notice
from weerbaar.outbox.models import Message
from weerbaar.outbox.services import RESEND_AFTER
from weerbaar.vault.models import Grant, Key

__all__ = ["failing"]
pytestmark = pytest.mark.django_db(transaction=True)

FAULTS = {
    "disk full": "RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100';",
    "database gone": (
        "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5);"
    ),
}
STORED = (Case, Receipt, Key, Grant, Statement, Event, Notice, Message)


@pytest.fixture(params=FAULTS.values(), ids=FAULTS.keys())
def breaking(
    request, failing: Failing
) -> Callable[[str], AbstractContextManager[None]]:
    """Let whatever is written to a table meet a fault, as long as the block lasts."""
    return lambda table: failing(table, request.param)


@pytest.fixture
def unreachable(transactional_db) -> Iterator[None]:
    """Nobody answers where the database should be."""
    here = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    yield
    connection.close()
    connection.settings_dict.update(HOST=here["HOST"], PORT=here["PORT"])


def stored() -> list[int]:
    return [model.objects.count() for model in STORED]


@pytest.fixture
def filled(client, lindeveen, bram, daan) -> Client:
    """Anna on the check page."""
    filling.fill(client, s4={"story": STORY})
    return client


def test_sending_that_fails_stores_nothing_and_succeeds_again(filled, breaking) -> None:
    before = stored()
    # The last table that a report writes to: everything else was written by then.
    with breaking("outbox_message"):
        failed = filled.post("/melden/controleren/")

    assert failed.status_code == 503
    assert failed["Retry-After"]
    assert stored() == before
    text = filling.text_of(failed)
    assert "Weerbaar is nu niet bereikbaar" in text
    assert "070-373 83 14" in text
    for technical in ("fail()", "space", "Error", "Traceback", "connection"):
        assert technical not in text
    form = filling.soup(failed).main.form
    assert form["action"] == "/melden/controleren/"
    assert form.button.get_text() == "Opnieuw versturen"
    assert STORY in filling.text_of(filled.get("/melden/controleren/"))

    assert len(filling.send(filled).split()) == 7
    assert Case.objects.count() == Receipt.objects.count() == 1


def test_in_a_browser_pressing_again_sends_it_once(
    page: Page, lindeveen, bram, breaking
):
    from tests.intake.test_in_browser import fill

    fill(page)
    with breaking("outbox_message"):
        page.click("text=Melding versturen")
        expect(page.locator("h1")).to_have_text("Weerbaar is nu niet bereikbaar")

    page.click("text=Opnieuw versturen")

    expect(page.locator("#code")).to_be_visible()
    assert Case.objects.count() == 1


def test_a_page_that_cannot_be_kept_shows_its_words_again(
    client, lindeveen, bram, daan, breaking
) -> None:
    filling.begin(client)
    for number in ("1", "2", "3"):
        client.post(filling.step(number), filling.LEAST[number])
    with breaking("intake_sealedcookie"):
        failed = client.post(filling.step(4), {"story": STORY, "types": ["stalking"]})

    assert failed.status_code == 503
    form = filling.soup(failed).main.form
    assert form["action"] == filling.step(4)
    assert form.find("textarea", {"name": "story"}).get_text().strip() == STORY
    assert client.post(form["action"], {"story": STORY})["Location"] == filling.step(5)


def test_a_message_that_cannot_be_kept_is_shown_again(
    client, open_report, bram, breaking
) -> None:
    case, code = open_report(when=timezone.now())
    filling.enter(client, code)
    before = stored()
    with breaking("outbox_message"):
        failed = client.post("/mijn-melding/bericht/", {"text": STORY})

    assert failed.status_code == 503
    assert stored() == before
    form = filling.soup(failed).main.form
    kept = form.find("textarea", {"name": "text"}).get_text().strip()
    assert kept == STORY
    client.post(form["action"], {"text": kept})
    assert case.statements.of_kinds(["reply"]).count() == 1


def test_without_a_database_each_page_says_so(client, lindeveen, unreachable) -> None:
    client.cookies["concept"] = client.cookies["melding"] = "A" * 43
    for address in ("/", "/melden/", "/veilig-gebruik/", "/verlaten"):
        assert client.get(address).status_code in {200, 303}, address
    client.cookies["concept"] = client.cookies["melding"] = "A" * 43
    for method, address in (
        ("get", "/melden/lindeveen/"),
        ("post", "/melden/vooraf/"),
        ("get", filling.step(1)),
        ("post", filling.step(4)),
        ("get", "/melden/controleren/"),
        ("post", "/melden/controleren/"),
        ("get", "/melden/meldcode/"),
        ("get", "/melden/blijven/"),
        ("post", "/mijn-melding/"),
        ("get", "/mijn-melding/overzicht/"),
        ("post", "/mijn-melding/bericht/"),
    ):
        code = " ".join(["aaien"] * 7)
        answer = getattr(client, method)(address, {"code": code, "text": STORY})
        assert answer.status_code == 503, address
        page = filling.soup(answer)
        assert page.h1.get_text() == "Weerbaar is nu niet bereikbaar"
        assert page.find("a", href="tel:112")
        assert page.find("a", href="tel:0703738314")
        assert code not in answer.content.decode()
        if method == "post" and "bericht" in address:
            assert page.main.textarea.get_text().strip() == STORY


def test_without_a_database_programs_get_a_problem(client, unreachable) -> None:
    sent = {"organisation": "6a0b3a52-6a1c-4d0f-9d57-0f5f0f6d8c11", "types": []}
    answer = client.post(
        "/api/v1/reports",
        {**sent, "wish": "record", "anonymity": "anonymous"},
        content_type="application/json",
    )

    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"]


@dataclass
class PostOffice:
    """A broker, a worker and a letterbox of one test alone; nothing runs yet."""

    broker: Broker
    folder: Path
    worker: Worker | None = None

    @property
    def letters(self) -> Path:
        return self.folder / "state" / "mail"

    def open(self) -> None:
        env = program_env(
            BROKER_URL=self.broker.url, WEERBAAR_STATE=str(self.letters.parent)
        )
        self.broker.start()
        self.worker = start_worker(self.folder / "worker.log", env)

    def do(self, task: str) -> None:
        """What the clock asks for; wait until the worker has done it."""
        assert self.worker is not None
        with current_app.connection_for_write(self.broker.url) as line:
            done = f"[{current_app.send_task(task, connection=line).id}] succeeded"
        self.worker.wait_for(lambda: done in self.log)

    @property
    def log(self) -> str:
        assert self.worker is not None
        return self.worker.child.log.read_text()

    def receivers(self) -> list[str]:
        """To whom a letter went, once for each letter."""
        text = "".join(file.read_text() for file in self.letters.iterdir())
        return sorted(re.findall("^To: (.+)$", text, re.MULTILINE))

    def close(self) -> None:
        if self.worker is not None:
            self.worker.stop()
        self.broker.stop()


@pytest.fixture
def post_office(base: Path) -> Iterator[PostOffice]:
    here = os.environ.pop("BROKER_URL")
    try:
        tables = None if here.startswith("redis") else base.parent / "sock"
        office = PostOffice(plan_broker(base, tables), base)
    finally:
        os.environ["BROKER_URL"] = here
    office.letters.parent.mkdir()
    yield office
    office.close()


def test_a_report_is_kept_while_all_else_is_down_and_told_of_once(
    filled, bram, daan, post_office: PostOffice
) -> None:
    """No worker, no broker, and afterwards no mail: each is told once in the end."""
    code = filling.send(filled)
    waiting = Message.objects.filter(task="notices.mail", done_at=None)
    assert waiting.count() == 2
    post_office.letters.touch()  # Where the letters should go stands something else.

    post_office.open()
    post_office.do("outbox.relay")
    assert post_office.worker is not None
    post_office.worker.wait_for(lambda: post_office.log.count(" raised ") >= 2)
    assert not Notice.objects.filter(mailed_at__isnull=False).exists()
    assert waiting.count() == 2

    post_office.letters.unlink()
    for _twice in range(2):
        Message.objects.update(sent_at=timezone.now() - 2 * RESEND_AFTER)
        post_office.do("outbox.resend")
        post_office.worker.wait_for(lambda: not waiting.exists())
        post_office.do("outbox.relay")

    assert post_office.receivers() == sorted([bram.email, daan.email])
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 2
    assert "Mijn melding" in filling.text_of(filling.enter(Client(), code))
