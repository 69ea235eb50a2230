"""The protocol's clocks: weekends, King's Day, Easter, and properties over all days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clocks import (
    CLOCKS,
    due_on,
    is_working_day,
    next_working_day,
    start_of_clock,
    talk_on,
)
from cases.services.prevention import day_before

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2039, 12, 31))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 5, 12), date(2026, 5, 15)),  # 14 May is Ascension Day
        (date(2026, 5, 18), date(2026, 5, 20)),  # an ordinary week
        (date(2026, 4, 24), date(2026, 4, 29)),  # weekend and King's Day (27 April)
        (date(2026, 4, 2), date(2026, 4, 8)),  # Good Friday and Easter Monday
        (date(2026, 12, 24), date(2026, 12, 29)),  # Christmas and the weekend
    ],
)
def test_a_reaction_is_due_in_two_working_days(start: date, due: date) -> None:
    assert due_on("reaction", start) == due


def test_care_counts_every_day() -> None:
    assert due_on("reception_talk", date(2026, 4, 24)) == date(2026, 4, 27)
    assert due_on("worrying_answer", date(2026, 12, 24)) == date(2026, 12, 25)
    assert due_on("first_contact", date(2026, 5, 12)) == date(2026, 5, 12)


def test_a_late_report_counts_from_the_next_day() -> None:
    assert start_of_clock(datetime(2026, 5, 12, 16, 59)) == date(2026, 5, 12)
    assert start_of_clock(datetime(2026, 5, 12, 17, 0)) == date(2026, 5, 13)


@given(start=DAYS, kind=st.sampled_from(sorted(CLOCKS)))
def test_no_term_ends_before_it_began(start: date, kind: str) -> None:
    due = due_on(kind, start)

    assert due >= start
    assert due <= start + timedelta(days=70)
    if CLOCKS[kind].working:
        assert is_working_day(due)


@given(start=DAYS)
def test_later_starts_are_never_due_earlier(start: date) -> None:
    for kind in CLOCKS:
        assert due_on(kind, start) <= due_on(kind, start + timedelta(days=1))


@given(start=DAYS, days=st.integers(min_value=0, max_value=60))
def test_talks_are_planned_on_days_that_people_work(start: date, days: int) -> None:
    day = talk_on(start, days)

    assert is_working_day(day)
    assert day >= start + timedelta(days=days)
    assert next_working_day(day) == day


@given(meeting=DAYS, today=DAYS)
def test_tasks_before_a_meeting_are_not_due_in_the_past(
    meeting: date, today: date
) -> None:
    due = day_before(meeting, today)

    assert due >= today
    assert due == today or (due < meeting and is_working_day(due))


def test_a_holiday_is_not_a_working_day() -> None:
    assert not is_working_day(date(2026, 4, 27))
    assert not is_working_day(date(2026, 5, 16))
