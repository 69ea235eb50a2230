"""Bad input at the handler's doors: an answer that says what to do, nothing lost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from aftercare import services as aftercare
from cases import services
from cases.models import Case
from referrals import services as referrals
from referrals.models import Partner
from referrals.services import Draft, load_partners
from tests.cases.asking import doing

STORY = "De zeppelinhal was vol; ik schreef alles op wat ik hoorde."
NASTY = (
    "\x00",
    "a\x00b",
    "9" * 5000,
    "12345678901234567890",
    "-1",
    "٣",
    "31-12-9999",
    "0000-00-00",
    "00000000-0000-0000-0000-000000000000",
    "\u202e\ufeff😀",
    "x" * 20_001,
)
# Every field that a form of these rooms reads.
FIELDS = (
    *("text", "words", "choice", "consent", "instruments", "answer_by", "due_on"),
    *("reason", "note", "once", "state", "severity", "incident_type", "page"),
    *("types", "office", "police", "subject", "occurred", "is_acute", "channels"),
    *(
        "no_aangifte",
        "motive",
        "effects",
        "revision",
        "organisation",
        "meeting_on",
        "checklist",
    ),
    *("assign-person", "hand_over-person", "hand_over-note", "deputise-person"),
    *("deputise-until", "person", "summary", "wish", "contact", "advice", "version"),
    *("said", "how", "given_on", "answer", "outcome", "expected"),
)


@pytest.fixture
def doors(
    open_report: Any, bram: Any, sanne: Any, keyring_of: Any
) -> list[tuple[str, str]]:
    """Every form of a case and what it can be asked, with something to act on."""
    now = timezone.now()
    who = doing(bram, keyring_of, now)
    case, _words = open_report(when=now, wish="record")
    services.step(case, "begin_triage", **who)
    load_partners()
    partner = Partner.objects.get(code="victim_support")
    draft = Draft(["summary"], {"summary": "Bel haar."})
    referral = referrals.propose(case, partner, draft=draft, **who)
    plan = aftercare.offer(case, by=bram, now=now)
    aftercare.respond_to_offer(plan, accept=True, **who)
    promise = case.commitments.filter(origin=None)[0]
    talk = plan.check_ins.all()[0]
    verbs = {
        "verhaal/": "",
        "melder/": "",
        "indeling/": "",
        "berichten/": "",
        "notitie/": "",
        "afspraken/": "",
        f"afspraken/{promise.pk}/": "miss move burn",
        "mensen/": "assign hand_over deputise end",
        "stap/respond/": "",
        "stap/dismiss/": "",
        f"doorverwijzingen/nieuw/{partner.pk}/": "",
        f"doorverwijzingen/{referral.pk}/": "consent release burn",
        f"doorverwijzingen/{referral.pk}/tekst/": "",
        "nazorg/": "conclude burn",
        f"nazorg/{talk.pk}/": "move miss hold burn",
    }
    return [
        ("/zaken/", ""),
        ("/zaken/nieuw/", ""),
        *(
            (f"/zaken/{case.reference}/{page}", verb)
            for page, known in verbs.items()
            for verb in known.split() or [""]
        ),
    ]


@pytest.mark.parametrize("bad", NASTY, ids=lambda bad: ascii(bad[:12]))
def test_no_field_of_a_case_stumbles(
    bad: str, doors: list[tuple[str, str]], bram: Any, signed_in: Any
) -> None:
    client = signed_in(bram)
    client.raise_request_exception = False
    typed = dict.fromkeys(FIELDS, bad)

    faults = [
        (path, verb)
        for path, verb in doors
        if client.post(path, {**typed, "verb": verb}).status_code >= 500
    ]

    assert faults == []
    assert client.get("/zaken/").status_code == 200


def texts(answer: Any) -> list[str]:
    """What a page shows again in a text field."""
    page = BeautifulSoup(answer.content, "html5lib")
    return [area.get_text().strip() for area in page.select("textarea")]


@pytest.fixture
def case(open_report: Any) -> Case:
    made, _words = open_report(when=timezone.now())
    return made


def test_a_text_that_is_too_long_is_told_at_its_field_and_kept(
    case: Case, bram: Any, signed_in: Any
) -> None:
    client, long = signed_in(bram), "Lang. " * 3400
    base = f"/zaken/{case.reference}/"
    client.post(f"{base}stap/begin_triage/")

    for path, field in (
        ("notitie/", "text"),
        ("berichten/", "text"),
        ("stap/advise/", "words"),
    ):
        answer = client.post(base + path, {field: long})
        assert answer.status_code == 200
        assert "20000" in answer.content.decode()
        assert texts(answer) == [long.strip()]
    assert not case.statements.exclude(kind="report").exists()


@pytest.mark.parametrize("broken", [b"text=%FF%FE%00", b"text=\xff\xfe", b"\xff=\xff"])
def test_broken_encoding_is_no_fault(
    broken: bytes, case: Case, bram: Any, signed_in: Any
) -> None:
    client = signed_in(bram)
    client.raise_request_exception = False
    for path in ("notitie/", "berichten/", "afspraken/"):
        answer = client.generic(
            "POST",
            f"/zaken/{case.reference}/{path}",
            broken,
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code < 500
    assert client.get(f"/zaken/{case.reference}/berichten/").status_code == 200


def test_a_lost_token_shows_the_note_again_with_a_fresh_one(
    case: Case, bram: Any, signed_in: Any
) -> None:
    client = signed_in(bram, enforce_csrf_checks=True)
    where = f"/zaken/{case.reference}/notitie/"

    refused = client.post(
        where,
        {"text": STORY, "csrfmiddlewaretoken": "oud"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert refused.status_code == 403
    assert texts(refused) == [STORY]
    form = BeautifulSoup(refused.content, "html5lib").select_one("main form")
    token = form.select_one("input[name=csrfmiddlewaretoken]")["value"]
    client.post(form["action"], {"text": STORY, "csrfmiddlewaretoken": token})
    assert case.statements.filter(kind="note").count() == 1


@pytest.mark.parametrize("what", ["signed out", "vault closed"])
def test_a_session_that_ended_keeps_the_note_and_says_the_way_back(
    what: str, case: Case, bram: Any, signed_in: Any
) -> None:
    client = signed_in(bram) if what == "vault closed" else Client()
    if what == "vault closed":
        session = client.session
        del session["vault"]
        session.save()
    where = f"/zaken/{case.reference}/notitie/"

    refused = client.post(
        where, {"text": STORY}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert refused.status_code == 403
    assert texts(refused) == [STORY]
    way = "/kluis/" if what == "vault closed" else "/inloggen/"
    page = BeautifulSoup(refused.content, "html5lib")
    assert page.select(f'main a[href*="{way}"]')
    assert not case.statements.filter(kind="note").exists()


def test_stale_ids_and_unknown_codes_are_told(
    case: Case, open_report: Any, bram: Any, sanne: Any, signed_in: Any
) -> None:
    other, _words = open_report()
    client, base = signed_in(bram), f"/zaken/{case.reference}/"
    client.post(f"{base}stap/begin_triage/")

    foreign = client.get(f"{base}afspraken/{other.commitments.get().pk}/")
    nobody = client.post(
        f"{base}mensen/", {"verb": "assign", "assign-person": str(other.pk)}
    )
    code = client.post(
        f"{base}stap/dismiss/", {"words": STORY, "choice": "handled", "action": "send"}
    )
    types = client.post(f"{base}indeling/", {"types": ["x"], "revision": "1"})

    assert foreign.status_code == 404
    for answer in (nobody, code, types):
        assert answer.status_code == 200
        assert "Kies een" in answer.content.decode()
    assert texts(code) == [STORY]
    case.refresh_from_db()
    assert (case.state, case.revision) == ("triage", 1)
