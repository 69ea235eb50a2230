"""Bad input at the reporter's doors: told what to do, and what was typed is kept."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from tests.intake import filling

TOO_LONG = "Uw tekst is te lang"
LOST = "Sommige tekens zijn niet goed overgekomen"


@pytest.fixture
def reporter(client, lindeveen, bram, daan):
    """Anna, past the page with limits."""
    filling.begin(client)
    return client


@pytest.fixture
def anna(client, open_report, bram):
    """Anna with her mailbox open."""
    client.case, client.code = open_report(when=timezone.now())
    filling.enter(client, client.code)
    return client


def go_to(client, number: int) -> None:
    for page in range(1, number):
        assert (
            client.post(filling.step(page), filling.LEAST[str(page)]).status_code == 302
        )


@pytest.fixture
def strict(reporter):
    """Anna's browser on page 4, with the check against forged posts switched on."""
    go_to(reporter, 4)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = reporter.cookies
    browser.get(filling.step(4))
    return browser


def post_as_browser(client, address: str, site: str = "same-origin", **fields: str):
    """A form in the encoding of browsers; Django's client would send it in parts."""
    return client.post(
        address,
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": site},
    )


def resend(client, refused, **fields: str):
    """Press "send again" on a page that refused, with some fields changed."""
    form = filling.soup(refused).main.form
    kept = {f["name"]: f.get("value", f.get_text()) for f in form.select("[name]")}
    assert form.button.get_text() == "Opnieuw versturen"
    return post_as_browser(client, form["action"], **{**kept, **fields})


def test_a_story_beyond_what_we_read_is_given_back(strict):
    story = "Zij stonden bij de zeppelinhal. " * 32_000
    assert len(story) > 1_000_000

    refused = post_as_browser(strict, filling.step(4), story=story)

    assert refused.status_code == 413
    assert TOO_LONG in filling.text_of(refused)
    assert "20.000 tekens" in filling.text_of(refused)
    kept = filling.soup(refused).main.find("textarea", {"name": "story"})
    assert kept.get_text().strip() == story.strip()
    # Shortened on that very page, it goes on.
    assert resend(strict, refused, story="Bij de zeppelinhal.").status_code == 302
    page = filling.soup(strict.get(filling.step(4)))
    assert page.textarea.get_text().strip() == "Bij de zeppelinhal."


def test_a_long_story_with_a_lost_token_is_given_back_too(strict):
    del strict.cookies["controle"]
    story = "Bij de zeppelinhal. " * 60_000

    refused = post_as_browser(strict, filling.step(4), story=story)

    assert refused.status_code == 403
    assert resend(strict, refused, story="Bij de zeppelinhal.").status_code == 302


def test_a_text_beyond_all_measure_is_told(strict):
    refused = post_as_browser(strict, filling.step(4), story="z" * 5_000_001)

    assert refused.status_code == 413
    assert TOO_LONG in filling.text_of(refused)
    assert filling.soup(refused).find("a", href="tel:0703738314")


def test_a_long_text_of_another_site_is_not_shown(strict):
    story = "z " * 600_000

    refused = post_as_browser(strict, filling.step(4), "cross-site", story=story)

    assert refused.status_code == 413
    assert not filling.soup(refused).main.find("textarea")


def test_a_lost_token_keeps_the_story_and_sends_it_on(strict):
    refused = post_as_browser(
        strict, filling.step(4), story=filling.STORY, csrfmiddlewaretoken="oud"
    )

    assert refused.status_code == 403
    assert filling.STORY in filling.text_of(refused)
    assert resend(strict, refused)["Location"] == filling.step(5)


def test_a_lost_token_on_the_last_page_can_be_sent_once_more(strict):
    reporter = Client()
    reporter.cookies = strict.cookies
    for number in ("4", "5", "6", "7"):
        reporter.post(filling.step(number), filling.LEAST[number])

    refused = post_as_browser(strict, "/melden/controleren/")

    assert refused.status_code == 403
    assert Case.objects.count() == 0
    assert resend(strict, refused)["Location"] == "/melden/meldcode/"
    assert Case.objects.count() == 1


def test_a_lost_token_in_the_mailbox_keeps_the_message(anna):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = anna.cookies
    browser.get("/mijn-melding/overzicht/")

    refused = post_as_browser(browser, "/mijn-melding/bericht/", text="Er is iets.")

    assert refused.status_code == 403
    assert "Er is iets." in filling.text_of(refused)
    assert resend(browser, refused)["Location"].endswith("?gedaan=message")
    assert anna.case.statements.of_kinds(["reply"]).count() == 1


def test_a_lost_token_at_the_code_does_not_show_the_code(anna):
    browser = Client(enforce_csrf_checks=True)

    refused = post_as_browser(browser, "/mijn-melding/", code=anna.code)

    assert refused.status_code == 403
    assert anna.code not in refused.content.decode()
    # Sent again without it, the page asks for it anew.
    asked = resend(browser, refused)
    assert "Vul de zeven woorden van uw meldcode in." in filling.text_of(asked)


