"""What people without an account keep: only the cookie opens it, the tag does not."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.damage import damaged
from weerbaar.vault.core import Locked
from weerbaar.vault.sealed_cookie import (
    cookie_tag,
    new_cookie,
    open_with_cookie,
    seal_with_cookie,
)

COOKIE = "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE"
PLACE = ("draft", uuid.UUID(int=5))
DRAFT = {"text": "Er lag een briefje op mijn auto."}
ROW = seal_with_cookie(COOKIE, DRAFT, PLACE)


def test_cookie_opens_its_row():
    assert open_with_cookie(COOKIE, ROW, PLACE) == DRAFT


def test_tag_is_steady_and_tells_nothing():
    assert cookie_tag(COOKIE) == cookie_tag(COOKIE) != cookie_tag(new_cookie())
    assert len(cookie_tag(COOKIE)) == 16
    assert cookie_tag(COOKIE) not in ROW


def test_cookies_differ_and_fit_in_a_header():
    cookies = {new_cookie() for _ in range(50)}

    assert len(cookies) == 50
    assert all(c.isascii() and len(c) == 43 and "=" not in c for c in cookies)


def test_another_cookie_or_place_is_locked():
    with pytest.raises(Locked):
        open_with_cookie(new_cookie(), ROW, PLACE)
    with pytest.raises(Locked):
        open_with_cookie(COOKIE, ROW, ("mailbox", uuid.UUID(int=5)))


@given(damaged(ROW))
@settings(max_examples=60, deadline=None)
def test_damaged_row_is_locked(blob):
    with pytest.raises(Locked):
        open_with_cookie(COOKIE, blob, PLACE)


@given(st.text(max_size=60).filter(lambda text: text != COOKIE))
@settings(max_examples=60, deadline=None)
def test_any_other_text_is_locked(text):
    with pytest.raises(Locked):
        cookie_tag(text)
    with pytest.raises(Locked):
        open_with_cookie(text, ROW, PLACE)
    with pytest.raises(Locked):
        seal_with_cookie(text, DRAFT, PLACE)
