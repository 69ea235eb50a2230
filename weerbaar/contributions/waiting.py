"""How long the steps usually take: what the figures give back to who waits (R-24).

This package is ground: the network, which stands above, says at start-up who works it
out. Without it, and without a release, nobody knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class UsualWait:
    """The term within which at least half got a step, in the reader's language.

    Without a term more than half got it later than the longest term, or not at all.
    """

    term: str = ""


@dataclass(frozen=True)
class UsualWaits:
    """By step, from which period it is known, and whether that can still change."""

    period: str = ""
    is_provisional: bool = False
    steps: Mapping[str, UsualWait] = field(default_factory=dict)


_sources: list[Callable[[], UsualWaits]] = []


def tell_waits_with(source: Callable[[], UsualWaits]) -> None:
    """For the network, at start-up: who knows how long the steps usually take."""
    _sources[:] = [source]


def usual_waits() -> UsualWaits:
    """How long the steps usually take; no steps when nobody knows."""
    return _sources[0]() if _sources else UsualWaits()
