"""Personal tokens: shown once, open one vault for one request, end at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import give_factor
from weerbaar.accounts import services
from weerbaar.accounts.services import LabelMissing, TooManyTokens
from weerbaar.audit.models import Event
from weerbaar.vault.models import Unlocker

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases"


@pytest.fixture
def secret_of(keyring_of):
    return lambda user: keyring_of(user).open(user.key_id)


@pytest.fixture
def token_of(secret_of, now):
    """A personal token of somebody."""
    return lambda user: services.make_api_token(
        user, secret_of(user), label="zaaksysteem", now=now
    )


def ask(token, path=CASES, scheme="Bearer"):
    return Client().get(path, headers={"Authorization": f"{scheme} {token}"})


def test_page_makes_a_token_and_shows_it_once(bram, signed_in, open_report):
    case, _words = open_report()
    client = signed_in(bram)

    page = client.post(reverse("tokens"), {"label": "zaaksysteem"}).content.decode()

    token = re.search(r'id="code">([^<]+)<', page)[1]
    again = client.get(reverse("tokens")).content.decode()
    assert "zaaksysteem" in again
    assert token not in again
    answer = ask(token)
    assert answer.status_code == 200
    assert case.reference in answer.content.decode()
    assert Unlocker.objects.get(label="zaaksysteem").last_used_on is not None


def test_page_asks_the_second_factor_again_later(bram, signed_in):
    client = signed_in(bram)
    give_factor(client, bram, seconds_ago=301)

    answer = client.post(reverse("tokens"), {"label": "zaaksysteem"})

    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert not Unlocker.objects.filter(kind="token").exists()


def test_ended_token_opens_nothing(bram, signed_in, token_of):
    token = token_of(bram)
    assert ask(token).status_code == 200
    held = Unlocker.objects.get(kind="token")

    signed_in(bram).post(reverse("token-end", args=[held.pk]))

    assert ask(token).status_code == 401
    assert Event.objects.filter(kind="token.ended", actor_id=bram.pk).exists()


@pytest.mark.parametrize("token", ["", "x", "weerbaar_AAAA", "weerbaar_" + "A" * 64])
def test_wrong_token_is_told_how_to_do_it(token, bram):
    answer = ask(token)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_at_all_is_refused(db):
    answer = Client().get(CASES)

    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer


def test_token_of_somebody_let_go_opens_nothing(bram, token_of):
    token = token_of(bram)
    bram.is_active = False
    bram.save()

    assert ask(token).status_code == 401


def test_token_sees_what_its_owner_sees(bram, chris, token_of, open_report):
    case, _words = open_report()

    answer = ask(token_of(chris))

    assert answer.status_code == 200
    assert case.reference not in answer.content.decode()


def test_session_of_a_browser_reads_and_needs_csrf_to_write(bram, signed_in):
    client = signed_in(bram, enforce_csrf_checks=True)

    assert client.get(CASES).status_code == 200
    forged = client.post(
        f"{CASES}/AAAA-AAAA/steps", {}, content_type="application/json"
    )
    assert forged.status_code == 403


def test_session_with_a_closed_vault_opens_nothing(bram, client, open_report):
    case, _words = open_report()
    client.force_login(bram)

    assert client.get(f"{CASES}/{case.reference}").status_code == 403


def test_token_needs_a_name_and_ten_is_enough(bram, secret_of, now):
    with pytest.raises(LabelMissing):
        services.make_api_token(bram, secret_of(bram), label="  ", now=now)
    for number in range(10):
        services.make_api_token(bram, secret_of(bram), label=f"{number}", now=now)

    with pytest.raises(TooManyTokens):
        services.make_api_token(bram, secret_of(bram), label="elf", now=now)


def test_nobody_ends_the_token_of_another(bram, chris, signed_in, token_of):
    token = token_of(bram)
    held = Unlocker.objects.get(kind="token")

    assert (
        signed_in(chris).post(reverse("token-end", args=[held.pk])).status_code == 404
    )
    assert ask(token).status_code == 200
