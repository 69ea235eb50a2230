"""The whole matrices of plan and check-in: every state, every step, every actor."""

from typing import Any

import pytest

from aftercare.models import CheckIn, Plan
from aftercare.workflow import CheckInState, PlanState
from tests.matrix import Table, arrive, jumps, outcome, targets
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import pairs, steps_of
from weerbaar.vault.models import Grant

# Written out by hand from the design, so that the tables cannot vouch for themselves.
PLAN: Table = {
    "accept": {"offered": "active"},
    "decline": {"offered": "declined"},
    "complete": {"active": "completed"},
}
CHECK_IN: Table = {
    "answer": {"planned": "answered"},
    "hold": {"planned": "held"},
    "miss": {"planned": "missed"},
    "cancel": {"planned": "cancelled"},
}
MAY: dict[str, set[str]] = {
    "accept": {"anna", "bram", "sanne"},
    "decline": {"anna", "bram", "sanne"},
    "complete": {"bram", "sanne"},
    "answer": {"anna"},
    "hold": {"bram", "sanne"},
    "miss": {"bram", "sanne"},
    "cancel": {"anna", "bram", "sanne"},
}


@pytest.fixture
def people(person) -> dict[str, Any]:
    """Everybody who signs in anywhere, there before the report is."""
    return arrive(person)


@pytest.fixture
def actors(people, care, daan) -> dict[str, Any]:
    # As if recused: Daan was never granted this case.
    Grant.objects.filter(key=care.case.case_key_id, holder=daan.key_id).delete()
    stranger = Reporter(dialogue_key_id=care.case.case_key_id)
    return people | {
        "anna": care.reporter,
        "another reporter": stranger,
        "the system": SYSTEM,
    }


def compare(thing: Any, table: Table, actors: Any, now: Any, states: list[str]) -> None:
    state = thing.state
    for step, arrows in table.items():
        for name, actor in actors.items():
            expected = arrows.get(state, "StepNotPossible")
            if name not in MAY[step]:
                expected = "StepForbidden"
            found = outcome(thing, step, actor, now)
            assert found == expected, f"{step} from {state} by {name}"
    assert jumps(thing, states) == targets(table, state)


@pytest.mark.parametrize(("model", "table"), [(Plan, PLAN), (CheckIn, CHECK_IN)])
def test_tables_are_those_of_the_design(model, table) -> None:
    assert set(steps_of(model)) == set(table)
    assert pairs(model) == {
        (a, b) for moves in table.values() for a, b in moves.items()
    }


@pytest.mark.parametrize("state", PlanState.values)
def test_every_step_of_the_plan_by_everybody(actors, care, state, now) -> None:
    plan = getattr(care, state)()
    # Nothing planned stands in the way: what waits for that has its own test.
    plan.check_ins.all().delete()

    compare(plan, PLAN, actors, now, PlanState.values)


@pytest.mark.parametrize("state", CheckInState.values)
def test_every_step_of_a_check_in_by_everybody(actors, care, state, now) -> None:
    compare(getattr(care, state)(), CHECK_IN, actors, now, CheckInState.values)


def test_plan_waits_for_its_check_ins(care, now) -> None:
    plan = care.active()

    assert outcome(plan, "complete", care.handler, now) == "StepNotPossible"
