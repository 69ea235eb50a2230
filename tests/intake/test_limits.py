"""Counting without keeping an address, and waiting instead of refusing."""

import threading
import time

import pytest
import time_machine
from django.core.cache import cache

from intake import limits
from tests.intake.looking import tables_with

ADDRESS = "203.0.113.77"


@pytest.fixture
def request_from(rf):
    """A request from an address."""

    def make(address: str = ADDRESS, **meta: str):
        return rf.post("/mijn-melding/", REMOTE_ADDR=address, **meta)

    return make


def test_an_address_becomes_a_mark_that_differs_each_day(request_from):
    with time_machine.travel("2026-05-12T10:00:00+02:00", tick=False):
        today = limits.mark(request_from())
        assert today == limits.mark(request_from())
        assert today != limits.mark(request_from("203.0.113.78"))
    with time_machine.travel("2026-05-13T10:00:00+02:00", tick=False):
        tomorrow = limits.mark(request_from())

    assert today != tomorrow
    assert ADDRESS not in today


def test_no_address_stands_in_cache_or_database(request_from, db):
    limits.note_wrong_code(request_from())
    limits.report_is_crowding(request_from())

    kept = " ".join(str(key) for key in cache._cache)
    assert limits.mark(request_from()) in kept
    assert ADDRESS not in kept
    assert tables_with(ADDRESS) == []


def test_behind_our_proxy_its_own_word_counts(request_from, settings):
    claimed = {"HTTP_X_FORWARDED_FOR": f"10.0.0.1, {ADDRESS}"}
    plain = limits.mark(request_from("127.0.0.1", **claimed))
    settings.PRODUCTION = True

    assert limits.mark(request_from("127.0.0.1", **claimed)) == limits.mark(
        request_from(ADDRESS)
    )
    assert plain != limits.mark(request_from(ADDRESS))


def test_ten_wrong_codes_from_one_place_are_enough(request_from):
    for _try in range(limits.WRONG_CODES):
        limits.check_codes(request_from())
        limits.note_wrong_code(request_from())

    with pytest.raises(limits.TooManyCodes):
        limits.check_codes(request_from())
    limits.check_codes(request_from("203.0.113.78"))


def test_guesses_from_everywhere_queue_and_are_not_refused(request_from, monkeypatch):
    monkeypatch.setattr(limits, "ALL_WRONG_CODES", 2)
    assert not limits.codes_are_busy()
    for last in range(2):
        limits.note_wrong_code(request_from(f"203.0.113.{last}"))

    assert limits.codes_are_busy()
    limits.check_codes(request_from("203.0.113.9"))


def test_at_most_two_derivations_run_at_once():
    running, most = 0, 0
    lock = threading.Lock()

    def work(slow: bool) -> None:
        nonlocal running, most
        with limits.derivation(slow=slow):
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1

    workers = [threading.Thread(target=work, args=(n % 2 == 0,)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=10)

    assert most == 2
    assert running == 0


def test_a_failed_derivation_gives_its_turn_back():
    for _try in range(3):
        with pytest.raises(ValueError, match="x"), limits.derivation(slow=True):
            raise ValueError("x")
    with limits.derivation(), limits.derivation():
        pass
