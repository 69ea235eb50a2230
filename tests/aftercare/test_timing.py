"""What the figures are told of the talks: in time or not, and never when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aftercare import services
from cases.services import header_of
from cases.services.timing import timings


def codes(care) -> tuple[str, str]:
    told = timings([(care.case, header_of(care.case, care.keyring))])[care.case.pk]
    return told["check_two_weeks"], told["check_six_weeks"]


def test_talk_is_in_time_until_the_day_that_was_agreed(care) -> None:
    _three_days, two_weeks, six_weeks = care.active().check_ins.select_related("case")
    assert codes(care) == ("", "")
    for check_in, late in ((two_weeks, 0), (six_weeks, 1)):
        day = care.now + (check_in.due_on - care.now.date()) + timedelta(days=late)
        services.hold(check_in, by=care.handler, keyring=care.keyring, now=day)

    assert codes(care) == ("on_time", "late")


def test_moved_with_her_agreement_is_in_time(care) -> None:
    two_weeks = care.active().check_ins.select_related("case").get(kind="2w")
    day = care.now + timedelta(days=30)
    moved = services.move(two_weeks, due_on=day.date(), by=care.handler, now=care.now)
    services.hold(moved, by=care.handler, keyring=care.keyring, now=day)

    assert codes(care)[0] == "on_time"


def test_talk_that_failed_is_not_done_and_one_let_go_says_nothing(care) -> None:
    _three_days, two_weeks, six_weeks = care.active().check_ins.select_related("case")
    services.miss(two_weeks, reason="Geen gehoor.", **care.handling)
    services.cancel(six_weeks, by=care.handler, now=care.now)

    assert codes(care) == ("not_done", "")


def test_reporter_who_stops_did_not_want_it(care) -> None:
    first = care.planned()
    services.answer(first, mood="good", needs="nothing", stop=True, **care.reporting)

    assert codes(care) == ("declined", "declined")


@pytest.mark.parametrize(
    ("outcome", "code"),
    [("declined", "declined"), ("not_reached", "not_done"), ("given", "")],
)
def test_without_talks_the_end_of_aftercare_tells(care, outcome, code) -> None:
    header = replace(header_of(care.case, care.keyring), aftercare=outcome)

    told = timings([(care.case, header)])[care.case.pk]
    assert {told["check_two_weeks"], told["check_six_weeks"]} == {code}
