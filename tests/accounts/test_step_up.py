"""Step-up: what matters most asks for a second factor of the last five minutes."""

import time

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.cast import PASSWORD, TOTP_SECRET
from tests.factories import give_factor
from weerbaar import urls
from weerbaar.accounts import services
from weerbaar.accounts.api import FreshFactor
from weerbaar.accounts.second_factor import fresh
from weerbaar.web.access import signed_in as door

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
WORDS = "Ik vraag dit omdat de politie het dossier nodig heeft."
LATER = settings.STEP_UP_SECONDS + 1


@door()
@fresh
def guarded(request):
    return HttpResponse("open")


class Guarded(APIView):
    permission_classes = (FreshFactor,)

    def post(self, request):
        return Response({"open": True})


urlpatterns = [
    path("proef/", guarded, name="guarded"),
    path("api/v1/proef", Guarded.as_view(), name="guarded-api"),
    *urls.urlpatterns,
]


@pytest.fixture
def late(bram, signed_in):
    """Bram, who gave the second factor more than five minutes ago."""
    client = signed_in(bram)
    give_factor(client, bram, seconds_ago=LATER)
    return client


def code():
    return {"code": pyotp.TOTP(TOTP_SECRET).now()}


def test_second_factor_of_signing_in_counts_five_minutes(client, bram, time_machine):
    client.post(reverse("account_login"), {"login": bram.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), code())
    start = time.time()
    time_machine.move_to(start + settings.STEP_UP_SECONDS - 5, tick=False)
    assert client.get(reverse("guarded")).content == b"open"

    time_machine.move_to(start + LATER, tick=False)

    assert client.get(reverse("guarded")).url.startswith(reverse("mfa_reauthenticate"))


def test_asked_before_the_form_and_back_where_she_was(late):
    there = f"{reverse('guarded')}?zaak=WB-2026-7KQ4"

    asked = late.get(there)
    back = late.post(asked.url, code())

    assert back.url == there
    assert late.get(back.url).content == b"open"


def test_password_is_no_second_factor(late):
    late.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert late.get(reverse("guarded")).status_code == 302


def test_wrong_code_opens_nothing(late):
    asked = late.get(reverse("guarded"))

    page = late.post(asked.url, {"code": "000000"})

    assert "Deze code klopt niet." in page.content.decode()
    assert late.get(reverse("guarded")).status_code == 302


def test_words_that_were_sent_stand_on_the_page(late):
    answer = late.post(reverse("guarded"), {"reason": WORDS, "password": "niet-dit"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS in page
    assert "niet-dit" not in page
    assert reverse("mfa_reauthenticate") in page
    # Nowhere but on the page.
    assert WORDS not in str(dict(late.session))


def test_pressed_button_leads_back_to_its_page(late):
    here = f"http://testserver{reverse('worklist')}?tab=new"

    answer = late.post(reverse("guarded"), headers={"Referer": here})

    assert answer.url == (
        f"{reverse('mfa_reauthenticate')}?next=%2Fzaken%2F%3Ftab%3Dnew"
    )


def test_button_of_another_site_leads_to_no_other_site(late):
    answer = late.post(
        reverse("guarded"), headers={"Referer": "https://elders.example/"}
    )

    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2F"


def test_second_factor_of_another_person_does_not_count(bram, sanne, signed_in):
    client = signed_in(bram)
    give_factor(client, sanne)

    assert client.get(reverse("guarded")).status_code == 302


def test_who_has_no_second_factor_is_led_to_setting_one_up(femke, signed_in):
    Authenticator.objects.all().delete()
    client = signed_in(femke)
    give_factor(client, femke, seconds_ago=LATER)

    asked = client.get(reverse("guarded"))

    assert asked.url.startswith(reverse("mfa_activate_totp"))


@pytest.mark.django_db(transaction=True)
def test_setting_one_up_is_giving_it(femke, signed_in):
    Authenticator.objects.all().delete()
    client = signed_in(femke)
    give_factor(client, femke, seconds_ago=LATER)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": pyotp.TOTP(secret).now()})

    assert client.get(reverse("guarded")).content == b"open"


def test_api_asks_it_of_a_browser(late):
    path = reverse("guarded-api")
    assert late.post(path).status_code == 403
    assert late.post(path).json()["title"] == "Bevestig eerst dat u het bent"

    late.post(reverse("mfa_reauthenticate"), code())

    assert late.post(path).json() == {"open": True}


def test_api_sends_tokens_to_the_page(bram, signed_in, keyring_of, now):
    secret = keyring_of(bram).open(bram.key_id)
    token = services.make_api_token(bram, secret, label="zaaksysteem", now=now)
    bearer = {"Authorization": f"Bearer {token}"}

    # A session that is fresh does not lend its factor to a token.
    for client in (Client(), signed_in(bram)):
        answer = client.post(reverse("guarded-api"), headers=bearer)
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"
        assert "op de pagina van Weerbaar" in answer.json()["detail"]
