"""The mailbox: opened by sloppy typing, told in plain words, and hers to close."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from cases.workflow import State
from intake import limits
from intake.models import CookieKind, Receipt, SealedCookie
from intake.services import standing_of
from tests.cases.asking import doing
from tests.intake import filling
from tests.intake.looking import tables_with
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.services import make_final, open_year
from weerbaar.steps import steps_of
from weerbaar.vault.models import Grant, Key

OVERVIEW = "/mijn-melding/overzicht/"


@pytest.fixture
def anna(client, open_report, bram, sanne):
    """Anna with her mailbox open; `anna.case` and `anna.code`."""
    client.case, client.code = open_report(
        when=timezone.now(), identity={"name": "Anna de Wit"}, anonymity="confidential"
    )
    assert filling.enter(client, client.code).status_code == 200
    return client


def page_of(anna) -> str:
    return filling.text_of(anna.get(OVERVIEW))


@pytest.mark.parametrize(
    "sloppy",
    [
        str.upper,
        lambda code: code.replace(" ", "-"),
        lambda code: "  " + code.replace(" ", "   ") + " ",
        lambda code: " ".join(word[:4] for word in code.split()),
        lambda code: code.replace(" ", ", "),
    ],
)
def test_sloppy_typing_opens_the_mailbox(client, open_report, sloppy):
    _case, code = open_report()

    assert "Mijn melding" in filling.text_of(filling.enter(client, sloppy(code)))


def test_a_typo_is_pointed_out_before_anything_is_derived(
    client, open_report, monkeypatch
):
    _case, code = open_report()
    words = code.split()
    words[2] = "qqqwerty"

    def derived(*_args, **_kwargs):
        raise AssertionError("a key was derived for a typo")

    monkeypatch.setattr("intake.services.entering.derive", derived)
    response = filling.enter(client, " ".join(words))

    text = filling.text_of(response)
    assert "Woord 3, ‘qqqwerty’, staat niet in onze lijst." in text
    assert filling.soup(response).select_one("#id_code")["value"] == " ".join(words)


def test_a_near_word_is_suggested(client, open_report):
    _case, code = open_report()
    words = code.split()
    typo = f"x{words[0]}"

    text = filling.text_of(filling.enter(client, " ".join([typo, *words[1:]])))

    assert f"Woord 1, ‘{typo}’, staat niet in onze lijst." in text
    assert "Bedoelt u" in text
    assert f"“{words[0]}”" in text


def test_too_few_words_are_counted(client, db):
    assert "U vulde 1 woord in." in filling.text_of(filling.enter(client, "abstract"))
    assert "U vulde 2 woorden in." in filling.text_of(
        filling.enter(client, "abstract academie")
    )


def test_an_empty_code_says_what_to_do(client, db):
    assert "Vul de zeven woorden van uw meldcode in." in filling.text_of(
        filling.enter(client, "")
    )


def wrong_code(code: str) -> str:
    """Seven good words that open nothing."""
    return " ".join(reversed(code.split()))


def test_unknown_and_closed_codes_look_the_same(client, open_report, anna, bram):
    _case, other = open_report()
    anna.post("/mijn-melding/toegang/", {"sure": "on"})

    pages = [
        client.post("/mijn-melding/", {"code": code})
        for code in (wrong_code(other), anna.code)
    ]

    assert {p.status_code for p in pages} == {200}
    told = [filling.soup(p).select_one(".wb-errors").get_text() for p in pages]
    assert told[0] == told[1]
    assert "Deze meldcode opent niets." in told[0]
    assert settings.MAILBOX_COOKIE_NAME not in pages[0].cookies


def test_wrong_codes_cost_the_same_work_as_right_ones(client, open_report, monkeypatch):
    from intake.services import submitting

    _case, code = open_report()
    derived = []
    real = submitting.receipt_keys
    monkeypatch.setattr(
        submitting,
        "receipt_keys",
        lambda *args, **kwargs: derived.append(1) or real(*args, **kwargs),
    )

    filling.enter(client, wrong_code(code))
    filling.enter(client, code)

    assert len(derived) == 2


def test_too_many_wrong_codes_are_told_clearly(client, open_report, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES", 2)
    _case, code = open_report()
    for _try in range(2):
        assert filling.enter(client, wrong_code(code)).status_code == 200

    refused = filling.enter(client, code)

    assert refused.status_code == 429
    text = filling.text_of(refused)
    assert "Wacht een kwartier" in text
    assert "070-373 83 14" in text
    # Another address is not kept waiting.
    elsewhere = client.post(
        "/mijn-melding/", {"code": code}, REMOTE_ADDR="203.0.113.9", follow=True
    )
    assert elsewhere.status_code == 200


def test_status_differs_after_each_step(anna, bram, keyring_of):
    ring, now = keyring_of(bram), timezone.now()

    def step(name: str, **given: str) -> None:
        case = Case.objects.get(pk=anna.case.pk)
        cases.step(case, name, by=bram, keyring=ring, now=now, **given)

    told = [page_of(anna)]
    step("begin_triage")
    told.append(page_of(anna))
    assert "Bram Visser, griffier" in told[-1]
    step("advise", words="Bewaar alles.")
    told.append(page_of(anna))
    step("respond", words="We spreken de veroorzaker aan.")
    told.append(page_of(anna))

    names = ["Ontvangen", "In beoordeling", "Advies gegeven", "Maatregelen afgesproken"]
    for name, text in zip(names, told, strict=True):
        assert name in text
    assert "Bewaar alles." in told[2]
    assert "We spreken de veroorzaker aan." in told[3]


def test_every_state_and_last_move_has_words_of_its_own():
    from intake.services.wording import AFTER, STANDING

    texts = [str(s.text) for s in (*STANDING.values(), *AFTER.values())]

    assert set(STANDING) == set(State)
    assert len(set(texts)) == len(texts)


def test_each_arrow_of_the_workflow_changes_what_she_reads():
    """From wherever a step begins, the text before and after it differ (R-9)."""
    arrows = [arrow for found in steps_of(Case).values() for arrow in found]
    moves = [(a.source, a.target, a.custom["step"].event) for a in arrows]
    assert len(moves) >= 11

    def text(state: str, move: str) -> str:
        return str(standing_of(Case(state=state), move).text)

    for source, target, move in moves:
        before = {text(source, m) for _s, t, m in moves if t == source} or {
            text(source, "")
        }
        assert text(target, move) not in before, move


def test_dismissal_is_told_with_its_explanation(anna, bram, keyring_of):
    ring, now = keyring_of(bram), timezone.now()
    cases.step(anna.case, "begin_triage", by=bram, keyring=ring, now=now)
    for promise in anna.case.commitments.open():
        cases.cancel(promise, by=bram, now=now)
    cases.step(
        anna.case,
        "dismiss",
        by=bram,
        keyring=ring,
        now=now,
        words="Dit was een klager met een scherpe toon.",
        choice="no_violation",
    )

    text = page_of(anna)
    assert "Afgesloten na de beoordeling" in text
    assert "Dit was een klager met een scherpe toon." in text


def test_what_comes_next_and_by_when(anna):
    promised = anna.case.commitments.get()
    text = page_of(anna)

    assert "We nemen voor het eerst contact met u op." in text
    day = f"{promised.due_on.day} "
    assert f"Uiterlijk op {day}" in text


def test_a_promise_that_we_missed_is_owned_up_to(client, open_report, now):
    _case, code = open_report(when=now)
    filling.enter(client, code)

    assert "Dat spijt ons." in page_of(client)


def test_messages_go_both_ways(anna, bram, keyring_of):
    ring, now = keyring_of(bram), timezone.now()
    cases.send_message(anna.case, "Zullen we bellen?", by=bram, keyring=ring, now=now)
    sent = anna.post("/mijn-melding/bericht/", {"text": "Liever niet vandaag."})
    assert sent["Location"] == f"{OVERVIEW}?gedaan=message"

    text = filling.text_of(anna.get(sent["Location"]))
    assert "Uw bericht is verstuurd." in text
    assert "Zullen we bellen?" in text
    assert "Liever niet vandaag." in text
    assert tables_with("Liever niet vandaag") == []
    seen = cases.read_thread(anna.case, ["reply"], ring)
    assert [opened.text for opened in seen] == ["Liever niet vandaag."]


def written_by_her(case) -> list[str]:
    return [s.kind for s in case.statements.of_kinds(["reply"])]


def test_a_message_sent_twice_is_written_once(anna):
    page = filling.soup(anna.get(OVERVIEW))
    once = page.select_one("input[name=once]")["value"]
    for _twice in range(2):
        sent = anna.post("/mijn-melding/bericht/", {"text": "Hoor.", "once": once})
        assert sent["Location"] == f"{OVERVIEW}?gedaan=message"

    assert len(written_by_her(anna.case)) == 1
    anna.post("/mijn-melding/bericht/", {"text": "Hoor.", "once": str(uuid4())})
    assert len(written_by_her(anna.case)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_message_sent_twice_at_the_same_moment_is_written_once(anna):
    sent = {"text": "Hoort u mij?", "once": str(uuid4())}
    answers = []

    def press() -> None:
        twin = Client()
        twin.cookies = anna.cookies
        answers.append(twin.post("/mijn-melding/bericht/", sent).status_code)
        connections.close_all()

    presses = [threading.Thread(target=press) for _n in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert answers == [302] * 4
    assert len(written_by_her(anna.case)) == 1


def test_a_message_refused_keeps_its_mark(anna):
    once = str(uuid4())

    refused = anna.post("/mijn-melding/bericht/", {"text": "", "once": once})

    kept = filling.soup(refused).select_one("input[name=once]")["value"]
    assert kept == once


def test_an_internal_note_is_never_in_the_mailbox(anna, bram, keyring_of):
    cases.write_note(
        anna.case, "Kwetsbaar.", by=bram, keyring=keyring_of(bram), now=timezone.now()
    )

    assert "Kwetsbaar." not in page_of(anna)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Schrijf eerst uw bericht"),
        ("zeppelin " * 2_500, "niet meer dan 20000 tekens"),
        ("bij de caf\ufffd", "Sommige tekens zijn niet goed overgekomen"),
    ],
)
def test_a_bad_message_is_told_and_kept(anna, text, says):
    response = anna.post("/mijn-melding/bericht/", {"text": text})

    assert says in filling.text_of(response)
    assert filling.soup(response).textarea.get_text().strip() == text.strip()


def test_a_changed_wish_reaches_the_handler(anna, bram, keyring_of):
    anna.post("/mijn-melding/wens/", {"wish": "help_aangifte"})

    assert "U wilt nu: help mij met aangifte." in page_of(anna)
    assert cases.current_wish(anna.case, keyring_of(bram)) == "help_aangifte"


def test_the_same_wish_twice_is_told_to_the_handler_once(anna):
    for _twice in range(2):
        anna.post("/mijn-melding/wens/", {"wish": "record"})

    assert len(written_by_her(anna.case)) == 1
    told = Event.objects.about(anna.case.pk).filter(kind=Kind.WISH_CHANGED)
    assert told.count() == 1


def test_looking_at_her_name_is_told_from_asking_to_seeing(
    karim, anna, bram, keyring_of
):
    assert "Uw naam is bekeken" not in page_of(anna)
    who = doing(bram, keyring_of, timezone.now())
    asked = cases.ask(anna.case, "identity", "De politie belt.", **who)
    waiting = page_of(anna)
    cases.approve(asked, **doing(karim, keyring_of, timezone.now()))
    cases.open_identity(anna.case, **who)
    seen = page_of(anna)

    assert "Een behandelaar vroeg uw naam te zien. Er is nog geen antwoord" in waiting
    assert "Een naambewaarder stemde in" in seen
    assert "Uw naam is bekeken door Bram Visser, griffier" in seen
    assert karim.name not in seen
    assert "De politie belt" not in seen


def test_the_own_report_is_there_only_when_she_chose_so(client, lindeveen, bram, daan):
    code = filling.report(client, s4={"story": filling.STORY})
    filling.enter(client, code)
    assert "teruglezen" not in page_of(client)
    assert client.get("/mijn-melding/teruglezen/").status_code == 409

    code = filling.report(client, s4={"story": filling.STORY}, s7={"may_reread": "on"})
    filling.enter(client, code)
    text = filling.text_of(client.get("/mijn-melding/teruglezen/"))

    assert filling.STORY in text
    assert "Denk met mij mee" in text


def test_withdrawing_closes_the_case_and_lets_go_of_promises(anna, bram):
    assert "doen er verder niets mee" in filling.text_of(
        anna.get("/mijn-melding/intrekken/")
    )
    done = anna.post("/mijn-melding/intrekken/", follow=True)

    assert "Door u ingetrokken" in filling.text_of(done)
    case = Case.objects.get(pk=anna.case.pk)
    assert case.state == State.CLOSED
    assert not case.commitments.open().exists()
    again = anna.post("/mijn-melding/intrekken/")
    assert again["Location"].endswith("?gedaan=withdrawn")
    withdrawn = Event.objects.about(case.pk).filter(kind=Kind.CASE_WITHDRAW)
    assert withdrawn.count() == 1


def test_withdrawing_and_closing_are_told_to_the_handler(anna, bram, signed_in):
    page = f"/zaken/{anna.case.reference}/"
    browser = signed_in(bram)
    assert "ingetrokken" not in filling.text_of(browser.get(page))
    anna.post("/mijn-melding/intrekken/")

    assert "ingetrokken" in filling.text_of(browser.get(page)).lower()

    anna.post("/mijn-melding/toegang/", {"sure": "on"})
    told = filling.text_of(browser.get(page))
    assert "toegang" in told.lower()
    messages = filling.soup(browser.get(f"{page}berichten/"))
    assert not messages.main.select("textarea")


def test_withdrawing_is_over_once_we_work_on_it(anna, bram, keyring_of):
    ring, now = keyring_of(bram), timezone.now()
    cases.step(anna.case, "begin_triage", by=bram, keyring=ring, now=now)
    cases.step(anna.case, "advise", by=bram, keyring=ring, now=now, words="Bel ons.")

    assert "Intrekken kan hier daarom niet meer" in filling.text_of(
        anna.get("/mijn-melding/intrekken/")
    )
    assert anna.post("/mijn-melding/intrekken/").status_code == 409


def test_closing_the_access_makes_the_code_unknown(anna, client):
    key = Receipt.objects.get().key_id
    refused = anna.post("/mijn-melding/toegang/", {})
    assert "Kruis aan dat u weet" in filling.text_of(refused)

    assert "Uw toegang is gesloten" in filling.text_of(
        anna.post("/mijn-melding/toegang/", {"sure": "on"})
    )

    assert not Receipt.objects.exists()
    assert not Grant.objects.filter(holder=key).exists()
    assert not Key.objects.filter(pk=key).exists()
    assert not SealedCookie.objects.filter(kind=CookieKind.MAILBOX).exists()
    assert "Deze meldcode opent niets." in filling.text_of(
        filling.enter(client, anna.code)
    )
    assert Case.objects.filter(pk=anna.case.pk).exists()


def test_closing_ends_an_opened_mailbox_elsewhere(anna, django_user_model):
    elsewhere = Client()
    filling.enter(elsewhere, anna.code)
    anna.post("/mijn-melding/toegang/", {"sure": "on"})

    assert elsewhere.get(OVERVIEW).status_code == 410


def test_leaving_keeps_the_code(anna):
    assert "gesloten" in filling.text_of(anna.post("/mijn-melding/sluiten/"))
    assert anna.get(OVERVIEW)["Location"] == "/mijn-melding/"

    assert filling.enter(anna, anna.code).status_code == 200


def test_an_idle_mailbox_closes_itself_and_keeps_what_was_typed(anna, time_machine):
    time_machine.move_to(
        timezone.now() + timedelta(seconds=settings.DRAFT_IDLE_SECONDS + 5)
    )

    kept = anna.post("/mijn-melding/bericht/", {"text": "Er is iets nieuws gebeurd."})
    assert kept.status_code == 403
    assert "Er is iets nieuws gebeurd." in kept.content.decode()
    closed = anna.get(OVERVIEW)

    assert closed.status_code == 410
    assert "Open haar opnieuw met uw meldcode" in filling.text_of(closed)


def test_one_word_typed_in_an_idle_mailbox_is_kept_too(anna, time_machine):
    time_machine.move_to(
        timezone.now() + timedelta(seconds=settings.DRAFT_IDLE_SECONDS + 5)
    )

    kept = anna.post("/mijn-melding/bericht/", {"text": "Help"})

    assert kept.status_code == 403
    form = filling.soup(kept).main.form
    assert form.textarea.get_text().strip() == "Help"
    # Opened again in another tab, the same page sends it.
    filling.enter(anna, anna.code)
    assert anna.post(form["action"], {"text": "Help"}).status_code == 302
    assert len(written_by_her(anna.case)) == 1


def test_an_open_mailbox_is_shown_without_asking_the_code_again(anna):
    assert anna.get("/mijn-melding/")["Location"] == OVERVIEW


def test_a_session_row_alone_opens_nothing(anna):
    row = SealedCookie.objects.get(kind=CookieKind.MAILBOX)

    assert anna.code.encode() not in bytes(row.sealed)
    assert tables_with(anna.cookies[settings.MAILBOX_COOKIE_NAME].value) == []
    assert tables_with(anna.code) == []


@pytest.mark.parametrize(
    "address",
    [
        OVERVIEW,
        "/mijn-melding/wens/",
        "/mijn-melding/teruglezen/",
        "/mijn-melding/intrekken/",
        "/mijn-melding/toegang/",
        "/mijn-melding/nazorg/",
        "/mijn-melding/vraag/6a0b3a52-6a1c-4d0f-9d57-0f5f0f6d8c11/",
        "/mijn-melding/tekst/6a0b3a52-6a1c-4d0f-9d57-0f5f0f6d8c11/",
    ],
)
def test_without_a_code_no_page_of_the_mailbox_opens(client, signed_in, bram, address):
    assert client.get(address)["Location"] == "/mijn-melding/"
    # Neither does it for a handler.
    assert signed_in(bram).get(address)["Location"] == "/mijn-melding/"


def test_choice_to_be_counted_can_change_until_it_is_final(client, open_report):
    """In the form nothing is ticked for her; in the mailbox she reads what holds."""
    filling.fill(client)
    page = filling.soup(client.get(filling.step(7)))
    buttons = page.select("input[name=counted]")
    assert len(buttons) == 2
    assert not [one for one in buttons if one.has_attr("checked")]
    assert "Uw melding telt niet mee" in filling.text_of(
        filling.enter(client, filling.send(client))
    )

    path = "/mijn-melding/cijfers/"
    done = client.post(path, {"counted": "yes"}, follow=True)
    assert "Uw melding telt anoniem mee" in filling.text_of(done)
    assert "Kies ja of nee" in filling.text_of(client.post(path, {}))

    today = timezone.localdate()
    open_year(today.year, today=today)
    make_final(today.year, today=today)
    page = client.get(path)
    assert "definitief" in filling.text_of(page)
    assert not filling.soup(page).select("input[name=counted]")
    assert client.post(path, {"counted": "no"}).status_code == 409
