"""How every page looks and reads: no judge finds anything, in Dutch, English and dark.

The pages are found from the URL configuration: each visitor wanders from the places
she knows to a page of each route. A route that nobody came by fails the test, unless
`NO_PAGE` says why there is no page to see. Other states of pages (filled, with
mistakes, after a step) are judged in the `test_looks` of their packages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from aftercare import services as aftercare
from cases import services as cases
from referrals import services as referrals
from referrals.models import Partner, Referral
from tests import evidence
from tests.cast import PASSWORD, TOTP_SECRET
from tests.intake.filling import LEAST
from tests.judges import axe, invalid, judge, sniffer
from tests.stories.stage import TEXT as STORY
from tests.test_doors import all_patterns, fill
from tests.visiting import Judged, take_cookies
from weerbaar.accounts.links import password_link
from weerbaar.stories import services as stories

# Routes without a page, and what they answer instead.
NO_PAGE = {
    "stay": 204,
    "report-stay": 410,
    "leave": 303,
    "mfa_index": 302,
    "mfa_reauthenticate_webauthn": 302,
    "health-live": 200,
    "health-ready": 200,
    "robots": 200,
    "security-txt": 200,
    # None was signed yet.
    "checkpoint": 404,
    "token-end": 405,
    "session-end": 405,
    # Nobody's, unless it is set.
    "oidc-connect": 404,
    "oidc-login": 404,
    "openid_connect_callback": 404,
    "vault-server": 403,
    # For who has no password here; seen in tests/accounts.
    "vault-passphrase": 302,
    "account_set_password": 302,
    "sessions-end": 405,
    "notice-read": 405,
    "notices-read": 405,
    "view-drop": 405,
    "mailbox-leave": 405,
    # Bytes, to who may.
    "mailbox-file": 302,
    "case-file-content": 404,
    "case-file-original": 404,
    "mailbox-reply": 405,
    "approval-withdraw": 405,
    "case-export": 405,
    "own-figures-file": 405,
}
# Judged in the tests of their packages.
ELSEWHERE = (
    *("figures", "root", "colleague", "access-review", "vault-anew"),
    *("passkey-vault", "passkey-rename", "factor-remove", "retention-destroy"),
    *("network", "instrument", "odata"),
)


@dataclass
class World:
    """A visitor with the addresses and codes that she has."""

    judged: Judged
    live: str
    codes: list[str]
    signed_in: Callable[..., Client]
    people: SimpleNamespace

    def become(self, user: Any) -> Judged:
        """Sign somebody in, in place of whoever was there."""
        self.judged.page.context.clear_cookies()
        if user is not None:
            take_cookies(self.judged.page, self.signed_in(user), self.live)
        return self.judged


@pytest.fixture
def people(
    lindeveen: Any, bram: Any, sanne: Any, esma: Any, gijs: Any, femke: Any
) -> SimpleNamespace:
    return SimpleNamespace(bram=bram, sanne=sanne, esma=esma, gijs=gijs, femke=femke)


@pytest.fixture
def codes(people: Any, open_report: Any, keyring_of: Any, signed_in: Any) -> list[str]:
    """Two reports that Bram took up: one with everything, one with an open offer."""
    now = timezone.now()
    doing: dict[str, Any] = {
        "by": people.bram,
        "keyring": keyring_of(people.bram),
        "now": now,
    }
    who = {"anonymity": "confidential", "identity": {"name": "Anna Bos"}}
    case, first = open_report(when=now, wish="call_me", rereads=True, **who)
    other, second = open_report(when=now)
    for one in (case, other):
        cases.step(one, "begin_triage", **doing)
        aftercare.offer(one, by=people.bram, now=now)
    cases.send_message(case, text="Ik bel u vanavond.", **doing)
    photo = evidence.sent(evidence.NAME, evidence.photo())
    files = {"attachments": photo, "keep_original": "on"}
    signed_in(people.bram).post(reverse("case-files", args=[case.reference]), files)
    cases.add_examples(case.organisation, by=people.bram, now=now)
    referrals.load_partners()
    desk = Partner.objects.filter(code="support_team_nwb")
    desk.update(organisation=people.esma.memberships.get().organisation)
    draft = referrals.Draft(["summary"], {"summary": "Zij wil graag praten."})
    sent, _asked = [
        referrals.propose(case, partner=one, draft=draft, **doing)
        for one in (desk.get(), Partner.objects.get(code="victim_support"))
    ]
    stories.write(case, STORY, **doing)
    anna = enter(first, now)
    referrals.consent(sent, **anna)
    referrals.send(sent, **doing)
    aftercare.respond_to_offer(aftercare.current_plan(case), accept=True, **anna)
    sanne = {**doing, "by": people.sanne, "keyring": keyring_of(people.sanne)}
    cases.approve(cases.ask(case, "destruction", "Zij vraagt het.", **doing), **sanne)
    cases.ask(case, "export", "De rechtbank vraagt het.", **sanne)
    return [first, second]


def enter(code: str, now: Any) -> dict[str, Any]:
    from intake.services import enter as open_mailbox

    access = open_mailbox(code, now=now)
    return {"by": access.by, "keyring": access.keyring, "now": now}


def nobody(world: World) -> None:
    """Somebody without an account, and without a report yet."""
    judged = world.become(None)
    judged.wander("/", "/melden/", "/melden/lindeveen/", "/partners/", "/instrumenten/")
    judged.wander("/demo/", "/verlopen/", "/uitloggen/", "/wachtwoord-vergeten/")
    judged.see("reset-done", reverse("account_reset_password_done"))
    judged.see("reset-saved", reverse("account_reset_password_from_key_done"))
    link = password_link(world.people.sanne).removeprefix(settings.SITE_ADDRESS)
    judged.see("reset", link)
    judged.see("not-found", "/bestaat-niet/", status=404)


def reporter(world: World) -> None:
    """Anna fills in the form to the end."""
    judged = world.become(None)
    judged.go("/melden/vooraf/")
    judged.press()
    for number, answers in LEAST.items():
        judged.see(f"form-{number}")
        judged.fill(answers)
        judged.press()
    judged.see("check")
    judged.press()
    judged.see("receipt")
    judged.page.locator("main input[type=checkbox]").check()
    judged.press()
    judged.see("finished")


def mailbox(world: World) -> None:
    """Anna comes back with her words, for each of her reports."""
    for code in world.codes:
        judged = world.become(None)
        judged.go("/mijn-melding/")
        judged.fill({"code": code})
        judged.press()
        judged.wander("/mijn-melding/overzicht/")


def handler(world: World) -> None:
    """Bram goes through his cases, his notices and his account."""
    judged = world.become(world.people.bram)
    judged.wander("/verzoeken/", "/zaken/?tab=team", "/meldingen-voor-u/", "/account/")
    asked = Referral.objects.select_related("case").get(state="proposed")
    text = reverse("case-referral-text", args=[asked.case.reference, asked.pk])
    judged.see("referral-text", text)
    judged.see("again", reverse("account_reauthenticate"))
    judged.see("again-code", reverse("mfa_reauthenticate"))
    judged.see("signing-out", reverse("account_logout"))


def desk(world: World) -> None:
    """Esma at the partner's desk; Gijs may see nothing."""
    world.become(world.people.esma).wander("/doorverwijzingen/", "/account/")
    judged = world.become(world.people.gijs)
    judged.see("not-yours", "/zaken/", status=403)


