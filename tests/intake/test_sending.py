"""Sending: check, one case however often, the receipt once, and who receives it."""

import threading

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone

from cases import services as cases
from cases.models import Case, StatementKind
from intake.models import Receipt, SealedCookie
from intake.services import Report, submit
from tests.cases.asking import agreed, doing
from tests.intake import filling
from tests.intake.looking import tables_with
from weerbaar.accounts.models import Membership
from weerbaar.notices.models import Notice
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key


@pytest.fixture
def filled(client, lindeveen, bram, daan, sanne):
    """Anna, on the check page."""
    filling.fill(client, s4={"story": filling.STORY})
    return client


def test_check_page_shows_each_answer_with_a_way_to_change_it(filled):
    page = filling.soup(filled.get("/melden/controleren/"))
    text = page.main.get_text(" ")

    assert filling.STORY in text
    assert "Denk met mij mee" in text
    assert "Niet ingevuld" in text
    links = page.select(".wb-rows__action a")
    assert len(links) == len(page.select("main dt"))
    assert {a["href"] for a in links} == {
        f"/melden/stap/{n}/?wijzig=1" for n in range(1, 8)
    }
    assert all(len(a.get_text().strip()) > len("Wijzig") for a in links)
    assert page.main.form.button.get_text() == "Melding versturen"


def test_a_change_returns_to_the_check_page_and_is_prefilled(filled):
    address = f"{filling.step(6)}?wijzig=1"
    assert 'value="think_along" class' in filled.get(address).content.decode()
    assert filling.soup(filled.get(address)).select_one("input:checked")["value"] == (
        "think_along"
    )

    response = filled.post(address, {"wish": "record"})

    assert response["Location"] == "/melden/controleren/"
    assert "Alleen vastleggen" in filling.text_of(filled.get("/melden/controleren/"))


def test_receipt_page_begins_with_thanks_and_says_what_comes_next(filled):
    response = filled.post("/melden/controleren/", follow=True)
    text = filling.text_of(response)

    assert text.startswith("Dank u wel. Goed dat u dit meldt.")
    assert "neemt contact op, uiterlijk op" in text
    assert len(filling.code_on(response).split()) == 7
    page = filling.soup(response)
    assert page.select_one("[data-copy]")
    assert page.select_one("[data-print]")
    assert page.select_one("[data-guard]")
    assert page.select_one('main a[href="/mijn-melding/"]')


def test_second_look_at_the_receipt_page_has_no_code(filled):
    code = filling.send(filled)
    response = filled.get("/melden/meldcode/")

    assert response.status_code == 200
    assert filling.code_on(response) == ""
    assert code.split()[0] not in filling.text_of(response).split()


def test_sending_twice_is_one_case_and_shows_the_same_receipt(filled):
    code = filling.send(filled)
    response = filled.post("/melden/controleren/", follow=True)

    assert filling.code_on(response) == code
    assert Case.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_going_back_after_sending_sends_nothing(filled):
    filling.send(filled)

    for address in (filling.step(4), "/melden/controleren/"):
        assert filled.get(address)["Location"] == "/melden/meldcode/"
    assert filled.post(filling.step(4), {"story": "x"}).status_code == 302
    assert Case.objects.count() == 1


