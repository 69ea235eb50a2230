"""One clock for the website, the worker and the test: a file says how far it is off.

Aftercare takes eight weeks. So that nobody has to pretend it is over, the processes of
the house themselves live at another moment, and time goes on there as it does here.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

VARIABLE = "WEERBAAR_TEST_CLOCK"


@dataclass(frozen=True)
class Clock:
    """The clock as the test sets and reads it; the test's own process is not moved."""

    path: Path

    def set(self, moment: datetime) -> None:
        """It is now `moment` in the house. The file appears in one go."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        fresh = self.path.with_suffix(".fresh")
        fresh.write_text(repr(ahead))
        fresh.replace(self.path)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.path.read_text()))


class Follower:
    """A process that lives by the clock; it looks whenever work begins."""

    def __init__(self) -> None:
        self._path = Path(os.environ[VARIABLE])
        self._text = ""
        self._travel: time_machine.travel | None = None

    def look(self) -> None:
        """Go to where the clock is, when somebody has moved it."""
        text = self._path.read_text()
        if text == self._text:
            return
        if self._travel:
            self._travel.stop()
        there = datetime.now(UTC) + timedelta(seconds=float(text))
        self._travel = time_machine.travel(there, tick=True)
        self._travel.start()
        self._text = text
