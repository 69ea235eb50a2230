"""Signing in for the first time in a real browser, every page judged on the way."""

import os

import pyotp
import pytest
from django.conf import settings
from django.urls import reverse

from tests.cast import PASSWORD
from tests.test_looks import judge
from weerbaar.accounts import services
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.links import password_link
from weerbaar.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("WEERBAAR_TEST_PICTURES")


def judged(page, name):
    """Nothing is wrong with this page, also in the dark."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    wrong = judge(page)
    page.emulate_media(color_scheme="dark")
    wrong += judge(page)
    page.emulate_media(color_scheme="light")
    assert wrong == [], name


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


@pytest.fixture
def invited(lindeveen, now):
    return services.invite(
        email="noor@lindeveen.example",
        name="Noor Bakker",
        organisation=lindeveen,
        role="handler",
        office="deputy_clerk",
        by=SYSTEM,
        now=now,
    )


def test_first_time_from_link_to_worklist(page, node, invited):
    page.goto(password_link(invited).removeprefix(settings.SITE_ADDRESS))
    judged(page, "password")
    press(page, "Wachtwoord opslaan")
    judged(page, "password-empty")
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord nog een keer").fill(PASSWORD)
    press(page, "Wachtwoord opslaan")
    judged(page, "password-done")
    page.get_by_role("link", name="Inloggen", exact=True).first.click()

    page.get_by_label("E-mailadres").fill(invited.email)
    page.get_by_label("Wachtwoord").fill("niet-dit-woord")
    press(page, "Inloggen")
    judged(page, "login-wrong")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    press(page, "Inloggen")
    judged(page, "recovery-make")
    press(page, "Toon mijn herstelcode")
    judged(page, "recovery-code")
    press(page, "Ik heb de code bewaard")

    judged(page, "second-step")
    secret = page.locator("code").inner_text()
    page.get_by_label("Code", exact=True).fill("000000")
    press(page, "Tweede stap aanzetten")
    judged(page, "second-step-wrong")
    # A wrong code keeps the key, so that what was scanned stays good.
    assert page.locator("code").inner_text() == secret
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).now())
    press(page, "Tweede stap aanzetten")
    judged(page, "reserve-codes")
    page.get_by_role("link", name="Verder").click()
    page.wait_for_url("**/zaken/")

    for address in ("account", "tokens", "notices", "account_change_password"):
        page.goto(reverse(address))
        judged(page, address)
    page.goto(reverse("tokens"))
    page.get_by_label("Waarvoor gebruikt u het token?").fill("zaaksysteem")
    press(page, "Token maken")
    judged(page, "token-made")
    page.goto(reverse("account_logout"))
    judged(page, "logout")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    page.goto("/zaken/")
    assert "/inloggen/" in page.url
    assert User.objects.get(pk=invited.pk).recovery_kept_on is not None


def test_demo_and_everything_around_the_vault(page, node, bram, gijs, open_report):
    open_report()
    page.goto(reverse("demo-sign-in"))
    judged(page, "demo")
    page.get_by_role("button", name="Inloggen als Bram Visser").click()
    page.wait_for_url("**/zaken/")
    page.goto(reverse("notices"))
    judged(page, "notices-new")
    page.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)
    page.goto("/zaken/")
    assert "/kluis/" in page.url
    judged(page, "vault")
    page.goto(reverse("vault-recover"))
    judged(page, "recover")
    page.get_by_label("Herstelcode").fill("0000")
    page.get_by_label("Wachtwoord").fill("fout")
    press(page, "Kluis openen")
    judged(page, "recover-wrong")
    page.context.clear_cookies()
    page.goto(reverse("account_reset_password"))
    judged(page, "reset")
    page.get_by_label("E-mailadres").fill("iemand@lindeveen.example")
    press(page, "Link versturen")
    judged(page, "reset-done")
