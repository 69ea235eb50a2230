"""A session's two halves: together they open the Secret, apart or changed nothing."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.vault.core import Locked, Secret
from weerbaar.vault.session import session_lock, session_unlock

SECRET = Secret.from_bytes(b"1" * 32)
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
WHO = {
    "session_id": "session-of-bram",
    "person": UUID(int=1),
    "expires": NOW + timedelta(hours=8),
}
COOKIE, STORED = session_lock(SECRET, **WHO)


def test_both_halves_open():
    opened = session_unlock(COOKIE, STORED, **WHO, now=NOW)

    assert opened.to_bytes() == SECRET.to_bytes()


def test_the_end_may_come_from_another_time_zone():
    amsterdam = timezone(timedelta(hours=1))
    moved = {**WHO, "expires": WHO["expires"].astimezone(amsterdam)}

    assert session_unlock(COOKIE, STORED, **moved, now=NOW).check == SECRET.check


def test_no_two_sessions_are_alike():
    other = session_lock(SECRET, **WHO)

    assert not set(other) & {COOKIE, STORED}


@pytest.mark.parametrize(
    ("change", "now"),
    [
        ({}, NOW + timedelta(hours=8)),
        ({}, NOW + timedelta(days=300)),
        ({"session_id": "session-of-chris"}, NOW),
        ({"person": UUID(int=2)}, NOW),
        ({"expires": NOW + timedelta(hours=9)}, NOW),
    ],
    ids=["at the end", "long after", "session", "person", "stretched end"],
)
def test_another_session_person_or_end_is_locked(change, now):
    with pytest.raises(Locked):
        session_unlock(COOKIE, STORED, **{**WHO, **change}, now=now)


@pytest.mark.parametrize(
    ("cookie", "stored"),
    [
        (COOKIE, ""),
        ("", STORED),
        (COOKIE, COOKIE),
        (STORED, STORED),
        (STORED, COOKIE),
        (session_lock(SECRET, **WHO)[0], STORED),
        (COOKIE, session_lock(SECRET, **WHO)[1]),
        (None, STORED),
        (COOKIE, None),
        (COOKIE + "=", STORED),
        (COOKIE[:-1], STORED),
        ("é" * 43, STORED),
    ],
    # Fresh secrets in a name would give each process other tests.
    ids=lambda _: "half",
)
def test_one_half_alone_is_locked(cookie, stored):
    with pytest.raises(Locked):
        session_unlock(cookie, stored, **WHO, now=NOW)


@given(st.text(max_size=60).filter(lambda text: text != COOKIE))
@settings(max_examples=100, deadline=None)
def test_any_other_cookie_is_locked(cookie):
    with pytest.raises(Locked):
        session_unlock(cookie, STORED, **WHO, now=NOW)
    with pytest.raises(Locked):
        session_unlock(COOKIE, cookie, **WHO, now=NOW)
