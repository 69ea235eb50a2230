"""Signing in with the organisation's own account, at a real server on this machine."""

import re
import time
import urllib.request
from urllib.parse import urlencode

import jwt
import pyotp
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from oidc_provider_mock import run_server_in_thread

from tests.cast import PASSWORD, TOTP_SECRET
from tests.factories import give_factor, sign_in
from tests.visiting import Judged, take_cookies
from weerbaar.accounts import oidc, server_key, services
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.notices.models import Notice
from weerbaar.vault.models import Unlocker

pytestmark = [
    pytest.mark.django_db,
    # Of the other server, which runs in this process.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
BACK = "/inloggen/organisatie/terug/"
PASSPHRASE = "zeven zwanen zwemmen"


@pytest.fixture(scope="module")
def server():
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def organisation_signs_in(settings, server):
    settings.OIDC_SERVER, settings.OIDC_NAME = server, "Gemeente Lindeveen"
    settings.SITE_ADDRESS = "http://testserver"
    whole = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {
        **whole["APPS"][0],
        "client_id": "weerbaar",
        "secret": "geheim",
        "settings": {"server_url": server},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**whole, "APPS": [app]}}


class Quiet(urllib.request.HTTPRedirectHandler):
    """Tells where it would lead, and does not go."""

    def redirect_request(self, *args):
        return None


