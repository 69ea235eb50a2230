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


# How long a step took, as the figures may tell it: never a day (domain 8, e). What the
# protocol promises are the borders: the same day, 48 and 72 hours, two weeks.
WAITS = {"same_day": 0, "two_days": 2, "three_days": 3, "two_weeks": 14}
LATER = "later"
# How long a case was open, from report to closing.
DURATIONS = {"four_weeks": 28, "three_months": 91, "half_year": 182}
LONGER = "longer"


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
    return _after(start, clock.days, working=clock.working)


def _after(start: date, days: int, *, working: bool) -> date:
    if working:
        return _calendar().get_nth_working_day(start, days)
    return start + timedelta(days=days)


def wait_of(kind: str, start: date, day: date) -> str:
    """Within which of the protocol's terms a step was taken, by its own clock.

    Where only working days count, a week has five.
    """
    working = CLOCKS[kind].working
    for code, days in WAITS.items():
        counted = days - 2 * (days // 7) if working else days
        if day <= _after(start, counted, working=working):
            return code
    return LATER


def duration_of(opened: date, closed: date) -> str:
    """How long a case was open, in one of four codes."""
    days = (closed - opened).days
    return next((code for code, most in DURATIONS.items() if days <= most), LONGER)


def talk_on(start: date, days: int) -> date:
    """A follow-up talk after so many days, on a day that the handler works."""
    return next_working_day(start + timedelta(days=days))
