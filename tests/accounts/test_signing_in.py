"""Signing in through the pages: password, second factor, and the vault that opens."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, TOTP_SECRET
from tests.factories import give_factor
from tests.test_production import given
from weerbaar.accounts import services
from weerbaar.accounts.links import password_link
from weerbaar.accounts.mail import mail_reset_link
from weerbaar.accounts.models import User
from weerbaar.accounts.vault_session import HALF
from weerbaar.audit.models import Event
from weerbaar.outbox.models import Message
from weerbaar.vault.core import WrongSecret
from weerbaar.vault.people import open_with_password, open_with_recovery

pytestmark = pytest.mark.django_db
COOKIE = settings.VAULT_COOKIE_NAME
ROOT = Path(__file__).resolve().parents[2]


def enter(client, user, password=PASSWORD):
    return client.post(
        reverse("account_login"), {"login": user.email, "password": password}
    )


def second(client, secret=TOTP_SECRET):
    return client.post(reverse("mfa_authenticate"), {"code": pyotp.TOTP(secret).now()})


def worklist(client):
    return client.get(reverse("worklist"))


def test_password_and_code_open_the_vault(client, bram, open_report):
    case, _words = open_report()

    first = enter(client, bram)
    assert first.url == reverse("mfa_authenticate")
    assert client.get(first.url).status_code == 200
    last = second(client)
    assert last.url == reverse("vault-open")
    assert client.get(last.url).url == reverse("worklist")

    page = worklist(client)
    assert page.status_code == 200
    assert case.reference in page.content.decode()
    kinds = Event.objects.filter(actor_id=bram.pk).values_list("kind", flat=True)
    assert "vault.opened" in kinds


def test_password_alone_opens_no_page(client, bram):
    enter(client, bram)

    assert COOKIE in client.cookies
    assert worklist(client).url.startswith(reverse("account_login"))


def test_password_is_stored_nowhere(client, bram):
    enter(client, bram)
    second(client)

    for session in Session.objects.all():
        assert PASSWORD not in str(session.get_decoded())


def test_cookie_alone_opens_nothing(client, bram, signed_in):
    signed = signed_in(bram)
    client.force_login(bram)
    client.cookies[COOKIE] = signed.cookies[COOKIE].value

    assert worklist(client).url.startswith(reverse("vault-open"))


def test_session_row_alone_opens_nothing(bram, signed_in):
    signed = signed_in(bram)
    assert worklist(signed).status_code == 200
    assert HALF in signed.session

    del signed.cookies[COOKIE]

    assert worklist(signed).url.startswith(reverse("vault-open"))


def test_halves_of_two_sessions_do_not_fit(bram, signed_in):
    one, other = signed_in(bram), signed_in(bram)

    one.cookies[COOKIE] = other.cookies[COOKIE].value

    assert worklist(one).url.startswith(reverse("vault-open"))


def test_wrong_password_and_unknown_address_get_one_answer(client, bram):
    answers = []
    for address in (bram.email, "niemand@lindeveen.example"):
        page = client.post(
            reverse("account_login"), {"login": address, "password": "niet-dit-woord"}
        )
        text = page.content.decode().replace(address, "")
        answers.append(re.sub(r'value="[^"]*"', "", text))

    assert answers[0] == answers[1]
    assert "Het e-mailadres of het wachtwoord klopt niet." in answers[0]


def test_somebody_let_go_gets_the_answer_of_a_wrong_password(client, bram):
    bram.is_active = False
    bram.save()

    page = client.post(
        reverse("account_login"),
        {"login": bram.email, "password": PASSWORD},
        follow=True,
    )

    assert "Het e-mailadres of het wachtwoord klopt niet." in page.content.decode()
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value


def test_wrong_code_is_refused(client, bram):
    enter(client, bram)

    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "Deze code klopt niet." in page.content.decode()
    assert worklist(client).url.startswith(reverse("account_login"))


def test_every_attempt_is_logged_by_id_and_never_by_what_was_typed(
    client, bram, caplog
):
    """ASVS 16.3.1; of somebody unknown not even the address."""
    enter(client, bram, "een verkeerd wachtwoord")
    client.post(reverse("account_login"), {"login": "x@y.example", "password": "z"})
    enter(client, bram)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    told = [r.getMessage() for r in caplog.records if r.name.endswith("watching")]
    assert told == [
        f"Sign-in failed: {bram.pk}",
        "Sign-in failed: nobody's address",
        f"Second step failed: {bram.pk} totp",
    ]


def test_a_code_counts_once(client, bram):
    enter(client, bram)
    code = pyotp.TOTP(TOTP_SECRET).now()
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    enter(other, bram)

    page = other.post(reverse("mfa_authenticate"), {"code": code})

    assert page.status_code == 200
    assert worklist(other).url.startswith(reverse("account_login"))


def test_guessing_is_stopped(client, bram):
    for _attempt in range(6):
        page = enter(client, bram, "niet-dit-woord")

    assert "Te veel pogingen." in page.content.decode()
    assert "Te veel pogingen." in enter(client, bram).content.decode()


@pytest.mark.parametrize("who", ["femke", "gijs", "esma"])
def test_who_opens_no_case_needs_a_second_factor_too(request, client, who):
    """Every account on the internet has one (BIO2 5.17.01, ASVS 6.3.3)."""
    user = request.getfixturevalue(who)
    Authenticator.objects.filter(user=user).delete()
    enter(client, user)

    answer = client.get(reverse("figures"))

    assert answer.url == reverse("mfa_activate_totp")


def test_signing_out_closes_the_vault(bram, signed_in):
    client = signed_in(bram)

    answer = client.post(reverse("account_logout"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies[COOKIE].value == ""
    assert not Session.objects.exists()
    assert worklist(client).url.startswith(reverse("account_login"))


def test_idle_vault_asks_the_password_and_goes_on(bram, signed_in, time_machine):
    client = signed_in(bram)
    time_machine.move_to(time.time() + settings.SESSION_IDLE_SECONDS - 30, tick=False)
    assert worklist(client).status_code == 200
    time_machine.move_to(time.time() + settings.SESSION_IDLE_SECONDS + 1, tick=False)

    locked = worklist(client)
    assert locked.url == f"{reverse('vault-open')}?next=%2Fzaken%2F"
    wrong = client.post(locked.url, {"password": "niet-dit-woord"})
    assert "De kluis gaat niet open" in wrong.content.decode()
    back = client.post(locked.url, {"password": PASSWORD, "next": reverse("worklist")})

    assert back.url == reverse("worklist")
    assert worklist(client).status_code == 200


def test_session_ends_after_eight_hours_of_work(bram, signed_in, time_machine):
    client = signed_in(bram)
    start = time.time()
    for quarter in range(1, 48):
        time_machine.move_to(start + quarter * 600, tick=False)
        assert worklist(client).status_code == 200, quarter

    time_machine.move_to(start + settings.SESSION_COOKIE_AGE + 1, tick=False)

    assert worklist(client).url.startswith(reverse("account_login"))


def test_opening_leads_nowhere_else(bram, signed_in):
    client = signed_in(bram)

    page = client.get(reverse("vault-open"), {"next": "https://elders.example/"})

    assert page.url == reverse("worklist")


@pytest.mark.parametrize(
    ("who", "where"),
    [("bram", "worklist"), ("esma", "desk"), ("gijs", "account")],
)
def test_everybody_starts_where_the_work_is(who, where, person, signed_in):
    client = signed_in(person(who))

    assert client.get(reverse("vault-open")).url == reverse(where)


@pytest.fixture
def invited(lindeveen, now):
    """A new handler, as the command leaves her: no password, no vault, no factor."""
    from weerbaar.accounts.actors import SYSTEM

    return services.invite(
        email="noor@lindeveen.example",
        name="Noor Bakker",
        organisation=lindeveen,
        role="handler",
        office="deputy_clerk",
        by=SYSTEM,
        now=now,
    )


def set_password(client, link, password=PASSWORD):
    form = client.get(link.removeprefix(settings.SITE_ADDRESS))
    return client.post(form.url, {"password1": password, "password2": password})


def test_first_time_link_vault_code_and_second_factor(client, invited):
    link = password_link(invited)
    done = set_password(client, link)
    assert client.get(done.url).status_code == 200

    enter(client, invited)
    invited.refresh_from_db()
    assert invited.key is not None
    # Before all else: the recovery code, then the second factor.
    assert worklist(client).url == reverse("recovery-code")
    shown = client.post(reverse("recovery-code")).content.decode()
    code = re.search(r'id="code">([^<]+)<', shown)[1]
    assert open_with_recovery(invited.key, code).public.id == invited.key_id
    assert worklist(client).url == reverse("recovery-code")
    client.post(reverse("recovery-code"), {"kept": "1"})
    assert worklist(client).url == reverse("mfa_activate_totp")

    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    on = client.post(reverse("mfa_activate_totp"), {"code": pyotp.TOTP(secret).now()})
    assert client.get(on.url).status_code == 200
    assert worklist(client).status_code == 200

    # The link worked once.
    again = Client().get(link.removeprefix(settings.SITE_ADDRESS)).content.decode()
    assert "Deze link werkt niet meer" in again


def test_without_second_factor_no_keyring_at_the_api(client, invited):
    set_password(client, password_link(invited))
    enter(client, invited)

    answer = client.get("/api/v1/cases")

    assert answer.status_code == 401


def test_totp_secret_does_not_stand_in_clear(bram):
    from allauth.mfa.models import Authenticator

    held = Authenticator.objects.get(user=bram, type="totp")

    assert TOTP_SECRET not in str(held.data)
    assert held.wrap().validate_code(pyotp.TOTP(TOTP_SECRET).now())


def test_lost_password_and_recovery_code_keep_all_cases(
    client, bram, keyring_of, open_report
):
    case, _words = open_report()
    code = services.new_recovery_code(
        bram, keyring_of(bram).open(bram.key_id), now=case_time()
    )
    services.keep_recovery_code(bram, today=case_time().date())

    client.post(reverse("account_reset_password"), {"email": bram.email})
    mail_reset_link(Message.objects.get(task="accounts.mail_reset_link").ref)
    link = re.search(r"http\S+", mail.outbox[0].body)[0]
    set_password(client, link, "een-heel-nieuw-wachtwoord")

    enter(client, bram, "een-heel-nieuw-wachtwoord")
    second(client)
    assert worklist(client).url.startswith(reverse("vault-open"))
    closed = client.post(
        reverse("vault-open"), {"password": "een-heel-nieuw-wachtwoord"}
    )
    assert "De kluis gaat niet open" in closed.content.decode()
    shown = client.post(
        reverse("vault-recover"),
        {
            "code": code.lower().replace("-", " "),
            "password": "een-heel-nieuw-wachtwoord",
        },
    ).content.decode()
    fresh = re.search(r'id="code">([^<]+)<', shown)[1]
    assert fresh != code
    client.post(reverse("recovery-code"), {"kept": "1"})

    assert case.reference in worklist(client).content.decode()
    bram.refresh_from_db()
    open_with_password(bram.key, "een-heel-nieuw-wachtwoord")
    with pytest.raises(WrongSecret):
        open_with_recovery(bram.key, code)


def case_time():
    from django.utils import timezone

    return timezone.now()


def test_wrong_code_and_wrong_password_get_one_answer(bram, signed_in, keyring_of):
    client = signed_in(bram)
    secret = keyring_of(bram).open(bram.key_id)
    code = services.new_recovery_code(bram, secret, now=case_time())
    other = "0000-0000-0000-0000-0000-0000"
    answers = [
        client.post(
            reverse("vault-recover"), {"code": typed, "password": password}
        ).content.decode()
        for typed, password in ((other, PASSWORD), (code, "niet-dit-woord"))
    ]

    for answer in answers:
        assert "De herstelcode of het wachtwoord klopt niet." in answer
        assert PASSWORD not in answer
    assert len(answers[0]) - len(other) == pytest.approx(
        len(answers[1]) - len(code), abs=40
    )


def test_guessing_recovery_codes_is_stopped(bram, signed_in):
    client = signed_in(bram)
    for _attempt in range(10):
        client.post(reverse("vault-recover"), {"code": "x", "password": PASSWORD})

    page = client.post(reverse("vault-recover"), {"code": "x", "password": PASSWORD})

    assert page.status_code == 429


def test_reset_gives_one_answer_for_every_address(client, bram, mailoutbox):
    for address in (bram.email, "niemand@lindeveen.example"):
        answer = client.post(reverse("account_reset_password"), {"email": address})
        assert answer.url == reverse("account_reset_password_done")

    rows = list(Message.objects.filter(task="accounts.mail_reset_link"))
    assert len(rows) == 2
    for row in rows:
        mail_reset_link(row.ref)
    assert [m.to for m in mailoutbox] == [[bram.email]]


def test_changing_the_password_keeps_the_vault(client, bram):
    enter(client, bram)
    second(client)
    new = "een-heel-nieuw-wachtwoord"

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert answer.url == reverse("account_login")
    assert "Uw wachtwoord is gewijzigd." in client.get(answer.url).content.decode()
    assert worklist(client).url.startswith(reverse("account_login"))
    bram.refresh_from_db()
    assert open_with_password(bram.key, new).public.id == bram.key_id
    with pytest.raises(WrongSecret):
        open_with_password(bram.key, PASSWORD)
    assert Event.objects.filter(kind="vault.password", actor_id=bram.pk).count() == 1


def test_weak_and_different_passwords_are_refused(client, bram):
    enter(client, bram)
    second(client)

    for first, again, message in (
        ("kort", "kort", "Dit wachtwoord is te kort."),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "wordt te vaak gebruikt."),
        ("bram@lindeveen.example", "bram@lindeveen.example", "lijkt te veel op"),
        ("lang-genoeg-maar", "anders-dan-eerst", "Typ twee keer hetzelfde wachtwoord."),
    ):
        page = client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": first, "password2": again},
        )
        assert page.status_code == 200
        assert message in page.content.decode()
    assert User.objects.get(pk=bram.pk).check_password(PASSWORD)


@pytest.mark.parametrize("chosen", ["Weerbaar-2026!", "Lindeveen 2026!!"])
def test_password_of_words_of_this_house_is_refused(bram, chosen):
    with pytest.raises(ValidationError) as refused:
        validate_password(chosen, bram)

    assert "of_this_house" in [fault.code for fault in refused.value.error_list]


@pytest.mark.parametrize(
    "chosen",
    [
        "74018365529017",
        "de griffier vist op zaterdag",
        "  spaties tellen mee  ",
        "ж" * 64,
    ],
)
def test_password_of_any_composition_will_do(bram, chosen):
    """Any signs, 64 and more of them, and verified as typed (ASVS 6.2.5, 8, 9)."""
    validate_password(chosen, bram)
    bram.set_password(chosen)

    assert bram.check_password(chosen)
    assert not bram.check_password(chosen[:-1])


def test_recovery_code_is_not_given_out_long_after_signing_in(bram, signed_in):
    client = signed_in(bram)
    give_factor(client, bram, seconds_ago=301)

    answer = client.post(reverse("recovery-code"))

    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_nobody_signs_up(client):
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/inloggen/aanmelden/").status_code == 404


def test_demo_has_a_button_for_everybody_and_really_signs_in(
    client, bram, gijs, open_report
):
    case, _words = open_report()
    page = client.get(reverse("demo-sign-in")).content.decode()
    assert "Inloggen als Bram Visser" in page
    assert "Inloggen als Gijs van Dam" in page

    answer = client.post(reverse("demo-sign-in"), {"person": "bram"})

    assert answer.url == reverse("vault-open")
    assert case.reference in worklist(client).content.decode()
    # And at once as somebody else, and back.
    client.post(reverse("demo-sign-in"), {"person": "gijs"})
    assert worklist(client).status_code == 403
    client.post(reverse("demo-sign-in"), {"person": "bram"})
    assert worklist(client).status_code == 200


def test_demo_knows_its_cast_only(client, bram):
    answer = client.post(reverse("demo-sign-in"), {"person": "anna"})

    assert answer.status_code == 409
    assert worklist(client).url.startswith(reverse("account_login"))


PRODUCTION = {
    **given(),
    "PATH": "/usr/bin:/bin",
    "DJANGO_SETTINGS_MODULE": "weerbaar.settings",
}


def in_production(script, **more):
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**PRODUCTION, **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_has_no_demo_page():
    script = (
        "import django; django.setup()\n"
        "from django.urls import resolve, reverse, NoReverseMatch\n"
        "print(reverse('account_login'))\n"
        "try: reverse('demo-sign-in')\n"
        "except NoReverseMatch: print('no demo')\n"
        "from weerbaar.accounts import demo\n"
    )

    found = in_production(script)

    assert "/inloggen/" in found.stdout
    assert "no demo" in found.stdout
    assert found.returncode != 0
    assert "no place in production" in found.stderr


def test_production_with_demo_sign_in_does_not_start():
    found = in_production("import django; django.setup()", WEERBAAR_DEMO_SIGN_IN="1")

    assert found.returncode != 0
    assert "does not exist in production" in found.stderr
