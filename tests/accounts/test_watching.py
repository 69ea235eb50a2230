"""The owner of an account is told what is odd; whoever tries learns nothing."""

import re

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD, TOTP_SECRET
from weerbaar.accounts import watching
from weerbaar.accounts.mail import mail_reset_link
from weerbaar.notices.models import Notice
from weerbaar.notices.services import mail as mail_notice
from weerbaar.outbox.models import Message

pytestmark = pytest.mark.django_db
NOBODY = "niemand@lindeveen.example"
ADDRESS = "203.0.113.9"


def told(user):
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def enter(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    code = pyotp.TOTP(TOTP_SECRET).now()
    cache.clear()
    return client.post(reverse("mfa_authenticate"), {"code": code})


def fail(client, email):
    return client.post(
        reverse("account_login"), {"login": email, "password": "niet-dit-woord"}
    )


def work_off(task="accounts.count_failure"):
    for message in Message.objects.filter(task=task, done_at=None):
        watching.count_failure(message.ref, now=timezone.now())


def test_new_device_is_told_and_the_same_one_is_not(bram, mailoutbox):
    desk = Client()
    enter(desk, bram)
    assert told(bram) == ["sign_in.new_device"]
    desk.post(reverse("account_logout"))

    enter(desk, bram)
    assert told(bram) == ["sign_in.new_device"]
    enter(Client(), bram)
    assert told(bram) == ["sign_in.new_device"] * 2

    mail_notice(str(Notice.objects.first().pk), now=timezone.now())
    assert mailoutbox[0].to == [bram.email]
    assert "apparaat" not in mailoutbox[0].subject + mailoutbox[0].body


def test_device_of_a_colleague_is_new_to_you(bram, sanne):
    shared = Client()
    enter(shared, bram)
    shared.post(reverse("account_logout"))

    enter(shared, sanne)

    assert told(sanne) == ["sign_in.new_device"]
    shared.post(reverse("account_logout"))
    enter(shared, bram)
    assert told(bram) == ["sign_in.new_device"]


def test_device_cookie_names_nobody_and_cannot_be_made(bram):
    client = Client()
    enter(client, bram)
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    for name in (bram.email, bram.name, str(bram.pk), bram.pk.hex):
        assert name not in cookie.value
    other = Client()
    other.cookies[settings.DEVICE_COOKIE_NAME] = cookie.value[:-2] + "AA"

    enter(other, bram)

    assert told(bram) == ["sign_in.new_device"] * 2


def test_very_first_sign_in_is_no_surprise(bram):
    bram.recovery_kept_on = None
    bram.save()

    enter(Client(), bram)

    assert told(bram) == []


def test_three_failed_sign_ins_are_told_once_a_day(bram, client):
    for attempt in range(3):
        assert told(bram) == [], attempt
        fail(client, bram.email)
        work_off()
    fail(client, bram.email)
    work_off()

    assert told(bram) == ["sign_in.failed"]


def test_two_mistakes_are_no_alarm(bram, client):
    fail(client, bram.email)
    fail(client, bram.email)
    fail(client, NOBODY)
    work_off()

    assert told(bram) == []


def test_reserve_code_is_told(bram, client):
    held = Authenticator.objects.get(user=bram, type="recovery_codes")
    client.post(reverse("account_login"), {"login": bram.email, "password": PASSWORD})

    code = held.wrap().get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert "factor.code_used" in told(bram)


@pytest.fixture
def hashed(settings):
    """Counts every run of Argon2 for a password of a sign-in."""
    Counting.runs = 0
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    return Counting


class Counting(Argon2PasswordHasher):
    """The real hasher, which counts."""

    runs = 0

    def encode(self, *args, **kwargs):
        type(self).runs += 1
        return super().encode(*args, **kwargs)

    def verify(self, *args, **kwargs):
        type(self).runs += 1
        return super().verify(*args, **kwargs)


def work_of(hashed, act):
    """What an answer cost: runs of Argon2, queries without values, rows to work off."""
    before, rows = hashed.runs, Message.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    shapes = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked]
    return hashed.runs - before, shapes, Message.objects.count() - rows


@pytest.mark.parametrize("kind", ["known", "let go", "not yet in"])
def test_sign_in_does_the_same_work_for_every_address(bram, hashed, kind):
    if kind == "let go":
        bram.is_active = False
    if kind == "not yet in":
        bram.set_unusable_password()
    bram.save()
    fail(Client(), NOBODY)

    known = work_of(hashed, lambda: fail(Client(), bram.email))
    unknown = work_of(hashed, lambda: fail(Client(), NOBODY))

    assert known == unknown
    assert known[0] == 1
    assert known[2] == 1


def test_reset_does_the_same_work_for_every_address(bram, hashed):
    def reset(email):
        return Client().post(reverse("account_reset_password"), {"email": email})

    known = work_of(hashed, lambda: reset(bram.email))
    unknown = work_of(hashed, lambda: reset(NOBODY))

    assert known == unknown
    assert known[2] == 1
    for row in Message.objects.filter(task="accounts.mail_reset_link"):
        mail_reset_link(row.ref)


def test_limits_keep_marks_in_place_of_addresses(bram):
    from weerbaar.web.marks import mark

    client = Client(REMOTE_ADDR=ADDRESS)

    fail(client, bram.email)

    kept = str(cache._cache)
    request = client.get(reverse("account_login")).wsgi_request
    # Where the mark stands the address would have stood.
    assert mark(request) in kept
    assert ADDRESS not in kept
    assert bram.email not in kept


def test_households_of_the_sixth_version_are_one_place():
    from weerbaar.web.marks import mark

    def seen_at(address):
        return mark(Client(REMOTE_ADDR=address).get("/health/live").wsgi_request)

    assert seen_at("2001:db8:1:2::5") == seen_at("2001:db8:1:2:ffff::9")
    assert seen_at("2001:db8:1:2::5") != seen_at("2001:db8:1:3::5")
