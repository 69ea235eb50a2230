"""Her own say: what she wants is kept, on top, changeable, and it blocks (UX-20)."""

import pytest
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from cases.workflow import State
from referrals import services as referrals
from referrals.models import Partner
from tests.cases.asking import doing
from tests.intake import filling
from weerbaar import codes

pytestmark = pytest.mark.django_db
WISHES = [code.code for code in codes.entries("wishes")]
# Measures go further than what these ask for.
LESS = {"record", "not_sure"}
WORDS = {"words": "Een gesprek met de veroorzaker."}


@pytest.fixture
def reported(client, lindeveen, bram, keyring_of, signed_in):
    """Report with a wish and let Bram take it up; gives the case and his browser."""

    def report(wish: str):
        contact = {"phone": "06 1234 5678"} if wish == "call_me" else {}
        client.code = filling.report(client, s6={"wish": wish, **contact})
        filling.enter(client, client.code)
        case = Case.objects.get()
        cases.step(case, "begin_triage", **doing(bram, keyring_of, timezone.now()))
        return case, signed_in(bram)

    return report


def address(case: Case, rest: str = "") -> str:
    return f"/zaken/{case.reference}/{rest}"


def respond(browser, case: Case, **more: str) -> str:
    """Bram agrees on measures on the page of that step; gives where the case stands."""
    browser.post(address(case, "stap/respond/"), {**WORDS, "action": "send", **more})
    return str(Case.objects.get(pk=case.pk).state)


@pytest.mark.parametrize("wish", WISHES)
def test_the_wish_stands_on_top_of_the_case(reported, wish) -> None:
    case, browser = reported(wish)

    page = filling.soup(browser.get(address(case)))
    first = page.select_one("main section[id]")

    assert first["id"] == "choice"
    assert codes.label("wishes", wish) in first.get_text().lower()


@pytest.mark.parametrize("wish", WISHES)
def test_measures_beyond_the_wish_need_her_word(reported, wish) -> None:
    case, browser = reported(wish)

    assert respond(browser, case) == (State.TRIAGE if wish in LESS else State.RESPONSE)
    assert respond(browser, case, consent="Vandaag aan de telefoon.") == State.RESPONSE


def test_changing_the_wish_opens_and_closes_the_way(client, reported) -> None:
    case, browser = reported("record")
    assert respond(browser, case) == State.TRIAGE

    client.post("/mijn-melding/wens/", {"wish": "think_along"})
    client.post("/mijn-melding/wens/", {"wish": "not_sure"})
    told = filling.text_of(browser.get(address(case))).lower()
    assert "ik weet het nog niet" in told
    assert respond(browser, case) == State.TRIAGE

    client.post("/mijn-melding/wens/", {"wish": "think_along"})
    assert respond(browser, case) == State.RESPONSE


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("code", ["police", "support_team_nwb"])
def test_no_aangifte_and_no_referral_goes_out_without_her_consent(
    client, reported, bram, keyring_of, esma, wish, code
) -> None:
    case, browser = reported(wish)
    who = doing(bram, keyring_of, timezone.now())
    referrals.load_partners()
    Partner.objects.filter(code="support_team_nwb").update(
        organisation=esma.memberships.get().organisation
    )
    partner = Partner.objects.get(code=code)
    draft = referrals.Draft(["summary"], {"summary": "Kort."})
    if code == "police":
        draft = referrals.Draft(advice="Doe aangifte.")
    proposed = referrals.propose(case, partner=partner, draft=draft, **who)

    with pytest.raises(referrals.ConsentMissing):
        referrals.send(proposed, **who)
    page = address(case, f"doorverwijzingen/{proposed.pk}/")
    send = "button[name=verb][value=send]"
    assert not filling.soup(browser.get(page)).select(send)
    assert browser.post(page, {"verb": "send"}).status_code == 409

    agreed = {"choice": "yes", "version": str(proposed.version)}
    client.post(f"/mijn-melding/tekst/{proposed.pk}/", agreed)
    proposed.refresh_from_db()
    assert filling.soup(browser.get(page)).select(send)
    assert referrals.send(proposed, **who).state == "sent"
