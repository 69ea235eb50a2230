"""Where one is signed in: seen, named coarsely, and ended, with the vault along."""

import time

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, TOTP_SECRET
from tests.factories import give_factor
from weerbaar.accounts import sessions
from weerbaar.accounts.models import OpenSession
from weerbaar.notices.models import Notice

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko Firefox/140.0"
ADDRESS = "203.0.113.9"


def everything_kept():
    """Every row of every table as text, sessions decoded, and the cache."""
    rows = [str(session.get_decoded()) for session in Session.objects.all()]
    rows += [str(cache._cache)]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def page_of(client):
    return client.get(reverse("sessions")).content.decode()


@pytest.fixture
def two(bram, signed_in):
    """Bram at his desk, and somewhere else."""
    return signed_in(bram), signed_in(bram)


def test_both_are_listed_and_the_own_one_is_named(two):
    desk, _other = two

    page = page_of(desk)

    assert page.count("Deze sessie beëindigen") == 1
    assert "(deze sessie)" in page


def test_ended_session_is_over_and_its_vault_half_gone(two, bram):
    desk, other = two
    assert other.get(reverse("worklist")).status_code == 200
    pk = OpenSession.objects.get(session_id=other.session.session_key).pk
    cookies = dict(other.cookies)

    desk.post(reverse("session-end", args=[pk]))

    other.cookies.update(cookies)
    assert other.get(reverse("worklist")).url.startswith(reverse("account_login"))
    assert Session.objects.count() == 1
    assert desk.get(reverse("worklist")).status_code == 200
    assert Notice.objects.filter(recipient=bram, kind="session.ended").count() == 1


def test_all_others_end_at_once(two, bram, sanne, signed_in):
    desk, other = two
    hers = signed_in(sanne)

    desk.post(reverse("sessions-end"))

    assert other.get(reverse("worklist")).status_code == 302
    assert desk.get(reverse("worklist")).status_code == 200
    assert hers.get(reverse("worklist")).status_code == 200
    assert "U bent nergens anders ingelogd" in page_of(desk)


def test_session_of_another_person_does_not_exist(two, sanne, signed_in):
    desk, _other = two
    signed_in(sanne)
    hers = OpenSession.objects.get(user=sanne)

    answer = desk.post(reverse("session-end", args=[hers.pk]))

    assert answer.status_code == 404
    assert OpenSession.objects.filter(user=sanne).exists()


def test_list_asks_the_second_factor_first(two, bram):
    desk, _other = two
    give_factor(desk, bram, seconds_ago=301)

    assert desk.get(reverse("sessions")).url.startswith(reverse("mfa_reauthenticate"))


def test_showing_again_who_one_is_gives_the_session_another_id(two, bram):
    desk, _other = two
    before, row = desk.session.session_key, OpenSession.objects.count()

    code = {"code": pyotp.TOTP(TOTP_SECRET).now()}
    desk.post(reverse("mfa_reauthenticate"), code)

    after = desk.session.session_key
    assert after != before
    assert not Session.objects.filter(pk=before).exists()
    assert OpenSession.objects.filter(session_id=after).exists()
    assert OpenSession.objects.count() == row
    # The vault is still open, and the former id opens nothing.
    assert desk.get(reverse("worklist")).status_code == 200
    stolen = Client()
    stolen.cookies.update(desk.cookies)
    stolen.cookies[settings.SESSION_COOKIE_NAME] = before
    assert stolen.get(reverse("worklist")).url.startswith(reverse("account_login"))


def test_signing_out_leaves_no_row(two):
    desk, _other = two

    desk.post(reverse("account_logout"))

    assert OpenSession.objects.count() == 1


def test_last_use_is_kept_by_the_minute(two, time_machine):
    desk, _other = two
    row = OpenSession.objects.get(session_id=desk.session.session_key)
    time_machine.move_to(time.time() + 120, tick=False)

    desk.get(reverse("worklist"))

    before = row.seen_at
    row.refresh_from_db()
    assert row.seen_at > before
    assert (row.seen_at.second, row.seen_at.microsecond) == (0, 0)


@pytest.mark.parametrize(
    ("browser", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome, Linux"),
        ("… (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("… (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("… (Linux; Android 15; Pixel 9 Pro) Chrome/130.0 Mobile", "Chrome, Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_device_is_named_by_family_only(browser, name):
    assert sessions.device_of(browser) == name


def test_device_is_sealed_and_the_address_nowhere(client, bram):
    came = {"User-Agent": f"{FIREFOX} merkverkenner", "X-Forwarded-For": ADDRESS}
    client.defaults.update({"REMOTE_ADDR": ADDRESS})
    client.post(
        reverse("account_login"),
        {"login": bram.email, "password": PASSWORD},
        headers=came,
    )
    code = {"code": pyotp.TOTP(TOTP_SECRET).now()}
    client.post(reverse("mfa_authenticate"), code, headers=came)

    assert "Firefox, Windows" in page_of(client)
    kept = everything_kept()
    # Found where it does stand: the row is in what is searched.
    assert str(OpenSession.objects.get().pk) in kept
    for trace in ("Firefox", "Windows", "merkverkenner", ADDRESS):
        assert trace not in kept
