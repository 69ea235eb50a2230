"""Pressing twice is once: what was done already is told, and not refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from weerbaar.web.refusals import NotPossibleNow


@contextmanager
def done_once(is_done: Callable[[], bool]) -> Iterator[None]:
    """Let it pass that something is not possible any more, when she did just that."""
    try:
        yield
    except NotPossibleNow:
        if not is_done():
            raise
