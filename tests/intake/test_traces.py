"""What stays behind of a reporter besides her report: nothing (SEC-1, SEC-4, SEC-5)."""

import logging
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cases.models import Case
from intake import services
from intake.models import CookieKind
from tests.intake import filling
from tests.intake.failing import Failing, failing
from tests.intake.filling import STORY
from tests.intake.looking import tables_with
from weerbaar.audit.models import Event

__all__ = ["failing"]
pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"
BROWSER = "Zeppelinbrowser/7.7"
CAME_FROM = "https://vorige-pagina.example/zoek"
MARKS = (ADDRESS, BROWSER, CAME_FROM)
WORDS = ("zeppelinhal", "weten waar ik woon")


@pytest.fixture
def marked() -> Client:
    """A reporter whose address, browser and former page would be recognised."""
    return Client(
        REMOTE_ADDR=ADDRESS,
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_USER_AGENT=BROWSER,
        HTTP_REFERER=CAME_FROM,
        raise_request_exception=False,
    )


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged, with tracebacks, as the log would show it."""
    caplog.set_level(logging.DEBUG)
    form = logging.Formatter("%(levelname)s %(name)s %(message)s")
    return lambda: "\n".join(form.format(record) for record in caplog.records)


def found_in(text: str, *words: str) -> list[str]:
    return [word for word in words if word in text]


def whole_way(client: Client) -> str:
    """Report, read, write, and run into every kind of refusal."""
    code = filling.report(client, s4={"story": STORY})
    filling.enter(client, " ".join(reversed(code.split())))
    filling.enter(client, code)
    client.post("/mijn-melding/bericht/", {"text": STORY})
    client.get("/mijn-melding/overzicht/")
    for refused in ("/melden/stap/9/", "/melden/nergens/", f"/nergens/{STORY}/"):
        assert client.get(refused).status_code == 404
    strict = Client(enforce_csrf_checks=True, **client.defaults)
    assert strict.post("/mijn-melding/", {"code": code}).status_code == 403
    wrong = {"authorization": "Receipt " + " ".join(reversed(code.split()))}
    assert client.get("/api/v1/mailbox", headers=wrong).status_code == 401
    return code


def test_no_address_browser_or_former_page_is_kept(
    marked, logged, lindeveen, bram
) -> None:
    code = whole_way(marked)
    session = marked.cookies["melding"].value
    draft = marked.cookies["concept"].value

    now = timezone.now()
    sealed = [
        services.read(CookieKind.MAILBOX, session, now=now),
        services.read(CookieKind.DRAFT, draft, now=now),
    ]
    kept = " ".join(str(item) for item in (*cache._cache, *cache._cache.values()))
    for mark in MARKS:
        assert tables_with(mark) == []
    assert found_in(kept, *MARKS) == []
    assert found_in(str(sealed), *MARKS) == []
    assert found_in(logged(), *MARKS, code, session, draft) == []
    # The log was listened to, so it could have been found there.
    logging.getLogger("django.request").warning("Not Found: %s", ADDRESS)
    assert found_in(logged(), *MARKS) == [ADDRESS]


def test_no_word_of_hers_reaches_the_log(marked, logged, lindeveen, bram) -> None:
    code = whole_way(marked)
    lines = logged().replace(f"/nergens/{STORY}/", "")

    assert "Forbidden" in lines
    assert found_in(lines, *WORDS, code, code.split()[0]) == []


def test_a_mistake_of_ours_tells_nobody_her_words(
    marked, logged, lindeveen, bram, settings, failing: Failing
) -> None:
    settings.ADMINS = [("Gijs", "gijs@platform.example")]
    ours = "RAISE EXCEPTION 'oops' USING ERRCODE = '22000';"
    filling.fill(marked, s4={"story": STORY}, s7={"anonymity": "named", "name": "Anna"})
    with failing("outbox_message", ours):
        sent = marked.post("/melden/controleren/")
    with failing("intake_sealedcookie", ours):
        typed = marked.post(filling.step(4), {"story": STORY})

    assert sent.status_code == typed.status_code == 500
    assert "Er ging bij ons iets mis" in filling.text_of(typed)
    assert STORY in filling.text_of(typed)
    assert "oops" in logged()
    assert found_in(logged(), *WORDS, *MARKS, "Anna") == []
    assert mail.outbox == []


def test_when_she_did_it_is_told_by_the_part_of_the_day(
    marked, lindeveen, bram, signed_in, time_machine
) -> None:
    """In the history and on the handler's pages (SEC-7); of staff the minute."""
    time_machine.move_to(datetime.fromisoformat("2026-05-12T10:47:31+02:00"))
    whole_way(marked)
    time_machine.move_to(datetime.fromisoformat("2026-05-12T14:13:00+02:00"))
    browser = signed_in(bram)
    case = Case.objects.get()

    pages = [
        filling.text_of(browser.get(f"/zaken/{case.reference}/{page}"))
        for page in ("", "berichten/", "tijdlijn/")
    ]

    hers = Event.objects.filter(actor_kind="reporter")
    assert hers.count() > 2
    assert {timezone.localtime(event.at).strftime("%H:%M:%S") for event in hers} == {
        "06:00:00"
    }
    told = " ".join(pages)
    assert "ochtend" in told
    assert "10:47" not in told
    assert "14:13" in told


def test_addresses_and_titles_say_nothing_of_what_happened(
    client, lindeveen, bram, daan
) -> None:
    filling.begin(client)
    seen = []
    for number, answers in filling.LEAST.items():
        page = client.get(filling.step(number))
        seen.append(filling.soup(page).title.get_text())
        sent = client.post(filling.step(number), {**answers, "story": STORY})
        seen.append(sent["Location"])
    for address in ("/melden/controleren/", "/melden/meldcode/"):
        seen.append(filling.soup(client.get(address, follow=True)).title.get_text())

    told = " ".join(seen).lower()
    words = ("dreig", "geweld", "intimid", "agress", "verleid", "lindeveen", "zeppelin")
    assert found_in(told, *words) == []
    assert "stap 1 van 7 – formulier – weerbaar" in told
