"""Reading a date as people write it: 1-5-26, 1 mei 2026 or 2026-05-01 (WEB-35)."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from dateutil import parser


class UnreadableDate(ValueError):
    """Not a whole date: a day, a month and a year."""


class _DutchAndEnglish(parser.parserinfo):
    """Day first, and the names of months and days in both languages of our pages."""

    JUMP: ClassVar = [*parser.parserinfo.JUMP, "de", "op", "van", "e", "den"]
    MONTHS: ClassVar = [
        ("jan", "januari", "january"),
        ("feb", "februari", "february"),
        ("mrt", "maart", "mar", "march"),
        ("apr", "april"),
        ("mei", "may"),
        ("jun", "juni", "june"),
        ("jul", "juli", "july"),
        ("aug", "augustus", "august"),
        ("sep", "sept", "september"),
        ("okt", "oktober", "oct", "october"),
        ("nov", "november"),
        ("dec", "december"),
    ]
    WEEKDAYS: ClassVar = [
        ("ma", "maandag", "mon", "monday"),
        ("di", "dinsdag", "tue", "tuesday"),
        ("wo", "woensdag", "wed", "wednesday"),
        ("do", "donderdag", "thu", "thursday"),
        ("vr", "vrijdag", "fri", "friday"),
        ("za", "zaterdag", "sat", "saturday"),
        ("zo", "zondag", "sun", "sunday"),
    ]


_PARSER = parser.parser(_DutchAndEnglish(dayfirst=True))
# What was left out is filled in from here: two readings that differ were not whole.
_FILLERS = (datetime(2000, 1, 1), datetime(2004, 2, 29))
LONGEST = 40
# Days that people call by their distance from today.
NEAR = {
    "eergisteren": -2,
    "gisteren": -1,
    "gisteravond": -1,
    "gistermiddag": -1,
    "gisterochtend": -1,
    "gisternacht": -1,
    "yesterday": -1,
    "vandaag": 0,
    "vanochtend": 0,
    "vanmiddag": 0,
    "vanavond": 0,
    "vannacht": 0,
    "today": 0,
    "tonight": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}


def read_date(typed: str, *, today: date | None = None) -> date:
    """The date that was meant, also `gisteren` when it is known what day it is today.

    Raises UnreadableDate for less than a whole date.
    """
    typed = " ".join(typed.split())
    if today is not None and (days := NEAR.get(typed.lower())) is not None:
        return today + timedelta(days=days)
    if not typed or len(typed) > LONGEST:
        raise UnreadableDate(typed)
    try:
        # The one order in which day first would be wrong is a standard of its own.
        return date.fromisoformat(typed)
    except ValueError:
        pass
    # Who begins with the year goes on with the month: 2026-5-1.
    order = {"dayfirst": False, "yearfirst": True} if typed[:4].isdecimal() else {}
    try:
        first, second = (
            _PARSER.parse(typed, default=filler, **order).date() for filler in _FILLERS
        )
    except (ValueError, OverflowError, TypeError) as reason:
        raise UnreadableDate(typed) from reason
    if first != second:
        raise UnreadableDate(typed)
    return first
