"""How the pages of a case look and read, in every state: there is no finding."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases import services
from cases.models import Case
from tests.cases.asking import doing
from tests.visiting import Judged, take_cookies
from weerbaar.accounts.models import User


@pytest.fixture
def judged(page: Any, node: Any, live: str, bram: Any, signed_in: Any) -> Judged:
    """Bram at his desk."""
    take_cookies(page, signed_in(bram), live)
    return Judged(page, "dark")


@pytest.fixture
def case(open_report: Any, daan: Any) -> Case:
    """A report of two weeks ago, with everything: promises are late by now."""
    made, _words = open_report(
        when=timezone.now() - timedelta(days=14),
        wish="call_me",
        types=["veiled_threat", "doxing", "stalking"],
        severity="serious",
        recused=[str(daan.pk)],
        anonymity="confidential",
        identity={"name": "Anna Bos", "phone": "06 12345678"},
        contact={"channel": "phone", "phone": "06 12345678", "cover": "De bibliotheek"},
    )
    return made


def at(case: Case, rest: str = "") -> str:
    return f"/zaken/{case.reference}/{rest}"


def test_empty_lists(judged: Judged, lindeveen):
    judged.see("empty", "/zaken/")
    for tab in ("nieuw", "mijn", "team", "vandaag", "wacht", "afgesloten"):
        judged.see(f"empty-{tab}", f"/zaken/?tab={tab}")
    judged.see("no-notices", "/meldingen-voor-u/")
    judged.see("no-instrument", "/instrumenten/?fase=aftercare&onderwerp=temptation")

    judged.verdict()


def test_long_list_and_its_filter(judged: Judged, open_report, case):
    for number in range(26):
        open_report(subject=f"Melding {number}", types=["veiled_threat", "doxing"])
    judged.see("long", "/zaken/?tab=team")
    judged.see("second-page", "/zaken/?tab=team&page=2")
    judged.fill({"severity": "very_serious"})
    judged.press("Filteren")
    judged.see("nothing-fits")
    judged.fill({"severity": "serious"})
    judged.press("Filteren")
    judged.see("one-fits")

    judged.verdict()


def test_new_case_with_mistakes(judged: Judged, lindeveen):
    judged.go("/zaken/nieuw/")
    judged.press()
    expect(judged.page).to_have_title(re.compile("^Fout: "))
    judged.see("mistakes")
    soon = timezone.localdate() + timedelta(days=3)
    judged.fill({"subject": "Sluiting bibliotheek", "meeting_on": f"{soon:%d-%m-%Y}"})
    judged.press()
    judged.see("made")

    judged.verdict()


def test_case_that_is_late_and_what_it_opens(judged: Judged, case):
    judged.see("late", at(case))
    judged.press("Toon het verhaal")
    judged.see("story")
    # Nobody keeps names here; asking for one is judged below.
    judged.see("name-alone", at(case, "melder/"))
    judged.see("looked", at(case, "tijdlijn/"))

    judged.verdict()


def test_steps_with_mistakes_and_their_last_check(
    judged: Judged, case, bram, keyring_of
):
    who = doing(bram, keyring_of, timezone.now())
    words = {"words": "Tekst.", "consent": "Gebeld."}
    choices = {"evaluate": "given"}
    services.arrange_aftercare(case)
    route = ("begin_triage", "respond", "begin_aftercare", "evaluate", None)
    seen: set[str] = set()
    for step in route:
        case.refresh_from_db()
        judged.see(f"case-{case.state}", at(case))
        for name in fresh_steps(judged, seen):
            judged.see(f"step-{name}", at(case, f"stap/{name}/"))
            judged.press()
            judged.see(f"mistake-{name}")
        if step:
            services.step(case, step, choice=choices.get(step, ""), **words, **who)
    judged.see("not-yet", at(case, "stap/close/"))

    judged.verdict()
    assert {"advise", "dismiss", "respond", "evaluate"} <= seen


def fresh_steps(judged: Judged, seen: set[str]) -> list[str]:
    """The steps offered here that ask something, each once."""
    links = judged.page.locator(".cs-steps a.utrecht-button").all()
    names = [str(link.get_attribute("href")).split("/")[-2] for link in links]
    found = [name for name in names if name not in seen]
    seen |= set(found)
    return found


def test_words_before_they_go(judged: Judged, case, bram, keyring_of):
    services.step(case, "begin_triage", **doing(bram, keyring_of, timezone.now()))
    judged.go(at(case, "stap/advise/"))
    judged.fill({"words": "Bewaar alles.\n\nAntwoord niet."})
    judged.press("Controleer de tekst")
    judged.see("advice-check")
    judged.go(at(case, "berichten/"))
    judged.press("Controleer het bericht")
    judged.see("message-mistake")
    judged.fill({"text": "Zullen we bellen?", "answer_by": "31-12-2099"})
    judged.press("Controleer het bericht")
    judged.see("message-day-mistake")
    soon = timezone.localdate() + timedelta(days=2)
    judged.fill({"answer_by": f"{soon:%d-%m-%Y}"})
    judged.press("Controleer het bericht")
    judged.see("message-check")
    judged.press("Verstuur naar de melder")
    judged.see("message-sent")
    judged.go(at(case, "notitie/"))
    judged.press("Bewaar de interne notitie")
    judged.see("note-mistake")
    judged.fill({"text": "Met de school gesproken."})
    judged.press("Bewaar de interne notitie")
    judged.see("note-saved")

    judged.verdict()


def test_promises_and_people_with_mistakes(judged: Judged, case, sanne):
    judged.go(at(case, "afspraken/"))
    judged.press("Voeg de taak toe")
    judged.see("task-mistake")
    soon = timezone.localdate() + timedelta(days=1)
    judged.fill({"text": "Bel de school.", "due_on": f"{soon:%d-%m-%Y}"})
    judged.press("Voeg de taak toe")
    judged.see("task-made")
    promise = case.commitments.earliest("due_on")
    judged.go(at(case, f"afspraken/{promise.pk}/"))
    judged.press("Verplaats de afspraak")
    judged.see("move-mistake")
    judged.press("Leg vast dat het niet is nagekomen")
    judged.see("miss-mistake")
    judged.fill({"reason": "Ziek."})
    judged.press("Leg vast dat het niet is nagekomen")
    judged.see("missed", at(case, f"afspraken/{promise.pk}/"))
    judged.go(at(case, "mensen/"))
    judged.press("Draag de zaak over")
    judged.see("hand-over-mistake")
    judged.press("Laat deze collega waarnemen")
    judged.see("deputise-mistake")

    judged.verdict()


def test_two_writers_see_both_versions(judged: Judged, case, bram, signed_in):
    judged.go(at(case, "indeling/"))
    revision = judged.page.locator("main [name=revision]").input_value()
    other = {"revision": revision, "severity": "very_serious", "types": ["doxing"]}
    assert signed_in(bram).post(at(case, "indeling/"), other).status_code == 302
    judged.fill({"severity": "less_serious"})
    judged.press("Sla de kenmerken op")
    judged.see("differences")

    judged.verdict()


def test_what_takes_two_people_and_who_is_concerned(judged: Judged, case, sanne):
    """Without a custodian, and with mistakes."""
    judged.see("name-alone", at(case, "melder/"))
    judged.go(at(case, "verzoeken/"))
    judged.press("Het verzoek versturen")
    judged.see("ask-mistake")
    judged.go(at(case, "betrokken/"))
    judged.press("De toegang beëindigen")
    judged.see("recuse-mistake")
    judged.go("/zaken/betrokken/")
    judged.press("Mij terugtrekken")
    judged.see("aside-mistake")

    judged.verdict()


@pytest.fixture
def hidden(karim, bram, open_report, keyring_of):
    return open_report(
        when=timezone.now(), anonymity="confidential", identity={"name": "Anna Bos"}
    )[0]


def test_name_from_asking_to_seeing(
    judged: Judged, hidden, karim, keyring_of, signed_in, live
):
    where = at(hidden, "melder/")
    judged.see("name-to-ask", where)
    judged.press("Vraag de naam op")
    judged.see("name-mistake")
    judged.fill({"reason": "De politie wil haar spreken."})
    judged.press("Vraag de naam op")
    judged.see("name-asked")
    take_cookies(judged.page, signed_in(karim), live)
    judged.see("custodian", "/verzoeken/")
    judged.go(f"/verzoeken/{hidden.approvals.get().pk}/")
    judged.fill({"answer": "no"})
    judged.press()
    judged.see("answer-mistake")
    judged.fill({"answer": "yes"})
    judged.press()
    judged.see("answered")
    judged.page.context.clear_cookies()
    take_cookies(judged.page, signed_in(User.objects.get(name="Bram Visser")), live)
    judged.see("name-lent", where)
    judged.press("Toon de naam")
    judged.see("name-shown")
    assert judged.page.locator("main .utrecht-alert--error").count() == 0

    judged.verdict()
