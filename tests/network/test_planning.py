"""The release plan: read from its file, and refused with the reason when it breaks."""

import re
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils.translation import override

from aftercare.services.timing import DECLINED, LATE, ON_TIME
from cases.clocks import DURATIONS, LATER, LONGER, WAITS
from cases.services.timing import NOT_DONE
from weerbaar.network import country, planning, services
from weerbaar.network.checker.plans import read_rules
from weerbaar.network.checker.structure import broken_plan
from weerbaar.network.checks import check_plans
from weerbaar.network.floor import below_floor
from weerbaar.network.plan import Admission
from weerbaar.network.planning import (
    PLANS,
    PlanRefused,
    adopted_plans,
    in_order,
    plan_of,
    read_plan,
)
from weerbaar.network.register import Posts

TEXT = (PLANS / "1.toml").read_text(encoding="utf-8")
CIRCLE = """
[[table]]
code = "T99"
title = { nl = "Te veel", en = "Too much" }
definition = { nl = "", en = "" }
rows = "severity"
columns = "incident_group"
"""


def test_every_adopted_plan_can_be_read_and_says_what_it_is():
    for plan in adopted_plans():
        assert plan.tables
        assert re.fullmatch(r"[0-9a-f]{64}", plan.digest)
        assert plan.adopted_on.year < plan.from_year


def test_plan_of_a_year_is_the_newest_that_was_adopted_before_it():
    assert plan_of(2026).version == "1"
    with pytest.raises(PlanRefused):
        plan_of(1999)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t + CIRCLE, "T99 closes a circle"),
        (lambda t: t.replace("adopted_on = 2024", "adopted_on = 2025"), "before"),
        # Every page and file says what a number stands for: fives, and a 0 for 0 to 4.
        (lambda t: t.replace("base = 5", "base = 10"), "base is 5"),
        (lambda t: t.replace("bound = 4", "bound = 9"), "bound 4"),
        (lambda t: t.replace("holders = 10", "holders = 9"), "floor is 10"),
        (lambda t: t.replace("organisations = 5", "organisations = 4"), "floor is"),
        (lambda t: t.replace("from = 10\n", "from = 11\n"), "gate begins at 10"),
        (lambda t: t.replace("persons = 5", "persons = 4"), "5 persons"),
        (lambda t: t.replace("organisations = 3", "organisations = 2"), "gate begins"),
        (lambda t: t.replace("largest = 75", "largest = 76"), "75 percent"),
        (lambda t: t.replace("share_from = 50", "share_from = 49"), "percentage is of"),
        (lambda t: t.replace('code = "T2"', 'code = "T1"'), "same code"),
        (lambda t: t.replace('rows = "severity"', 'rows = "mayor"', 1), "mayor"),
        (lambda t: t.replace("[floor]", ""), "missing"),
        (lambda t: t.replace("2024-12-02", '"December"'), "missing or wrong"),
        (lambda t: t.replace("persons = 5", 'persons = "5"'), "missing or wrong"),
        (lambda t: t + "[", "not TOML"),
    ],
)
def test_plan_that_breaks_a_rule_is_refused_with_the_reason(change, reason):
    broken = change(TEXT)
    assert broken != TEXT
    with pytest.raises(PlanRefused, match=reason):
        read_plan(broken)


def admitted(incidents=480, mean=10, year=2026, prevention=120):
    """The plan of 2027, whose tables were admitted by the figures of 2026."""
    said = (
        f"[admission]\nyear = {year}\nmean = {mean}\n"
        f"totals = {{ incident = {incidents}, prevention = {prevention} }}\n\n[gate]"
    )
    text = TEXT.replace('version = "1"', 'version = "2"')
    text = text.replace("from_year = 2025", "from_year = 2027")
    return text.replace("[gate]", said)


def test_table_too_fine_for_last_years_figures_is_refused():
    largest = max(table.size for table in plan_of(2026).tables)
    enough = 10 * largest
    assert read_plan(admitted(enough)).admission.totals["incident"] == enough

    with pytest.raises(PlanRefused, match=f"{largest} cells, too many"):
        read_plan(admitted(enough - 1))
    for wrong in (admitted(enough, mean=9), admitted(enough, year=2027)):
        with pytest.raises(PlanRefused, match="a year before the plan"):
            read_plan(wrong)


