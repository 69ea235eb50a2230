"""Counting a year: ripe quarters only, the newest revision only, and spoiled rows."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.network.records import record, year_of_reports
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.contributions.models import Contribution, FigureYear
from weerbaar.contributions.services import contribute, read_year
from weerbaar.network import rounding, services
from weerbaar.network.checker import Depth
from weerbaar.network.country import posts
from weerbaar.network.figures import figure
from weerbaar.network.models import RegisterPost, Release
from weerbaar.network.periods import newest_ripe, ripe_quarters
from weerbaar.network.register import written
from weerbaar.network.workflow import State
from weerbaar.outbox.models import Message
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import seal_json_to
from weerbaar.web.refusals import InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "quarters"),
    [
        (date(2026, 4, 29), 0),
        (date(2026, 4, 30), 1),
        (date(2026, 7, 30), 2),
        (date(2027, 1, 29), 3),
        (date(2027, 1, 30), 4),
    ],
)
def test_quarter_ripens_thirty_days_after_its_end(today, quarters) -> None:
    assert ripe_quarters(2026, today) == quarters


def test_before_the_first_quarter_ripens_last_year_is_counted() -> None:
    assert newest_ripe(date(2026, 2, 1)) == (2025, 4)
    assert newest_ripe(date(2026, 5, 1)) == (2026, 1)


def test_draft_holds_ripe_quarters_and_no_more(draft) -> None:
    assert (draft.state, draft.quarters) == (State.AUDITED, 2)
    assert len(figure(draft.snapshot, "T1").columns) == 2
    counted = sum(r.month <= 6 for r in year_of_reports(240))
    assert abs(draft.snapshot["totals"]["incident"] - counted) <= 4
    assert draft.findings == []
    assert draft.is_intact


def test_counting_is_an_event_of_the_system(draft) -> None:
    event = Event.objects.get(kind=Kind.RELEASE_MADE)

    assert (event.actor_kind, event.facts["year"]) == ("system", 2026)


def test_figures_that_cannot_be_rounded_stay_counted_and_say_so(
    country, august, femke, signed_in, monkeypatch
) -> None:
    """The solver gets no time at all: as with a plan of too many tables."""
    with monkeypatch.context() as no_effort:
        no_effort.setattr(rounding, "EFFORT", 0.0)
        made = services.tabulate(2026, secret=country, now=august)

    assert made.state == State.COUNTED
    assert made.snapshot["tables"] == []
    page = signed_in(femke).get(reverse("figures-release", args=[made.pk]))
    assert "het plan heeft er te veel" in page.content.decode()
    again = services.tabulate(2026, secret=country, now=august + timedelta(days=1))
    made.refresh_from_db()
    assert (again.state, made.state) == (State.AUDITED, State.SUPERSEDED)


def test_nothing_new_makes_no_second_draft(draft, country, august) -> None:
    again = services.tabulate(2026, secret=country, now=august + timedelta(days=1))

    assert again is None
    assert Release.objects.count() == 1


def test_what_came_in_later_replaces_the_draft(draft, country, august) -> None:
    for late in year_of_reports(12, seed=3):
        contribute(replace(late, month=5))

    newer = services.tabulate(2026, secret=country, now=august + timedelta(days=1))

    draft.refresh_from_db()
    assert newer is not None
    assert (draft.state, newer.state) == (State.SUPERSEDED, State.AUDITED)
    shown = [r.snapshot["totals"]["incident"] for r in (draft, newer)]
    assert shown[1] - shown[0] in {5, 10, 15, 20}


def test_only_the_newest_revision_of_a_case_counts(figure_year, august) -> None:
    for n in range(20):
        contribute(record(case=f"c{n}", organisation=f"o{n}"))
        contribute(record(case=f"c{n}", organisation=f"o{n}", revision=2))

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.snapshot["totals"]["incident"] == 20


def test_withdrawn_case_falls_out(figure_year, august) -> None:
    for n in range(5):
        contribute(record(case=f"c{n}", organisation=f"o{n}"))
    for n in range(5):
        gone = {"revision": 2, "withdrawn": True}
        contribute(record(case=f"c{n}", organisation=f"o{n}", **gone))

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.snapshot["totals"]["incident"] == 0


@pytest.mark.parametrize(
    "spoiled",
    [
        {"month": 13},
        {"month": "2"},
        {"channels": "email"},
        {"channels": [["email"]]},
        {"year": 2025},
        {"province": "atlantis"},
        {"organisation_type": "company"},
        {"kind": "rumour"},
    ],
)
def test_record_outside_the_plan_is_left_out_and_told(
    figure_year, august, spoiled
) -> None:
    for n in range(10):
        contribute(record(case=f"c{n}", organisation=f"o{n}"))
    year = FigureYear.objects.get(pk=2026)
    bad = replace(record(case="bad"), **spoiled)
    _put(bad, year)

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.left_out == 1
    assert made.snapshot["totals"]["incident"] == 10


def _put(bad, year, *, without=(), **extra) -> None:
    """Into the letterbox of the year, whatever the record says."""
    content = {k: v for k, v in asdict(bad).items() if k not in without} | extra
    row = Contribution(year=year)
    row.record = seal_json_to(year.key.public_key, content, place=row.place)
    row.save(force_insert=True)


# What a record tells since the terms of the protocol came in.
TIMES = (
    "motive",
    "no_aangifte",
    "first_contact",
    "reaction",
    "reception_talk",
    "check_two_weeks",
    "check_six_weeks",
    "duration",
)


def test_record_from_before_a_field_counts_as_not_known_there(
    figure_year, august
) -> None:
    year = FigureYear.objects.get(pk=2026)
    for n in range(60):
        _put(record(case=f"c{n}", organisation=f"o{n}"), year, without=TIMES)

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.left_out == 0
    for code in ("T8A", "T8B", "T8C", "T8D", "T8E", "T8F"):
        lines = {line.code: line.total for line in figure(made.snapshot, code).lines}
        assert lines.pop("unknown") == 60
        assert set(lines.values()) == {0}


def test_record_without_what_every_record_has_or_with_more_is_left_out(
    figure_year, august
) -> None:
    year = FigureYear.objects.get(pk=2026)
    _put(record(case="c1"), year)
    _put(record(case="c2"), year, without=["organisation"])
    _put(record(case="c3"), year, occurred_on="2026-03-14")

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.left_out == 2


def test_spoiled_row_does_not_stop_the_count(figure_year, august) -> None:
    for n in range(10):
        contribute(record(case=f"c{n}", organisation=f"o{n}"))
    spoiled = bytes(Contribution.objects.first().record)[:-1] + b"x"
    Contribution.objects.create(year_id=2026, record=spoiled)

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.left_out == 1
    assert made.snapshot["totals"]["incident"] == 10


def test_moved_row_does_not_open(figure_year) -> None:
    """A record is bound to its row: laid into another one it says nothing."""
    made = contribute(record(case="c1"))
    Contribution.objects.create(year_id=2026, record=bytes(made.record))

    first, second = read_year(2026, figure_year)
    assert [first.case, second] == ["c1", None]


def test_key_of_another_year_is_refused(country, august) -> None:
    with pytest.raises(services.NothingReadable):
        services.tabulate(2026, secret=Secret.new(), now=august)

    assert not Release.objects.exists()


def test_figures_without_a_register_of_posts_are_stopped(
    country, august, femke, signed_in
) -> None:
    """Nobody could say whether a group in them is large enough (statistics 4.1)."""
    RegisterPost.objects.all().delete()
    made = services.tabulate(2026, secret=country, now=august, depth=Depth.QUICK)

    assert made.state == State.ROUNDED
    page = signed_in(femke).get(reverse("figures-release", args=[made.pk]))
    assert "er is geen register van ambten" in page.content.decode()
    text = written(posts())
    services.import_register(2026, text, by=femke, now=august)
    again = services.tabulate(2026, secret=country, now=august, depth=Depth.QUICK)
    assert again.state == State.AUDITED


def test_year_without_ripe_quarter_is_not_counted(country, now) -> None:
    april = now.replace(month=4, day=10)

    assert services.tabulate(2026, secret=country, now=april) is None


def test_count_keeps_no_handler_waiting(figure_year, august) -> None:
    """What comes in points at the row of the year, which the count holds for long."""
    contribute(record())
    with CaptureQueriesContext(connection) as asked:
        services.tabulate(2026, secret=figure_year, now=august, depth=Depth.QUICK)

    [held] = [
        q["sql"] for q in asked if "FOR " in q["sql"] and "figureyear" in q["sql"]
    ]
    assert held.endswith("FOR NO KEY UPDATE")


def test_due_count_is_asked_once(country, august) -> None:
    services.count_due(now=august)
    services.count_due(now=august)

    asked = Message.objects.filter(task="network.tabulate")
    assert [message.ref for message in asked] == ["2026"]


def test_counted_period_is_not_due(draft, august) -> None:
    services.count_due(now=august)

    assert not Message.objects.filter(task="network.tabulate").exists()


def test_analyst_asks_for_another_count_and_nobody_else(
    draft, femke, bram, august
) -> None:
    with pytest.raises(NotAllowed):
        services.ask_count(2026, by=bram, now=august)
    services.ask_count(2026, by=femke, now=august)
    for never_begun in (0, 1999, 9999):
        with pytest.raises(InvalidInput):
            services.ask_count(never_begun, by=femke, now=august)

    assert [m.ref for m in Message.objects.filter(task="network.tabulate")] == ["2026"]
