"""How the reporter's pages look and read in every state: no finding, also in the dark.

Each page as it is at first stands in `tests/test_looks.py`; here it is filled in, full
of mistakes, and after each step of the handler.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from aftercare import services as aftercare
from cases import services as cases
from referrals import services as referrals
from referrals.models import Partner
from tests import evidence
from tests.cases.asking import agreed, doing
from tests.intake.filling import LEAST, STORY
from tests.visiting import Judged, take_cookies

FULL: dict[str, dict[str, Any]] = {
    "1": {"organisation": "lindeveen", "reporter_role": "witness", "office": "mayor"},
    "2": {},
    "3": {"groups": ["threat_intimidation", "digital_aggression"]},
    "4": {"story": STORY, "types": ["veiled_threat", "threat_against_family"]},
    "5": {"occurred": "1 mei 2026", "family": "yes", "decision_influenced": "unknown"},
    "6": {"wish": "call_me", "channel": "phone", "phone": "06 12345678"},
    "7": {"anonymity": "confidential", "name": "Anna Bos", "may_reread": True},
}
# What a page does not take, where it can be wrong at all.
WRONG: dict[str, dict[str, Any]] = {
    "1": {},
    "3": {},
    "4": {"story": "a" * 20_001},
    "5": {"occurred": "morgen misschien"},
    "6": {"wish": "call_me", "channel": "phone", "phone": ""},
    "7": {"anonymity": "confidential"},
}
OVERVIEW = "/mijn-melding/overzicht/"


@pytest.fixture
def judged(page: Any, node: Any) -> Judged:
    return Judged(page, "dark")


@pytest.fixture
def anna(judged: Judged, open_report: Any, bram: Any, karim: Any) -> Judged:
    """Anna in her opened mailbox."""
    who = {"anonymity": "confidential", "identity": {"name": "Anna Bos"}}
    judged.case, judged.code = open_report(when=timezone.now(), **who)
    enter(judged, judged.code)
    return judged


def enter(judged: Judged, code: str) -> None:
    judged.go("/mijn-melding/")
    judged.fill({"code": code})
    judged.press()
    judged.page.wait_for_url(f"**{OVERVIEW}")


def attach(judged: Judged) -> None:
    """A photo that is taken and a file that is not, on the page of the story."""
    judged.page.get_by_text("Foto's, mail of andere bestanden toevoegen").click()
    judged.see("files-open")
    files = [(evidence.NAME, evidence.photo()), ("lijst.exe", b"MZ" + bytes(99))]
    judged.page.set_input_files(
        "[name=attachments]",
        [{"name": n, "mimeType": "image/jpeg", "buffer": c} for n, c in files],
    )
    judged.press("Gekozen bestanden toevoegen")
    expect(judged.page.get_by_text("“lijst.exe”").first).to_be_visible()
    judged.see("files-mistake")


def test_form_with_mistakes_and_filled_in(judged: Judged, lindeveen, bram, daan):
    judged.go("/melden/vooraf/")
    judged.press()
    for number, answers in FULL.items():
        if number in WRONG:
            judged.fill(WRONG[number])
            judged.press()
            expect(judged.page).to_have_title(re.compile("^Fout: "))
            judged.see(f"mistake-{number}")
        if number == "4":
            attach(judged)
        judged.fill(answers)
        judged.see(f"filled-{number}")
        judged.press()
    judged.see("check-filled")
    judged.page.get_by_role("link", name="Wijzig").nth(4).click()
    judged.see("change")
    judged.go("/melden/controleren/")
    judged.press()
    judged.press()
    judged.see("receipt-not-kept")
    judged.see("receipt-shown-before", "/melden/meldcode/")

    judged.verdict()


def test_excluding_everybody(judged: Judged, lindeveen, bram, daan):
    judged.go("/melden/vooraf/")
    judged.press()
    judged.fill(LEAST["1"])
    judged.press()
    judged.fill({"recused": [str(bram.pk), str(daan.pk)]})
    judged.press()
    expect(judged.page).to_have_title(re.compile("^Fout: "))
    judged.see("nobody-left")

    judged.verdict()


def test_report_taken_for_somebody_else(judged: Judged, live, bram, daan, signed_in):
    take_cookies(judged.page, signed_in(bram), live)
    judged.see("start-on-behalf", "/melden/?namens=lindeveen")
    judged.press()
    judged.see("step-on-behalf")
    for answers in LEAST.values():
        judged.fill(answers)
        judged.press()
    judged.press()
    judged.see("receipt-on-behalf")

    judged.verdict()


def test_mailbox_door_and_its_ends(judged: Judged, anna: Judged):
    judged.see("fresh")
    judged.press("Bericht versturen")
    judged.see("message-mistake")
    judged.fill({"text": "Er kwam weer een bericht.\n\nZie bijlage."})
    judged.press("Bericht versturen")
    judged.see("message-sent")
    judged.go("/mijn-melding/wens/")
    judged.press()
    judged.see("wish-told")
    judged.go("/mijn-melding/intrekken/")
    judged.press()
    judged.see("withdrawn")
    judged.see("withdrawn-again", "/mijn-melding/intrekken/")
    judged.go(OVERVIEW)
    judged.press("Deze pagina veilig sluiten")
    judged.see("left")
    judged.go("/mijn-melding/")
    judged.fill({"code": "aap noot mies"})
    judged.press()
    judged.see("wrong-words")
    judged.fill({"code": "molen wolk haven boter kaas eieren lamp"})
    judged.press()
    judged.see("no-such-words")
    enter(judged, anna.code)
    judged.go("/mijn-melding/toegang/")
    judged.press()
    judged.see("close-mistake")
    judged.page.locator("main input[type=checkbox]").check()
    judged.press()
    judged.see("access-closed")

    judged.verdict()


def test_mailbox_after_each_step_of_the_handler(
    anna: Judged, bram, karim, keyring_of, time_machine
):
    who = doing(bram, keyring_of, timezone.now())
    words = {"words": "Zet uw berichten op slot.", "consent": "Gebeld."}
    agreed(anna.case, who, doing(karim, keyring_of, timezone.now()))
    cases.open_identity(anna.case, **who)
    cases.recuse(anna.case, karim, "Hij kent haar.", **who)
    anna.see("told-of-the-name", OVERVIEW)
    anna.see("exclude", "/mijn-melding/uitsluiten/")
    anna.press()
    anna.see("exclude-mistake")
    for step in ("begin_triage", "advise", "respond"):
        cases.step(anna.case, step, **words, **who)
        anna.see(step, OVERVIEW)
    late = timezone.now() + timedelta(minutes=50)
    time_machine.move_to(late)
    anna.go(OVERVIEW)
    aftercare.offer(anna.case, by=bram, now=timezone.now())
    anna.see("offered", OVERVIEW)
    anna.see("offer", "/mijn-melding/nazorg/")
    anna.press()
    anna.see("offer-mistake")
    anna.page.get_by_role("radio").first.check()
    anna.press()
    anna.see("accepted")
    anna.page.get_by_role("link", name="Beantwoorden").click()
    anna.press()
    anna.see("answer-mistake")
    anna.fill({"mood": "not_well", "needs": "talk", "text": "Ik slaap slecht."})
    anna.press()
    anna.see("answered")
    first = aftercare.current_plan(anna.case).check_ins.first()
    anna.see("own-answer", f"/mijn-melding/vraag/{first.pk}/")

    anna.verdict()


def test_consent_asked_given_and_taken_back(
    anna: Judged, bram, keyring_of, ondersteuningsteam
):
    who = doing(bram, keyring_of, timezone.now())
    cases.step(anna.case, "begin_triage", **who)
    referrals.load_partners()
    for code in ("support_team_nwb", "trust_line"):
        partner = Partner.objects.get(code=code)
        pieces = {"summary": "Zij wil praten."} if partner.choosable else {}
        draft = referrals.Draft(list(pieces), pieces, "Bel gerust zelf.")
        made = referrals.propose(anna.case, partner=partner, draft=draft, **who)
        anna.see(f"asked-{code}", OVERVIEW)
        anna.go(f"/mijn-melding/tekst/{made.pk}/")
        anna.press("Keuze versturen")
        anna.see(f"choice-mistake-{code}")
        anna.page.get_by_role("radio").first.check()
        anna.press("Keuze versturen")
        anna.see(f"consented-{code}")
        referrals.send(made, **who)
        anna.see(f"sent-{code}", f"/mijn-melding/tekst/{made.pk}/")
        anna.press("Mijn toestemming intrekken")
        anna.see(f"taken-back-{code}")
        anna.see(f"after-{code}", f"/mijn-melding/tekst/{made.pk}/")

    anna.verdict()