def test_a_page_that_arrives_after_the_sending_wipes_out_no_receipt(filled):
    """Pressed twice on the last page, and the second time came in late."""
    from intake import services
    from intake.models import CookieKind
    from intake.services.drafts import keep_answers

    cookie, now = filled.cookies["concept"].value, timezone.now()
    late = services.read(CookieKind.DRAFT, cookie, now=now)
    code = filling.send(filled)

    keep_answers(cookie, late, now=now)

    again = filled.post("/melden/controleren/", follow=True)
    assert filling.code_on(again) == code
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_are_one_case(filled):
    answers = []

    def press() -> None:
        twin = Client()
        twin.cookies["concept"] = filled.cookies["concept"].value
        answers.append(twin.post("/melden/controleren/").status_code)
        connections.close_all()

    presses = [threading.Thread(target=press) for _n in range(4)]
    for press_ in presses:
        press_.start()
    for press_ in presses:
        press_.join()

    assert answers == [302] * 4
    assert Case.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_finishing_asks_to_keep_the_code_first(filled):
    code = filling.send(filled)
    refused = filled.post("/melden/meldcode/", {})
    assert "Bewaar eerst uw meldcode" in filling.text_of(refused)
    assert filling.code_on(refused) == code

    done = filled.post("/melden/meldcode/", {"kept": "on"}, follow=True)

    assert "U bent klaar" in filling.text_of(done)
    assert SealedCookie.objects.count() == 0
    assert filled.get("/melden/meldcode/")["Location"] == "/melden/"


def test_nothing_of_a_report_stands_in_clear(filled):
    code = filling.send(filled)

    assert tables_with("zeppelinhal") == []
    assert tables_with(code) == []
    assert tables_with("Mozilla") == []


def test_after_sending_the_draft_holds_no_answers(filled):
    from intake import services
    from intake.models import CookieKind

    filling.send(filled)
    kept = services.read(
        CookieKind.DRAFT, filled.cookies["concept"].value, now=timezone.now()
    )

    assert "zeppelinhal" not in str(kept)


def test_the_answers_arrive_as_they_were_given(
    client, lindeveen, karim, bram, daan, keyring_of
):
    filling.report(
        client,
        s1={"organisation": "lindeveen", "office": "alderman", "reporter_role": "self"},
        s2={"recused": [str(daan.pk)]},
        s3={"groups": ["threat_intimidation", "property_damage"]},
        s4={"story": filling.STORY, "types": ["threat_against_family"]},
        s5={
            "occurred": "1-5-26",
            "channels": ["phone"],
            "perpetrators": ["resident"],
            "family": "yes",
            "decision_influenced": "rather_not",
        },
        s6={
            "wish": "call_me",
            "channel": "phone",
            "phone": " 06 1234 5678 ",
            "times": "na zessen",
            "voicemail": "no",
            "cover": "een vergadering",
        },
        s7={"anonymity": "confidential", "name": "Anna de Wit"},
    )
    case, ring = Case.objects.get(), keyring_of(bram)
    header = cases.header_of(case, ring)

    assert header.types == ["property_damage", "threat_against_family"]
    assert header.office == "alderman"
    assert header.occurred == "2026-05-01"
    assert header.channels == ["phone"]
    assert header.perpetrators == ["resident"]
    assert header.family == "yes"
    assert header.decision_influenced == "rather_not"
    assert header.wish == "call_me"
    assert header.anonymity == "confidential"
    assert header.recused == [str(daan.pk)]
    assert cases.read_safe_contact(case, ring) == {
        "channel": "phone",
        "phone": "06 1234 5678",
        "times": "na zessen",
        "voicemail": "no",
        "cover": "een vergadering",
    }
    told = cases.read_report(case, by=bram, keyring=ring, now=timezone.now())
    assert told.text == filling.STORY
    who, second = (doing(u, keyring_of, timezone.now()) for u in (bram, karim))
    agreed(case, who, second)
    assert cases.open_identity(case, **who) == {"name": "Anna de Wit"}


def test_no_list_or_notice_shows_words_name_or_number(
    client, lindeveen, bram, signed_in
):
    """Handlers are spared too: the story is asked for, never come across (UX-28)."""
    filling.report(
        client,
        s4={"story": filling.STORY},
        s6={"wish": "call_me", "phone": "06 1234 5678"},
        s7={"anonymity": "named", "name": "Anna de Wit"},
    )
    browser, case = signed_in(bram), Case.objects.get()
    words = ("zeppelinhal", "Anna de Wit", "1234")

    for address in ("/zaken/", "/zaken/?tab=team", "/meldingen-voor-u/"):
        text = browser.get(address).content.decode()
        assert [word for word in words if word in text] == [], address
        assert case.reference in text or "tab=" in address
    page = f"/zaken/{case.reference}/"
    assert "zeppelinhal" not in browser.get(page).content.decode()
    assert "zeppelinhal" in browser.post(f"{page}verhaal/").content.decode()


