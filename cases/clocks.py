"""The protocol's clocks: when a promise falls due, counted in Dutch working days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays

# After this hour "the same day" is the next one (model protocol).
LATE = 17


@dataclass(frozen=True)
class Clock:
    """A term in days; working days where we act, calendar days for care."""

    days: int
    working: bool = False


# Model protocol Voorne aan Zee; VPT measure 5; VPD, nazorg.
CLOCKS: dict[str, Clock] = {
    "first_contact": Clock(0),
    "reaction": Clock(2, working=True),
    "reception_talk": Clock(3),
    # Ours: after a week we ask once more; what was agreed goes the next day.
    "offer": Clock(5, working=True),
    "consent": Clock(5, working=True),
    "send": Clock(1, working=True),
    "referral_answer": Clock(5, working=True),
    "worrying_answer": Clock(1),
    "evaluation": Clock(60),
}


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("NL")


def is_working_day(day: date) -> bool:
    """Not a weekend and not a Dutch public holiday."""
    return bool(_calendar().is_working_day(day))


def next_working_day(day: date) -> date:
    """The day itself when offices are open, otherwise the first day that they are."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def start_of_clock(moment: datetime) -> date:
    """The day from which a term counts: a late report counts from the day after."""
    return moment.date() + timedelta(days=1 if moment.hour >= LATE else 0)


def due_on(kind: str, start: date) -> date:
    """The last day on which a promise of this kind is kept in time."""
    clock = CLOCKS[kind]
    if clock.working:
        return _calendar().get_nth_working_day(start, clock.days)
    return start + timedelta(days=clock.days)


def talk_on(start: date, days: int) -> date:
    """A follow-up talk after so many days, on a day that the handler works."""
    return next_working_day(start + timedelta(days=days))
