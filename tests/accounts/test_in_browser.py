"""Signing in for the first time in a real browser, every page judged on the way."""

import pyotp
import pytest
from django.conf import settings
from django.urls import reverse

from tests.cast import PASSWORD
from tests.visiting import Judged
from weerbaar.accounts import services
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.links import password_link
from weerbaar.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


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
    judged = Judged(page, "dark")
    page.goto(password_link(invited).removeprefix(settings.SITE_ADDRESS))
    judged.see("password")
    judged.press("Wachtwoord opslaan")
    judged.see("password-empty")
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord nog een keer").fill(PASSWORD)
    judged.press("Wachtwoord opslaan")
    judged.see("password-done")
    page.get_by_role("link", name="Inloggen", exact=True).first.click()

    page.get_by_label("E-mailadres").fill(invited.email)
    page.get_by_label("Wachtwoord").fill("niet-dit-woord")
    judged.press("Inloggen")
    judged.see("login-wrong")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    judged.press("Inloggen")
    judged.see("recovery-make")
    judged.press("Toon mijn herstelcode")
    judged.see("recovery-code")
    judged.press("Ik heb de code bewaard")

    judged.see("second-step")
    secret = page.locator("code").inner_text()
    page.get_by_label("Code", exact=True).fill("000000")
    judged.press("Tweede stap aanzetten")
    judged.see("second-step-wrong")
    # A wrong code keeps the key, so that what was scanned stays good.
    assert page.locator("code").inner_text() == secret
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).now())
    judged.press("Tweede stap aanzetten")
    judged.see("reserve-codes")
    page.get_by_role("link", name="Verder").click()
    page.wait_for_url("**/zaken/")

    for address in ("account", "tokens", "notices", "account_change_password"):
        page.goto(reverse(address))
        judged.see(address)
    page.goto(reverse("tokens"))
    page.get_by_label("Waarvoor gebruikt u het token?").fill("zaaksysteem")
    judged.press("Token maken")
    judged.see("token-made")
    page.goto(reverse("account_logout"))
    judged.see("logout")
    judged.press("Uitloggen")
    page.goto("/zaken/")
    assert "/inloggen/" in page.url
    assert User.objects.get(pk=invited.pk).recovery_kept_on is not None
    judged.verdict()


def test_demo_and_everything_around_the_vault(page, node, bram, gijs, open_report):
    judged = Judged(page, "dark")
    open_report()
    page.goto(reverse("demo-sign-in"))
    judged.see("demo")
    page.get_by_role("button", name="Inloggen als Bram Visser").click()
    page.wait_for_url("**/zaken/")
    page.goto(reverse("notices"))
    judged.see("notices-new")
    page.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)
    page.goto("/zaken/")
    assert "/kluis/" in page.url
    judged.see("vault")
    page.goto(reverse("vault-recover"))
    judged.see("recover")
    page.get_by_label("Herstelcode").fill("0000")
    page.get_by_label("Wachtwoord").fill("fout")
    judged.press("Kluis openen")
    judged.see("recover-wrong")
    page.context.clear_cookies()
    page.goto(reverse("account_reset_password"))
    judged.see("reset")
    page.get_by_label("E-mailadres").fill("iemand@lindeveen.example")
    judged.press("Link versturen")
    judged.see("reset-done")

    judged.verdict()
