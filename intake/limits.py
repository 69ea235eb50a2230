"""How often one address may try, without keeping the address.

It counts as a mark under a key of the day (`web.marks`), in the cache and for a quarter
of an hour. A report is never refused: a busy address waits in a
lane of its own, so that others do not (SEC-7, H-12).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from weerbaar.web.marks import mark
from weerbaar.web.refusals import TooMany

WINDOW_SECONDS = 15 * 60
WRONG_CODES = 10
REPORTS = 20
# Beyond these, whoever comes next waits in the slow lane; nobody is refused for others.
ALL_WRONG_CODES = 600
ALL_REPORTS = 400

# Argon2id is made to be heavy: two at once fill two cores, more only wait.
_derivations = threading.BoundedSemaphore(2)
_slow_lane = threading.BoundedSemaphore(1)


class TooManyCodes(TooMany):
    """Too many wrong receipts from one place."""

    retry_seconds = WINDOW_SECONDS
    title = _("Too many attempts")
    detail = _(
        "A wrong code was entered several times. Wait fifteen minutes and try again. "
        "You can also call the support team: 070-373 83 14, day and night."
    )


def _count(name: str) -> int:
    key = f"limit:{name}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # It expired between the two lines.
        return 1


def _so_far(name: str) -> int:
    return int(cache.get(f"limit:{name}", 0))


def check_codes(request: HttpRequest) -> None:
    """Refuse an address that tried too many wrong receipts. Raises TooManyCodes."""
    if _so_far(f"code:{mark(request)}") >= WRONG_CODES:
        raise TooManyCodes


def note_wrong_code(request: HttpRequest) -> None:
    """Count a receipt that opened nothing."""
    _count(f"code:{mark(request)}")
    _count("code:all")


def codes_are_busy() -> bool:
    """So many wrong receipts from everywhere that guesses have to queue."""
    return _so_far("code:all") >= ALL_WRONG_CODES


def report_is_crowding(request: HttpRequest) -> bool:
    """Count a report; say whether it waits in the slow lane; never a refusal."""
    mine, everyone = _count(f"report:{mark(request)}"), _count("report:all")
    return mine > REPORTS or everyone > ALL_REPORTS


@contextmanager
def derivation(*, slow: bool = False) -> Iterator[None]:
    """Wait for a turn at Argon2id: two at once, one from a busy address."""
    if not slow:
        with _derivations:
            yield
        return
    with _slow_lane, _derivations:
        yield