def at_server(server, url, email, *, verified=True):
    """Sign in at the organisation; gives the address it leads back to."""
    claims = f'{{"email": "{email}", "email_verified": {str(verified).lower()}, '
    claims += '"name": "Een Naam", "picture": "https://elders.example/foto"}'
    told = urllib.request.Request(
        f"{server}/users/{email}",
        claims.encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(told)
    try:
        urllib.request.build_opener(Quiet).open(url, urlencode({"sub": email}).encode())
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("the server did not lead back")


def client_of(page):
    """The test's own client, in the session that the browser has."""
    client = Client()
    for cookie in page.context.cookies():
        client.cookies[cookie["name"]] = cookie["value"]
    return client


def enter(client, server, email, *, verified=True, **query):
    there = client.get(reverse("oidc-login"), query).url
    assert there.startswith(server)
    assert "code_challenge=" in there
    return client.get(at_server(server, there, email, verified=verified))


@pytest.fixture
def noor(lindeveen, now):
    """Invited, and never in."""
    return services.invite(
        email="noor@lindeveen.example",
        name="Noor Bakker",
        organisation=lindeveen,
        role="handler",
        by=SYSTEM,
        now=now,
    )


def test_sign_in_page_names_the_organisation(client):
    page = client.get(reverse("account_login")).content.decode()

    assert "Inloggen met Gemeente Lindeveen" in page


def test_without_a_setting_there_is_no_such_way(client, settings):
    settings.OIDC_SERVER = ""

    assert client.get(reverse("oidc-login")).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "Inloggen met" not in client.get(reverse("account_login")).content.decode()


def test_invited_person_comes_in_and_makes_her_vault(client, server, noor):
    assert enter(client, server, noor.email).url == reverse("vault-open")
    assert client.get(reverse("vault-open")).url == reverse("vault-passphrase")
    short = client.post(
        reverse("vault-passphrase"), {"password1": "kort", "password2": "kort"}
    )
    assert "Dit wachtwoord is te kort." in short.content.decode()

    twice = {"password1": PASSPHRASE, "password2": PASSPHRASE}
    client.post(reverse("vault-passphrase"), twice)

    shown = client.post(reverse("recovery-code")).content.decode()
    code = re.search(r'id="code">([^<]+)<', shown)[1]
    client.post(reverse("recovery-code"), {"kept": "1"})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    totp = {"code": pyotp.TOTP(secret).now()}
    client.post(reverse("mfa_activate_totp"), totp)
    assert client.get(reverse("worklist")).status_code == 200
    noor.refresh_from_db()
    assert not noor.has_usable_password()

    # Another day: organisation, second step, passphrase; or the recovery code.
    Authenticator.objects.filter(user=noor, type="totp").delete()
    services.set_up_totp(noor, TOTP_SECRET)
    other = Client()
    assert enter(other, server, noor.email).url == reverse("mfa_authenticate")
    other.post(reverse("mfa_authenticate"), {"code": pyotp.TOTP(TOTP_SECRET).now()})
    closed = other.get(reverse("vault-open")).content.decode()
    assert "Wachtzin van de kluis" in closed
    other.post(reverse("vault-open"), {"password": PASSPHRASE})
    assert other.get(reverse("worklist")).status_code == 200
    new = {"code": code, "password": "een andere wachtzin"}
    assert 'id="code"' in other.post(reverse("vault-recover"), new).content.decode()


def test_nothing_of_the_organisation_is_kept_but_who(client, server, noor):
    enter(client, server, noor.email)

    bound = SocialAccount.objects.get()
    assert (bound.user, bound.uid) == (noor, noor.email)
    assert bound.extra_data == {}
    enter(Client(), server, noor.email)
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize("email", ["vreemd@lindeveen.example", "noor@elders.example"])
def test_who_was_not_invited_gets_no_account(client, server, noor, email):
    answer = enter(client, server, email)

    assert answer.status_code == 403
    assert "Dit account is hier niet bekend" in answer.content.decode()
    assert not User.objects.filter(email=email).exists()
    assert not SocialAccount.objects.exists()


def test_address_that_is_not_verified_binds_nobody(client, server, noor):
    assert enter(client, server, noor.email, verified=False).status_code == 403
    assert not SocialAccount.objects.exists()


def test_organisation_does_not_enter_as_somebody_with_a_password(client, server, bram):
    answer = enter(client, server, bram.email)

    assert answer.status_code == 403
    assert client.get(reverse("worklist")).status_code == 302


def test_person_binds_it_herself_and_lets_go(server, bram, signed_in):
    desk = signed_in(bram)
    page = desk.get(reverse("oidc-connect")).content.decode()
    assert f'href="{reverse("oidc-login")}?process=connect"' in page
    back = enter(desk, server, "b.visser@elders.example", process="connect")
    assert back.url == reverse("account")
    assert (
        "Gemeente Lindeveen: gekoppeld" in desk.get(reverse("account")).content.decode()
    )
    assert Notice.objects.filter(recipient=bram, kind="sign_in.bound").exists()

    # From now on it signs in, with the second step, and does not open the vault.
    other = Client()
    assert enter(other, server, "b.visser@elders.example").url == reverse(
        "mfa_authenticate"
    )
    assert other.get(reverse("worklist")).status_code == 302
    other.post(reverse("mfa_authenticate"), {"code": pyotp.TOTP(TOTP_SECRET).now()})
    assert other.get(reverse("worklist")).url.startswith(reverse("vault-open"))

    desk.post(reverse("oidc-connect"))
    assert enter(Client(), server, "b.visser@elders.example").status_code == 403


def test_who_was_let_go_does_not_come_in(client, server, noor):
    enter(client, server, noor.email)
    noor.is_active = False
    noor.save()

    answer = enter(Client(), server, noor.email)

    assert answer.url == reverse("account_login")


def test_answer_is_for_the_browser_that_asked_alone(client, server, noor):
    """State and PKCE belong to one session and one attempt (ASVS 10.1.2, 10.2.1)."""
    back = at_server(server, client.get(reverse("oidc-login")).url, noor.email)
    another = Client()
    another.get(reverse("oidc-login"))

    another.get(back)
    client.get(re.sub(r"state=[^&]+", "state=verzonnen", back))

    for browser in (another, client):
        assert "_auth_user_id" not in browser.session
    client.get(back)
    assert client.session["_auth_user_id"] == str(noor.pk)


def test_server_of_the_database_is_not_asked(client, server):
    SocialApp.objects.create(
        provider="openid_connect",
        provider_id="organisation",
        client_id="weerbaar",
        settings={"server_url": "http://127.0.0.1:1"},
    )

    assert client.get(reverse("oidc-login")).url.startswith(server)


def test_token_that_was_changed_or_made_for_another_is_not_believed(server):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = int(time.time())
    claims = {"iss": server, "aud": "weerbaar", "sub": "x", "iat": now, "exp": now + 9}
    strange = jwt.encode(claims, key, "RS256")
    unsigned = jwt.encode(claims, "", "none")
    asked = oidc.Organisation(RequestFactory().get("/"), oidc.PROVIDER)
    app = SocialApp(client_id="weerbaar")

    for token in (strange, unsigned, "x.y.z"):
        with pytest.raises(oidc.NotSignedInThere):
            asked._decode_id_token(app, token)


def test_server_that_calls_itself_something_else_is_not_believed(
    client, settings, server, noor
):
    settings.OIDC_SERVER = server.replace("localhost", "127.0.0.1")

    answer = client.get(reverse("oidc-login"))

    assert answer.status_code == 503
    assert not SocialAccount.objects.exists()


def test_server_that_is_away_is_told(client, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:1"}

    assert client.get(reverse("oidc-login")).status_code == 503


def test_cancelled_sign_in_is_told(client):
    state = client.get(reverse("oidc-login")).url.split("state=")[1].split("&")[0]

    answer = client.get(BACK, {"state": state, "error": "access_denied"})

    assert answer.status_code == 503
    assert "Inloggen bij uw organisatie lukte niet" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_pages_of_both_ways_look_right(
    page, node, live, settings, weaker, bram, noor, signed_in
):
    judged = Judged(page, "dark")
    judged.see("login-organisation", reverse("account_login"))
    take_cookies(page, signed_in(bram), live)
    judged.see("account-organisation", reverse("account"))
    judged.see("connect", reverse("oidc-connect"))
    judged.see("server-key", reverse("vault-server"))
    judged.press("De zwakkere manier aanzetten")
    judged.see("account-weaker")
    page.context.clear_cookies(name=settings.VAULT_COOKIE_NAME)
    give_factor(client_of(page), bram, seconds_ago=301)
    judged.see("vault-weaker", reverse("vault-open"))
    client = Client()
    client.force_login(noor)
    page.context.clear_cookies()
    take_cookies(page, client, live)
    judged.see("passphrase", reverse("vault-passphrase"))
    judged.verdict()


@pytest.fixture
def weaker(settings):
    """Lindeveen chose the weaker mode, and the server has its key."""
    settings.SERVER_KEY = "van de beheerder, in een bestand van root"
    settings.SERVER_KEY_ORGANISATIONS = ["lindeveen"]


def test_server_opens_the_vault_where_it_was_chosen_and_named(weaker, bram, signed_in):
    desk = signed_in(bram)
    page = desk.get(reverse("vault-server")).content.decode()
    assert "wie de server beheert kan dan meelezen" in page.lower()

    desk.post(reverse("vault-server"))

    assert "Zwakker" in desk.get(reverse("account")).content.decode()
    other = Client()
    other.force_login(bram)
    assert (
        "Geef daarvoor uw tweede stap"
        in other.get(reverse("vault-open")).content.decode()
    )
    assert other.get(reverse("worklist")).status_code == 302
    give_factor(other, bram)
    assert other.get(reverse("vault-open")).url == reverse("worklist")
    assert other.get(reverse("worklist")).status_code == 200


def test_server_opens_nothing_that_was_not_chosen(
    weaker, settings, bram, sanne, keyring_of, signed_in, kromwaard, now
):
    assert signed_in(sanne).get(reverse("worklist")).status_code == 200
    hers = Client()
    hers.force_login(sanne)
    give_factor(hers, sanne)
    assert hers.get(reverse("vault-open")).status_code == 200

    # Two organisations, of which one did not choose it: one Secret opens for both.
    services.invite(
        email=sanne.email,
        name=sanne.name,
        organisation=kromwaard,
        role="handler",
        by=SYSTEM,
        now=timezone.now(),
    )
    sanne = User.objects.get(pk=sanne.pk)
    with pytest.raises(server_key.NotChosen):
        secret = keyring_of(sanne).open(sanne.key_id)
        server_key.turn_on(sanne, secret, now=now)


def test_organisation_that_stops_takes_the_key_away(
    weaker, settings, bram, keyring_of, now
):
    server_key.turn_on(bram, keyring_of(bram).open(bram.key_id), now=now)
    assert Unlocker.objects.filter(kind="server").exists()
    settings.SERVER_KEY_ORGANISATIONS = []

    client = Client()
    sign_in(client, bram, PASSWORD)
    client.cookies.clear()
    client.force_login(bram)
    give_factor(client, bram)
    assert client.get(reverse("vault-open")).status_code == 200

    assert not Unlocker.objects.filter(kind="server").exists()


def test_wrong_key_of_the_server_opens_nothing(weaker, settings, bram, keyring_of, now):
    server_key.turn_on(bram, keyring_of(bram).open(bram.key_id), now=now)
    settings.SERVER_KEY = "van een ander, ook lang genoeg om te gelden"
    client = Client()
    client.force_login(bram)
    give_factor(client, bram)

    assert client.get(reverse("vault-open")).status_code == 200
    assert client.get(reverse("worklist")).status_code == 302