def test_only_the_first_plan_is_without_admission():
    first = read_plan(TEXT)
    second = read_plan(admitted(10_000))
    assert in_order([second, first]) == (first, second)

    with pytest.raises(PlanRefused, match="does not say by which figures"):
        in_order([first, replace(second, admission=None)])


def test_two_plans_of_one_year_are_refused_before_anything_runs(tmp_path, monkeypatch):
    for name in ("1.toml", "1b.toml"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert check_plans() == []
    monkeypatch.setattr(planning, "PLANS", tmp_path)
    adopted_plans.cache_clear()

    try:
        with pytest.raises(SystemCheckError, match="Two plans have the same from_year"):
            call_command("check", "--tag", "network")
    finally:
        monkeypatch.undo()
        adopted_plans.cache_clear()


def test_checker_admits_the_same_tables():
    enough = 10 * max(table.size for table in plan_of(2026).tables)
    for text, due in ((admitted(enough), set()), (admitted(enough - 1), {"admission"})):
        found = broken_plan(read_rules(text), None)
        assert {finding.code for finding in found} == due


ZEELAND = '{ code = "zeeland", nl = "Zeeland", en = "Zeeland" }'


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("", ""),
        ("who_or_where = true\n", ""),
        (ZEELAND, ZEELAND.replace(" }", ", outside_register = true }")),
        (ZEELAND, ZEELAND.replace(" }", ", takes = [], rest = true }")),
    ],
)
def test_no_word_of_a_plan_excuses_a_group_from_the_floor(was, now):
    """The checker knows by itself what says who or where, and who has a post."""
    broken = read_rules(TEXT.replace(was, now) if was else TEXT)
    posts = [post._asdict() for post in country.posts()]
    few = [post for post in posts if post["province"] != "zeeland"]
    few.append(next(p | {"number": 1} for p in posts if p["province"] == "zeeland"))

    assert "group" in {finding.code for finding in broken_plan(broken, few)}
    assert list(broken_plan(read_rules(TEXT), posts)) == []


@pytest.mark.django_db
def test_admission_holds_by_the_published_totals_of_a_definitive_year(another, august):
    another(august.replace(year=2027, month=2))
    guessed = read_plan(admitted(10_000))
    assert not services.admission_holds(guessed), "still provisional"
    totals = another(august.replace(year=2027, month=5)).snapshot["totals"]

    named = Admission(2026, 10, totals)
    assert services.admission_holds(replace(guessed, admission=named))
    assert not services.admission_holds(guessed)
    assert services.admission_holds(plan_of(2026))


def test_group_below_the_floor_is_named():
    plan = plan_of(2026)
    many = [
        Posts(f"{kind}-{n}", kind, province, office, 4)
        for n in range(6)
        for kind in ("municipality", "province", "water_authority")
        for province in next(d for d in plan.dimensions if d.code == "province").codes
        for office in ("executive", "representative", "support")
    ]
    assert below_floor(plan, many) == []

    alone = [p for p in many if p.province != "zeeland"]
    alone.append(Posts("municipality-0", "municipality", "zeeland", "executive", 9))
    assert below_floor(plan, alone) == ["Zeeland (ambtsdragers: 9, organisaties: 1)"]


def test_record_tells_of_time_no_more_than_is_published():
    """What is sealed is as coarse as the table: no worker could learn a finer time."""
    steps = {*WAITS, LATER, NOT_DONE}
    talks = {ON_TIME, LATE, DECLINED, NOT_DONE}
    told = dict.fromkeys(("first_contact", "reaction", "reception_talk"), steps)
    told |= dict.fromkeys(("check_two_weeks", "check_six_weeks"), talks)
    told["duration"] = {*DURATIONS, LONGER}
    planned = {d.code: set(d.codes) - {"unknown"} for d in plan_of(2026).dimensions}

    assert {name: planned[name] for name in told} == told


def test_labels_are_in_the_language_of_the_reader():
    title = plan_of(2026).tables[0].title
    with override("nl"):
        dutch = str(title)
    with override("en"):
        assert str(title) == "Reports by quarter" != dutch
