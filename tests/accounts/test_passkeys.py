"""Passkeys in a real browser with a virtual device: second factor, and the vault's key.

The device is Chromium's own; what it signs and what its PRF gives is real.
"""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.accounts.devices import give_device
from tests.cast import PASSWORD
from tests.factories import give_factor
from tests.visiting import Judged, take_cookies
from weerbaar.accounts import passkeys
from weerbaar.accounts.passkeys import LastFactor
from weerbaar.audit.models import Event
from weerbaar.notices.models import Notice
from weerbaar.vault.models import Unlocker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_desk(page, live, bram, signed_in):
    """Bram signed in in a browser, with a device beside it."""
    take_cookies(page, signed_in(bram), live)
    return page


def add_passkey(page, name="Werklaptop"):
    page.goto(reverse("factors"))
    page.get_by_role("link", name="Een passkey toevoegen").click()
    assert page.get_by_label("Naam").input_value() == ""
    page.get_by_label("Naam").fill(name)
    page.get_by_role("button", name="Een passkey toevoegen").click()
    page.wait_for_url(re.compile(r"/inlogmiddelen/(\d+/kluis/)?$"))


def connect(page):
    page.get_by_role("button", name="Laat hem de kluis openen").click()
    page.wait_for_url("**/inlogmiddelen/")


def close_vault(page):
    page.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)


def sign_in(page, user):
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/inloggen/code/")


def test_passkey_signs_in_confirms_and_opens_the_vault(
    at_desk, node, bram, open_report
):
    case, _words = open_report()
    page, judged = at_desk, Judged(at_desk, "dark")
    device = give_device(page)
    judged.see("factors-one", reverse("factors"))
    judged.see("passkey-add", reverse("passkey-add"))

    add_passkey(page)
    judged.see("passkey-vault")
    connect(page)
    judged.see("factors-two")
    assert "Opent ook uw kluis." in page.inner_text("main")
    assert len(device.passkeys()) == 1
    pk = passkeys.passkeys_of(bram).get().pk
    judged.see("factor-remove", reverse("factor-remove", args=[pk]))
    judged.see("passkey-rename", reverse("passkey-rename", args=[pk]))
    page.get_by_label("Naam").fill("Laptop op het werk")
    judged.press("Naam opslaan")
    assert "Laptop op het werk" in page.inner_text("main")

    # The vault was closed: it opens with the passkey, no password.
    close_vault(page)
    page.goto("/zaken/?tab=team")
    judged.see("vault-passkey")
    page.get_by_role("button", name="Openen met een passkey").click()
    page.wait_for_url("**/zaken/?tab=team")
    assert case.reference in page.inner_text("main")

    # A second factor at sign-in, in place of the code.
    sign_in(page, bram)
    judged.see("second-step-passkey")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url("**/zaken/")

    judged.see("again-passkey", f"{reverse('mfa_reauthenticate')}?next=/zaken/")
    page.get_by_role("button", name="Bevestigen met een passkey").click()
    page.wait_for_url("**/zaken/")
    judged.verdict()

    told = Notice.objects.filter(recipient=bram).values_list("kind", flat=True)
    assert {"factor.added", "vault.passkey"} <= set(told)


def test_what_the_device_gave_is_kept_nowhere(at_desk, bram):
    seen = []
    at_desk.on("request", lambda asked: seen.append(asked.post_data or ""))
    give_device(at_desk)
    add_passkey(at_desk)
    connect(at_desk)
    posts = [p for p in seen if 'name="prf"' in p or "prf=" in p]
    prf = posts[-1].split("prf=")[1].split("&")[0]
    assert len(prf) == 43

    kept = [json.dumps(held.data) for held in Authenticator.objects.all()]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [json.dumps(held.params) for held in Unlocker.objects.all()]
    kept += [json.dumps(event.facts) for event in Event.objects.all()]

    assert len(kept) > 4
    # The words are searched where one that is kept would be found.
    assert any(
        passkeys.passkeys_of(bram).get().data["credential"]["id"] in k for k in kept
    )
    assert not any(prf in text for text in kept)


def test_removed_passkey_opens_nothing_more(at_desk, bram):
    give_device(at_desk)
    add_passkey(at_desk)
    connect(at_desk)
    assert Unlocker.objects.filter(kind="passkey").count() == 1

    at_desk.get_by_role("link", name=re.compile("Verwijderen.*Werklaptop")).click()
    at_desk.get_by_role("button", name="Verwijderen").click()
    at_desk.wait_for_url("**/inlogmiddelen/")

    assert not Unlocker.objects.filter(kind="passkey").exists()
    close_vault(at_desk)
    at_desk.goto("/zaken/")
    assert not at_desk.get_by_role("button", name="Openen met een passkey").count()
    assert Notice.objects.filter(recipient=bram, kind="factor.removed").exists()


def test_device_without_prf_is_a_second_factor_only(at_desk, bram):
    give_device(at_desk, has_prf=False)

    add_passkey(at_desk)
    assert at_desk.url.endswith(reverse("factors"))
    passkey = passkeys.passkeys_of(bram).get()
    at_desk.goto(reverse("passkey-vault", args=[passkey.pk]))
    at_desk.get_by_role("button", name="Laat hem de kluis openen").click()

    at_desk.wait_for_selector("text=Dit apparaat kan de kluis niet openen")
    assert not Unlocker.objects.filter(kind="passkey").exists()


def test_who_turns_away_reads_what_to_do(at_desk):
    device = give_device(at_desk)
    add_passkey(at_desk)
    device.refuse()
    at_desk.goto(f"{reverse('mfa_reauthenticate')}?next=/zaken/")

    at_desk.get_by_role("button", name="Bevestigen met een passkey").click()

    at_desk.wait_for_selector("text=Dat lukte niet, of u stopte. Probeer het opnieuw.")
    assert at_desk.get_by_label("Code").is_visible()


def test_without_script_the_code_remains(plain_page, live, bram, signed_in):
    take_cookies(plain_page, signed_in(bram), live)

    plain_page.goto(reverse("passkey-add"))

    assert "De code van uw authenticator-app blijft" in plain_page.inner_text("main")
    assert not plain_page.get_by_role("button", name="Een passkey toevoegen").count()


def test_last_second_step_stays(bram, signed_in, now):
    client = signed_in(bram)
    only = passkeys.factors_of(bram).get()

    page = client.post(reverse("factor-remove", args=[only.pk]))

    assert page.status_code == 409
    assert "Zet eerst een andere klaar" in page.content.decode()
    with pytest.raises(LastFactor):
        passkeys.remove_factor(bram, only.pk, now=now)


def test_changing_the_second_step_asks_it_first(bram, signed_in):
    client = signed_in(bram)
    give_factor(client, bram, seconds_ago=301)
    held = passkeys.factors_of(bram).get()

    for name, args in (
        ("passkey-add", []),
        ("factor-remove", [held.pk]),
        ("mfa_activate_totp", []),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.url.startswith(reverse("mfa_reauthenticate")), name


def test_factor_of_another_person_does_not_exist(bram, sanne, signed_in):
    hers = passkeys.factors_of(sanne).get()

    answer = signed_in(bram).post(reverse("factor-remove", args=[hers.pk]))

    assert answer.status_code == 404
    assert passkeys.factors_of(sanne).exists()
