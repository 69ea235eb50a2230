"""Themes proposed and named together, and money that stays within the year."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.at_once import at_once
from tests.matrix import arrive, jumps, outcome, targets
from tests.network.agenda import name, offer, propose
from weerbaar.audit.models import Event
from weerbaar.network import services
from weerbaar.network.agenda.budget import budget_of
from weerbaar.network.agenda.workflow import ActivityState, ThemeState
from weerbaar.network.models import Activity, PriorityTheme, ThemeSupport
from weerbaar.steps import StepForbidden, StepNotPossible
from weerbaar.web.refusals import NotAllowed

pytestmark = pytest.mark.django_db

# Who may take which step, and from where it leads: the whole of the table.
THEME = {
    "choose": {ThemeState.PROPOSED: ThemeState.NAMED},
    "pass_over": {
        ThemeState.PROPOSED: ThemeState.NOT_CHOSEN,
        ThemeState.NAMED: ThemeState.NOT_CHOSEN,
    },
    "withdraw": {ThemeState.PROPOSED: ThemeState.WITHDRAWN},
}
ANALYSTS, PROPOSERS = {"femke", "joost"}, {"lotte", "noor"}
MAY = {"choose": ANALYSTS, "pass_over": ANALYSTS, "withdraw": PROPOSERS}


@pytest.fixture
def theme(lotte, august):
    """Proposed by Lotte, for the councillors."""
    return propose(lotte, august)


@pytest.fixture
def named(theme, olaf, femke, august):
    """Supported by two partners, named by Femke."""
    return name(theme, olaf, by=femke, now=august)


def commit(theme, euros, by, now):
    return services.commit_money(
        theme, title="Avonden", aim="Oefenen.", euros=euros, by=by, now=now
    )


def test_theme_table_is_who_by_step_by_state(person, theme, olaf, august) -> None:
    people = arrive(person)
    services.give_support(theme, by=olaf, now=august)
    _try_all(theme, THEME, MAY, people, august)
    services.name_theme(theme, by=people["femke"], now=august)
    _try_all(theme, THEME, MAY, people, august)
    services.pass_over(theme, by=people["femke"], now=august)
    _try_all(theme, THEME, MAY, people, august)


def test_partner_supports_once_whoever_of_it_asks(lotte, noor, theme, august) -> None:
    services.give_support(theme, by=noor, now=august)
    services.give_support(theme, by=lotte, now=august)

    assert [s.given_by for s in theme.supports.all()] == [lotte]
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeSupport.objects.create(
            theme=theme,
            organisation=theme.organisation,
            given_by=noor,
            given_at=august,
        )


def test_one_partner_alone_names_nothing_and_support_can_be_taken_back(
    theme, noor, olaf, femke, august
) -> None:
    with pytest.raises(StepNotPossible):
        services.name_theme(theme, by=femke, now=august)
    services.give_support(theme, by=olaf, now=august)
    services.end_support(theme, by=noor, now=august)
    with pytest.raises(StepNotPossible):
        services.name_theme(theme, by=femke, now=august)

    services.give_support(theme, by=noor, now=august)
    services.name_theme(theme, by=femke, now=august + timedelta(days=1))

    theme.refresh_from_db()
    assert (theme.state, theme.support) == (ThemeState.NAMED, 2)
    assert (theme.decided_by, theme.decided_at) == (femke, august + timedelta(days=1))
    event = Event.objects.get(kind="theme.named")
    assert (event.facts["year"], event.facts["support"]) == (2026, 2)
    with pytest.raises(services.NotOpen):
        services.end_support(theme, by=olaf, now=august)


def test_analyst_and_handler_speak_for_no_partner(theme, femke, bram, august) -> None:
    for who in (femke, bram):
        with pytest.raises(NotAllowed):
            services.give_support(theme, by=who, now=august)
    with pytest.raises(NotAllowed):
        propose(bram, august, topic="", title="Anders")
    assert propose(femke, august, topic="", title="Anders").supports.count() == 0


def test_same_theme_stands_once_a_year_until_it_is_taken_back(
    theme, lotte, olaf, august
) -> None:
    with pytest.raises(services.ThemeExists):
        propose(olaf, august)

    services.take_theme_back(theme, by=lotte, now=august)

    assert propose(olaf, august).state == ThemeState.PROPOSED


def test_year_that_is_over_takes_no_theme_and_no_money(
    named, lotte, femke, august
) -> None:
    for year in (2025, 2028):
        with pytest.raises(services.YearOver):
            propose(lotte, august, year=year)
    assert propose(lotte, august, year=2027).year == 2027

    last = august.replace(month=12, day=31, hour=23, minute=59)
    assert commit(named, 10, femke, last)
    with pytest.raises(services.YearOver):
        commit(named, 10, femke, last + timedelta(minutes=1))


def test_handlers_see_what_was_named_and_desks_nothing(
    named, lotte, august, bram, esma
) -> None:
    waiting = propose(lotte, august, topic="", title="Anders")

    def seen(user):
        return set(PriorityTheme.objects.visible_to(user))

    assert seen(bram) == {named}
    assert seen(lotte) == {named, waiting}
    assert seen(esma) == set()


def test_more_than_is_left_is_refused_with_what_is_left(
    named, femke, august, settings
) -> None:
    first = commit(named, 599_000, femke, august)
    with pytest.raises(services.OverBudget) as refused:
        commit(named, 1_001, femke, august)
    assert "€\u00a01.000" in str(refused.value.detail)
    assert commit(named, 1_000, femke, august)
    assert budget_of(2026).left == 0

    services.cancel_activity(first, by=femke, now=august)
    assert budget_of(2026).left == 599_000
    # The year keeps the budget with which it began; the next one has its own.
    settings.NETWORK_BUDGET = 5
    assert (budget_of(2026).total, budget_of(2027).total) == (600_000, 5)


def test_money_goes_to_named_themes_by_analysts_only(
    theme, lotte, olaf, femke, august
) -> None:
    with pytest.raises(services.ThemeNotNamed):
        commit(theme, 10, femke, august)
    named = name(theme, olaf, by=femke, now=august)
    with pytest.raises(NotAllowed):
        commit(named, 10, lotte, august)
    activity = commit(named, 10, femke, august)
    with pytest.raises(StepForbidden):
        services.cancel_activity(activity, by=lotte, now=august)

    with pytest.raises(StepNotPossible):
        services.pass_over(named, by=femke, now=august)
    services.cancel_activity(activity, by=femke, now=august)
    services.pass_over(named, by=femke, now=august)
    assert named.state == ThemeState.NOT_CHOSEN


def test_activity_is_done_with_a_result_which_can_be_written_better(
    named, femke, lotte, august
) -> None:
    activity = commit(named, 10, femke, august)
    with pytest.raises(NotAllowed):
        services.keep_result(activity, result="Goed.", by=lotte, now=august)
    with pytest.raises(StepNotPossible):
        services.keep_result(activity, result="", by=femke, now=august)

    for words in ("Goed.", "Goed: zes avonden."):
        services.keep_result(activity, result=words, by=femke, now=august)

    activity.refresh_from_db()
    assert (activity.state, activity.result) == (ActivityState.DONE, words)
    with pytest.raises(StepNotPossible):
        services.cancel_activity(activity, by=femke, now=august)


@pytest.mark.django_db(transaction=True)
def test_two_cannot_commit_the_last_euros_at_the_same_moment(
    named, femke, joost, august
) -> None:
    commit(named, 500_000, femke, august)
    came = at_once(
        lambda: commit(named, 60_000, femke, august),
        lambda: commit(named, 60_000, joost, august),
    )

    assert {type(one) for one in came} == {Activity, services.OverBudget}
    assert budget_of(2026).left == 40_000


def test_activity_table_is_who_by_step_by_state(person, named, august) -> None:
    people = arrive(person)
    table = {
        "finish": {"committed": "done", "done": "done"},
        "cancel": {"committed": "cancelled"},
    }
    activity = commit(named, 10, people["femke"], august)
    Activity.objects.update(result="Goed.")
    _try_all(activity, table, dict.fromkeys(table, ANALYSTS), people, august)
    services.keep_result(activity, result="Goed.", by=people["femke"], now=august)
    _try_all(activity, table, dict.fromkeys(table, ANALYSTS), people, august)


def test_instrument_table_is_who_by_step_by_state(person, august) -> None:
    people = arrive(person)
    table = {
        "check_content": {"proposed": "checked"},
        "publish_instrument": {"checked": "published"},
        "check_again": {"published": "published"},
        "end_instrument": dict.fromkeys(
            ("proposed", "checked", "published"), "withdrawn"
        ),
    }
    others = {"noor", "olaf"} | ANALYSTS
    may = {
        "check_content": others,
        "publish_instrument": ANALYSTS,
        "check_again": others,
        "end_instrument": PROPOSERS | ANALYSTS,
    }
    made, femke = offer(people["lotte"], august), people["femke"]
    _try_all(made, table, may, people, august)
    services.check_instrument(made, by=people["noor"], now=august)
    _try_all(made, table, may, people, august)
    services.publish_instrument(made, by=femke, now=august)
    _try_all(made, table, may, people, august)
    services.end_instrument(made, by=femke, now=august)
    _try_all(made, table, may, people, august)


def _try_all(thing, table, may, people, now) -> None:
    """Everybody tries every step from where the thing stands; then past the table."""
    thing.refresh_from_db()
    state = thing.state
    for step, moves in table.items():
        for who, by in people.items():
            expected = moves.get(state, "StepNotPossible")
            told = expected if who in may[step] else "StepForbidden"
            assert outcome(thing, step, by, now) == told, (step, who, state)
    states = {s for moves in table.values() for pair in moves.items() for s in pair}
    assert jumps(thing, states) == targets(table, state)
