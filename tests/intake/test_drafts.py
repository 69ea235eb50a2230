"""A draft stands in the database sealed: found with the cookie, and only with it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from intake import services
from intake.models import CookieKind, SealedCookie
from intake.tasks import expire_sealed_cookies
from tests.intake import filling
from tests.intake.looking import tables_with

CANARY = "zeppelinhal"


@pytest.fixture
def half_a_report(client, lindeveen, bram, daan):
    filling.begin(client)
    for number in ("1", "2", "3", "4"):
        given = {"story": filling.STORY} if number == "4" else {}
        client.post(filling.step(number), {**filling.LEAST[number], **given})
    return client


def test_nothing_of_a_draft_stands_in_clear(half_a_report):
    cookie = half_a_report.cookies["concept"].value

    kept = services.read(CookieKind.DRAFT, cookie, now=timezone.now())

    # The words are there for who holds the cookie, so they could have been found.
    assert CANARY in str(kept)
    assert tables_with(CANARY) == []
    assert tables_with(cookie) == []


def test_the_search_would_have_found_it(half_a_report):
    row = SealedCookie.objects.get()
    row.sealed = filling.STORY.encode()
    row.save()

    assert tables_with(CANARY) == ["intake_sealedcookie"]


def test_a_row_moved_to_another_place_does_not_open(db):
    now = timezone.now()
    first = services.begin(CookieKind.DRAFT, {"a": 1}, now=now)
    second = services.begin(CookieKind.DRAFT, {"b": 2}, now=now)
    one, two = SealedCookie.objects.order_by("touched_at", "pk")
    SealedCookie.objects.filter(pk=one.pk).update(sealed=two.sealed)
    SealedCookie.objects.filter(pk=two.pk).update(sealed=one.sealed)

    for cookie in (first, second):
        with pytest.raises(services.Expired):
            services.read(CookieKind.DRAFT, cookie, now=now)


def test_a_draft_is_no_mailbox(db):
    now = timezone.now()
    cookie = services.begin(CookieKind.DRAFT, {"a": 1}, now=now)

    with pytest.raises(services.Expired):
        services.read(CookieKind.MAILBOX, cookie, now=now)


@pytest.mark.parametrize("cookie", ["", "x", "A" * 44, "ééé", "A" * 5000])
def test_what_is_no_cookie_opens_nothing(db, cookie):
    with pytest.raises(services.Expired):
        services.read(CookieKind.DRAFT, cookie, now=timezone.now())
    services.drop(CookieKind.DRAFT, cookie)


def test_idle_cookies_are_deleted_and_fresh_ones_stay(db):
    now = timezone.now()
    idle = timedelta(seconds=settings.DRAFT_IDLE_SECONDS, minutes=1)
    services.begin(CookieKind.DRAFT, {"a": 1}, now=now - idle)
    fresh = services.begin(CookieKind.MAILBOX, {"b": 2}, now=now)

    expire_sealed_cookies()
    expire_sealed_cookies()

    assert SealedCookie.objects.count() == 1
    assert services.read(CookieKind.MAILBOX, fresh, now=now) == {"b": 2}


def test_an_idle_draft_is_refused_also_before_it_is_deleted(db):
    now = timezone.now()
    idle = timedelta(seconds=settings.DRAFT_IDLE_SECONDS, minutes=1)
    cookie = services.begin(CookieKind.DRAFT, {"a": 1}, now=now - idle)

    with pytest.raises(services.Expired):
        services.read(CookieKind.DRAFT, cookie, now=now)
    with pytest.raises(services.Expired):
        services.write(CookieKind.DRAFT, cookie, {}, now=now)