SIGNS = {
    "emoji": "😀" * 10_000,
    "zero width": "on\u200bzicht\u200dbaar\ufeff",
    "right to left": "dit is \u202eomgekeerd\u202c en \u200fmeer",
    "combining": "Ze\u0301ér he\u0301el e\u0308rg",
    "control": "bel\x07 en \x1b[31mrood",
    "markup": "</textarea><script>alert(1)</script> &amp; {{ 7|add:7 }} {% now %}",
    "line ends": "een\r\ntwee\rdrie\nvier",
    "other scripts": "تهديد 威胁 угроза",
}


@pytest.mark.parametrize("text", SIGNS.values(), ids=SIGNS.keys())
def test_unusual_signs_arrive_as_they_were_typed(reporter, bram, keyring_of, text):
    arrives = text.replace("\r\n", "\n").replace("\r", "\n")
    go_to(reporter, 4)
    assert reporter.post(filling.step(4), {"story": text}).status_code == 302
    for number in ("5", "6", "7"):
        reporter.post(filling.step(number), filling.LEAST[number])
    checked = filling.soup(reporter.get("/melden/controleren/"))
    code = filling.send(reporter)

    assert not checked.main.find("script")
    case, ring = Case.objects.get(), keyring_of(bram)
    told = cases.read_report(case, by=bram, keyring=ring, now=timezone.now())
    assert told.text == arrives
    # And the same both ways in the mailbox.
    filling.enter(reporter, code)
    reporter.post("/mijn-melding/bericht/", {"text": text})
    assert cases.read_thread(case, ["reply"], ring)[-1].text == arrives
    assert not filling.soup(reporter.get("/mijn-melding/overzicht/")).main.find(
        "script"
    )


BROKEN = {"nul": "hier \x00 stond iets", "replaced": "bij de caf\ufffd op de hoek"}
FIELDS = [
    ("4", "story", {}),
    ("6", "phone", {"wish": "call_me"}),
    ("6", "times", {"wish": "record"}),
    ("6", "cover", {"wish": "record"}),
    ("7", "name", {"anonymity": "named"}),
]


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize(("number", "field", "more"), FIELDS)
def test_a_text_that_lost_signs_is_asked_again(reporter, number, field, more, text):
    go_to(reporter, int(number))

    refused = reporter.post(filling.step(number), {field: text, **more})

    assert refused.status_code == 200
    assert LOST in filling.soup(refused).select_one(".wb-errors").get_text()
    kept = filling.soup(refused).select_one(f"#id_{field}")
    shown = kept.get("value") or kept.get_text().strip()
    # A browser shows a NUL as the replacement character, too.
    assert shown == text.replace("\x00", "\ufffd")


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_message_that_lost_signs_is_asked_again(anna, text):
    refused = anna.post("/mijn-melding/bericht/", {"text": text})

    assert LOST in filling.text_of(refused)
    assert not anna.case.statements.of_kinds(["reply"]).exists()


@pytest.mark.parametrize("number", range(1, 8))
def test_bytes_that_are_no_text_never_break_a_step(reporter, number):
    go_to(reporter, number)
    names = ("organisation", "recused", "groups", "story", "occurred", "phone", "name")
    body = b"&".join(name.encode() + b"=caf%E9+%C3%28+%F0%9F" for name in names)

    answer = reporter.generic(
        "POST",
        filling.step(number),
        body,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200
    assert filling.soup(answer).select_one(".wb-errors")


def test_choices_that_do_not_exist_are_asked_again(reporter):
    wrong = {
        "1": {"organisation": "nergens", "reporter_role": "keizer", "office": "keizer"},
        "2": {"recused": ["6a0b3a52-6a1c-4d0f-9d57-0f5f0f6d8c11"]},
        "3": {"groups": ["magie", "threat_intimidation"]},
        "4": {"types": ["gift_offer"]},
        "5": {"channels": ["duif"], "perpetrators": ["x"], "decision_influenced": "x"},
        "6": {"wish": "wonder", "channel": "duif", "voicemail": "x"},
        "7": {"anonymity": "x"},
    }
    for number, given in wrong.items():
        answer = reporter.post(filling.step(number), given)
        assert answer.status_code == 200, number
        assert filling.soup(answer).select_one(".wb-errors"), number
        assert (
            reporter.post(filling.step(number), filling.LEAST[number]).status_code
            == 302
        )


def test_the_first_page_typed_after_the_time_is_kept_too(reporter):
    reporter.cookies["concept"] = "A" * 43

    answer = reporter.post(
        filling.step(1), {"organisation": "lindeveen", "office": "alderman"}
    )

    assert answer.status_code == 410
    assert "Wat u net invulde, is er nog" in filling.text_of(answer)
    page = filling.soup(reporter.get(filling.step(1)))
    assert {b["value"] for b in page.select("input:checked")} >= {"lindeveen"}
    assert page.select_one('option[value="alderman"][selected]')


def test_nothing_typed_after_leaving_is_simply_the_start(reporter):
    reporter.cookies.clear()

    assert reporter.post(filling.step(4), {})["Location"] == "/melden/"
    assert reporter.post(filling.step(4), {"story": ""})["Location"] == "/melden/"
    assert not reporter.cookies