def test_least_answers_make_a_case(client, lindeveen, bram, keyring_of):
    filling.report(client, s3={"groups": ["unknown"]})
    case = Case.objects.get()

    header = cases.header_of(case, keyring_of(bram))
    assert header.types == []
    assert header.reporter_role == "self"
    assert case.identity is None
    assert not case.statements.of_kinds([StatementKind.CONTACT]).exists()


def test_arson_is_marked_acute(client, lindeveen, bram, keyring_of):
    filling.report(
        client,
        s3={"groups": ["property_damage"]},
        s4={"types": ["arson_explosion"]},
    )

    assert cases.header_of(Case.objects.get(), keyring_of(bram)).is_acute


def test_a_name_given_and_then_not_chosen_is_not_kept(client, lindeveen, bram):
    filling.report(client, s7={"anonymity": "anonymous", "name": "Anna de Wit"})

    assert Case.objects.get().identity is None


def test_the_excluded_person_gets_no_grant_and_no_notice(
    client, lindeveen, bram, daan, signed_in
):
    filling.report(client, s2={"recused": [str(daan.pk)]})
    case = Case.objects.get()

    assert not Grant.objects.filter(holder=daan.key).exists()
    assert Grant.objects.filter(holder=bram.key, key=case.case_key_id).exists()
    assert not Case.objects.visible_to(daan).exists()
    assert {n.recipient for n in Notice.objects.all()} == {bram}
    assert signed_in(daan).get(f"/zaken/{case.reference}/").status_code == 404


def test_nobody_left_when_sending_stores_nothing(client, lindeveen, bram, daan):
    """Bram left the job between the page with the names and the sending."""
    filling.fill(client, s2={"recused": [str(daan.pk)]})
    Membership.objects.filter(user=bram).delete()
    keys = Key.objects.count()

    response = client.post("/melden/controleren/", follow=True)

    assert "Er blijft niemand over" in filling.text_of(response)
    assert Case.objects.count() == 0
    assert Receipt.objects.count() == 0
    assert Key.objects.count() == keys


def test_submit_with_nobody_left_stores_nothing(lindeveen, bram):
    keys = Key.objects.count()
    report = Report(lindeveen, types=[], recused=[str(bram.pk)])

    with pytest.raises(cases.NobodyMayRead):
        submit(report=report, now=timezone.now())
    assert (Case.objects.count(), Receipt.objects.count()) == (0, 0)
    assert Key.objects.count() == keys


def test_receipt_opens_the_dialogue_and_not_the_case(lindeveen, bram):
    from intake.services.submitting import derive
    from weerbaar.vault.core import NoAccess

    case, code = submit(report=Report(lindeveen, types=[]), now=timezone.now())
    _tag, secret = derive(code)
    ring = Keyring(secret)

    assert ring.holds(case.dialogue_key_id)
    with pytest.raises(NoAccess):
        ring.open(case.case_key_id)


def test_a_busy_address_waits_and_is_never_refused(lindeveen, bram, rf, monkeypatch):
    from intake import limits

    monkeypatch.setattr(limits, "REPORTS", 1)
    request = rf.post("/melden/controleren/")

    assert not limits.report_is_crowding(request)
    assert limits.report_is_crowding(request)
    _case, code = submit(
        report=Report(lindeveen, types=[]), now=timezone.now(), slow=True
    )
    assert code


@pytest.mark.parametrize("address", ["/melden/controleren/", "/melden/meldcode/"])
def test_without_a_draft_there_is_nothing_to_send(client, lindeveen, address):
    assert client.get(address)["Location"] == "/melden/"
    assert client.post(address)["Location"] == "/melden/"
    assert settings.DRAFT_COOKIE_NAME not in client.cookies
