"""How long the steps usually take (R-24): from the newest release in force, or not."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from cases.clocks import DURATIONS, WAITS
from tests.network.records import record
from tests.visiting import Judged
from weerbaar.contributions.services import contribute
from weerbaar.contributions.waiting import usual_waits
from weerbaar.network import services
from weerbaar.network.checker import Depth
from weerbaar.network.models import Release
from weerbaar.network.planning import plan_of
from weerbaar.network.waiting import STEPS, wait_in
from weerbaar.network.workflow import State

PAGE = "/melden/daarna/"


@pytest.fixture
def release(figure_year: Any, august: Any, femke: Any, joost: Any) -> Release:
    """Eighty reports of twenty organisations: a quarter waited long for a talk."""
    for n in range(80):
        slow = {"reception_talk": "later"} if n % 4 == 0 else {}
        contribute(record(case=f"c{n}", organisation=f"o{n % 20}", **slow))
    made = services.tabulate(2026, secret=figure_year, now=august, depth=Depth.QUICK)
    assert made is not None
    return services.approve(made, by=femke, now=august)


@pytest.fixture
def in_force(release: Release, joost: Any, august: Any) -> Release:
    return services.publish(release, by=joost, now=august)


def told(client: Any) -> str:
    soup = BeautifulSoup(client.get(PAGE).content, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


def test_page_stands_without_times_until_a_release_is_in_force(
    client, release, joost, august
) -> None:
    assert usual_waits().steps == {}
    assert "Gewoonlijk" not in told(client)
    assert "Beloofd: Binnen drie dagen." in told(client)

    services.publish(release, by=joost, now=august)

    assert "Gewoonlijk: bij minstens de helft binnen drie dagen." in told(client)
    assert "januari tot en met juni 2026. Ze zijn voorlopig" in told(client)


def test_every_median_is_a_class_of_the_released_table(in_force) -> None:
    found = usual_waits()

    assert {name: wait.term for name, wait in found.steps.items()} == {
        "first_contact": "op de dag zelf",
        "reaction": "binnen twee werkdagen",
        "reception_talk": "binnen drie dagen",
        "check_two_weeks": "op de afgesproken dag of eerder",
        # Of whom it is known, all later than agreed.
        "check_six_weeks": "",
        "closing": "binnen drie maanden",
    }
    assert (found.period, found.is_provisional) == (
        "januari tot en met juni 2026",
        True,
    )


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_release_that_is_not_in_force_tells_nothing(in_force, state) -> None:
    Release.objects.filter(pk=in_force.pk).update(state=state)

    assert usual_waits().steps == {}


@pytest.mark.parametrize(
    ("rows", "term"),
    [
        ({"same_day": 20, "two_days": 5, "later": 25}, "binnen twee dagen"),
        # What is not known yet counts as longer: the quick ones are known first.
        ({"same_day": 20, "two_days": 5, "unknown": 30}, None),
        ({"same_day": 10, "later": 20, "not_done": 20, "unknown": 5}, ""),
        # A dot anywhere, and fewer than the plan's share_from.
        ({"same_day": 40, "two_days": None, "later": 20}, None),
        ({"same_day": 40, "two_days": 5}, None),
        ({"same_day": 40, "two_days": 10}, "op de dag zelf"),
        ({}, None),
    ],
)
def test_median_is_said_where_the_table_says_it(rows, term) -> None:
    table = {"code": "T8C", "rows": list(rows), "rowTotals": list(rows.values())}
    snapshot = {"planDigest": plan_of(2026).digest, "tables": [table]}

    found = wait_in(snapshot, STEPS["reception_talk"])
    assert (found.term if found else None) == term


def test_steps_are_those_of_the_plan() -> None:
    rows = {table.code: table.rows.codes for table in plan_of(2026).tables}
    for step in STEPS.values():
        assert {*step.terms, *step.aside} <= set(rows[step.table])
        in_order = [code for code in rows[step.table] if code in step.terms]
        assert in_order == list(step.terms)
    assert STEPS["first_contact"].terms == tuple(WAITS)
    assert STEPS["closing"].terms == tuple(DURATIONS)


def test_page_with_times_has_no_finding(page, live, node, in_force) -> None:
    judged = Judged(page, "dark")
    judged.go(PAGE)
    judged.see("after")
    judged.see("english", "/en" + PAGE)
    judged.verdict()
