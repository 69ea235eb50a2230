"""Dates as people write them; anything less than a whole date is refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weerbaar.web.dates import UnreadableDate, read_date

FIRST_OF_MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "1-5-26",
        "1-5-2026",
        "01/05/2026",
        "1.5.2026",
        "1 5 2026",
        "1 mei 2026",
        "1 MEI 2026",
        "  1   mei   2026 ",
        "op 1 mei 2026",
        "vrijdag 1 mei 2026",
        "1e mei 2026",
        "1 May 2026",
        "2026-05-01",
        "2026-5-1",
        "2026/5/1",
    ],
)
def test_date_is_read_in_many_ways(typed):
    assert read_date(typed) == FIRST_OF_MAY


@pytest.mark.parametrize(
    "typed",
    ["1 mrt 2026", "1 maart 2026", "1 mrt. 2026", "1 March 2026", "1-3-26"],
)
def test_names_of_months_are_dutch_and_english(typed):
    assert read_date(typed) == date(2026, 3, 1)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2068, 12, 31)))
def test_day_comes_before_month(day):
    assert read_date(f"{day.day}-{day.month}-{day.year}") == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "gisteren",
        "mei 2026",
        "1 mei",
        "2026",
        "5",
        "12:30",
        "31-2-2026",
        "13-13-2026",
        "0-0-0",
        "9" * 50,
        "1e999",
        "١-٥-٢٠٢٦ ergens",
    ],
)
def test_less_than_a_whole_date_is_refused(typed):
    with pytest.raises(UnreadableDate):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vandaag", date(2026, 5, 1)),
        ("Gisteren", date(2026, 4, 30)),
        (" gisteravond ", date(2026, 4, 30)),
        ("eergisteren", date(2026, 4, 29)),
        ("yesterday", date(2026, 4, 30)),
        ("overmorgen", date(2026, 5, 3)),
    ],
)
def test_a_near_day_is_read_by_its_name(typed, meant):
    assert read_date(typed, today=FIRST_OF_MAY) == meant


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused(typed):
    with suppress(UnreadableDate):
        assert isinstance(read_date(typed), date)