def door(world: World) -> None:
    """Signing in, step by step, and a vault that closed itself."""
    judged = world.become(None)
    judged.go("/inloggen/")
    judged.fill({"login": world.people.bram.email, "password": PASSWORD})
    judged.press()
    judged.see("second-step")
    judged.fill({"code": pyotp.TOTP(TOTP_SECRET).now()})
    judged.page.locator("main form button").first.click()
    judged.see("reserve-codes", reverse("mfa_view_recovery_codes"))
    judged.see("reserve-codes-new", reverse("mfa_generate_recovery_codes"))
    judged.page.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)
    judged.go("/zaken/")
    judged.wander("/kluis/", "/kluis/herstellen/")
    Authenticator.objects.filter(user=world.people.sanne).delete()
    factor = reverse("mfa_activate_totp")
    world.become(world.people.sanne).see("second-factor", factor)


WALKS = (nobody, reporter, mailbox, handler, desk, door)


@pytest.mark.parametrize(
    "language", ["", pytest.param("/en", marks=pytest.mark.nightly)]
)
def test_every_page_has_no_finding(
    page: Page,
    live: str,
    node: Any,
    language: str,
    codes: list[str],
    signed_in: Any,
    people: SimpleNamespace,
) -> None:
    schemes = () if language else ("dark",)
    judged = Judged(page, *schemes, language=language)
    world = World(judged, live, codes, signed_in, people)
    for walk in WALKS:
        walk(world)

    routes = {name for _path, name in all_patterns() if not _path.startswith("api/")}
    missed = routes - judged.seen - set(NO_PAGE)
    # What has no name is the address of a data service, and no page.
    assert {n for n in missed if n and not n.startswith(ELSEWHERE)} == set()
    judged.verdict()


@pytest.mark.django_db
@pytest.mark.parametrize("name", NO_PAGE)
def test_what_is_no_page_answers_something_else(
    name: str, signed_in: Any, bram: Any
) -> None:
    paths = {found: path for path, found in all_patterns()}
    values = {"uuid": "00000000-0000-0000-0000-000000000000", "slug": "x"}

    answer = signed_in(bram).get(fill(paths[name], values))

    assert answer.status_code == NO_PAGE[name]
    if answer.status_code == 200:
        assert answer.headers["Content-Type"].startswith("text/plain")


BROKEN = """<!doctype html><html lang="nl"><head><title>Fout</title></head><body>
<main><h1>Fout</h1><ul><p>Een alinea is geen punt.</p></ul></main></body></html>"""


def test_the_judges_see_a_fault(page: Page, node: Any) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML = '<input><img src=x>'")

    assert axe(page)
    assert sniffer(page)
    assert "element-permitted-content" in str(invalid({"broken": BROKEN}))


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ("main.setAttribute('onclick', 'x()')", "inline onclick on main"),
        ("main.tabIndex = 3", "tabindex 3 on main"),
        ("main.style.width = '400px'", "scrolls sideways"),
        ("main.querySelector('h1').style = 'height: 9px; overflow: hidden'", "cut off"),
    ],
)
def test_the_judges_see_what_breaks_our_own_rules(
    page: Page, spoilt: str, said: str
) -> None:
    page.goto("/privacy/")
    assert judge(page) == []
    page.evaluate(f"const main = document.querySelector('main'); {spoilt}")

    assert said in str(judge(page))


def test_nothing_is_loaded_from_elsewhere(page: Page, live: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/", "/melden/", "/mijn-melding/", "/inloggen/"):
        page.goto(path)

    assert len(asked) > 4
    assert [url for url in asked if not url.startswith(live)] == []
