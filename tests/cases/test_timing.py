"""How long it took, as the figures are told: terms of the protocol, and never a day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases import services
from cases.clocks import CLOCKS, DURATIONS, LATER, LONGER, WAITS, duration_of, wait_of
from cases.services.figures import contribute_case
from cases.services.timing import NOT_DONE
from tests.cases.asking import doing
from weerbaar.contributions.services import read_year

FRIDAY = date(2026, 5, 8)


@pytest.mark.parametrize(
    ("kind", "days", "code"),
    [
        ("first_contact", 0, "same_day"),
        ("first_contact", 1, "two_days"),
        ("reception_talk", 3, "three_days"),
        ("reception_talk", 14, "two_weeks"),
        ("reception_talk", 15, "later"),
        # Two working days after a Friday is Tuesday; the weekend does not count.
        ("reaction", 4, "two_days"),
        ("reaction", 5, "three_days"),
        # Nor do Ascension Day (14 May) and Whit Monday (25 May).
        ("reaction", 18, "two_weeks"),
        ("reaction", 19, "later"),
    ],
)
def test_term_of_a_step_is_that_of_its_own_clock(kind, days, code) -> None:
    assert wait_of(kind, FRIDAY, FRIDAY + timedelta(days=days)) == code


def test_terms_of_the_protocol_are_borders_of_the_codes() -> None:
    """Kept on its last day falls in another code than a day later: that is the use."""
    for kind in ("first_contact", "reaction", "reception_talk"):
        assert CLOCKS[kind].days in WAITS.values()


def test_time_to_closing_has_four_codes() -> None:
    found = [duration_of(FRIDAY, FRIDAY + timedelta(days=n)) for n in range(400)]
    assert list(dict.fromkeys(found)) == [*DURATIONS, LONGER]


@pytest.fixture
def told(figure_year):
    """What the network was told last of the only case."""

    def newest():
        records = [r for r in read_year(2026, figure_year) if r]
        assert len({r.case for r in records}) == 1
        return max(records, key=lambda r: r.revision)

    return newest


def test_record_tells_within_which_term_and_no_day(
    told, open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report()
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    services.step(case, "respond", words="Een gesprek.", **who)
    assert (told().first_contact, told().reaction) == ("same_day", "")

    later = {**who, "now": now + timedelta(days=20)}
    kept = {p.kind: p for p in case.commitments.open()}
    services.keep(
        kept["reception_talk"], by=bram, now=timezone.now().replace(2026, 5, 15)
    )
    services.miss(kept["reaction"], reason="Niemand weet wie het was.", **later)
    contribute_case(case, keyring=who["keyring"])

    record = told()
    assert record.reception_talk == "three_days"
    assert record.reaction == NOT_DONE
    assert record.duration == ""
    known = {*WAITS, LATER, NOT_DONE, ""}
    assert {record.first_contact, record.reaction, record.reception_talk} <= known
    assert "2026-05" not in str(record)


def test_report_of_the_evening_counts_from_the_next_day(
    told, open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report(when=now.replace(hour=22))
    who = doing(bram, keyring_of, now + timedelta(days=1))
    services.step(case, "begin_triage", **who)
    services.step(case, "advise", words="Zet uw berichten op slot.", **who)

    assert told().first_contact == "same_day"


def test_advice_beforehand_has_no_clocks(
    told, open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report(kind="prevention")
    who = doing(bram, keyring_of, now)
    services.step(case, "begin_triage", **who)
    services.step(case, "advise", words="Huisregels bij de deur.", **who)

    assert (told().first_contact, told().check_two_weeks) == ("", "")
