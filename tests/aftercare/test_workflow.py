"""The whole matrices of plan and check-in: every state, every step, every actor."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from aftercare.models import CheckIn, Plan
from aftercare.workflow import CheckInState, PlanState
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import StepForbidden, StepNotPossible, pairs, steps_of, take_step

# Written out by hand from the design, so that the tables cannot vouch for themselves.
PLAN: dict[str, dict[str, str]] = {
    "accept": {"offered": "active"},
    "decline": {"offered": "declined"},
    "complete": {"active": "completed"},
}
CHECK_IN: dict[str, dict[str, str]] = {
    "answer": {"planned": "answered"},
    "hold": {"planned": "held"},
    "miss": {"planned": "missed"},
    "cancel": {"planned": "cancelled"},
}
MAY: dict[str, set[str]] = {
    "accept": {"anna", "bram"},
    "decline": {"anna", "bram"},
    "complete": {"bram"},
    "answer": {"anna"},
    "hold": {"bram"},
    "miss": {"bram"},
    "cancel": {"anna", "bram"},
}


@pytest.fixture
def actors(care, bram, chris, daan, esma, femke, gijs) -> dict[str, Any]:
    return {
        "anna": care.reporter,
        "another reporter": Reporter(dialogue_key_id=care.case.case_key_id),
        "the system": SYSTEM,
        "bram": bram,
        "chris": chris,
        "daan": daan,
        "esma": esma,
        "femke": femke,
        "gijs": gijs,
    }


def outcome(thing: Any, step: str, by: Any, now: Any) -> str:
    """The state that a step leads to, or the refusal; nothing remains of it."""
    thing.refresh_from_db()
    try:
        with transaction.atomic():
            take_step(thing, step, by=by, now=now)
            reached = thing.state
            transaction.set_rollback(True)
    except (StepForbidden, StepNotPossible) as refused:
        return type(refused).__name__
    return str(reached)


def compare(
    thing: Any, table: dict[str, dict[str, str]], actors: Any, now: Any
) -> None:
    state = thing.state
    for step, arrows in table.items():
        for name, actor in actors.items():
            expected = arrows.get(state, "StepNotPossible")
            if name not in MAY[step]:
                expected = "StepForbidden"
            found = outcome(thing, step, actor, now)
            assert found == expected, f"{step} from {state} by {name}"


@pytest.mark.parametrize(("model", "table"), [(Plan, PLAN), (CheckIn, CHECK_IN)])
def test_tables_are_those_of_the_design(model, table) -> None:
    assert set(steps_of(model)) == set(table)
    assert pairs(model) == {
        (a, b) for moves in table.values() for a, b in moves.items()
    }


@pytest.mark.parametrize("state", PlanState.values)
def test_every_step_of_the_plan_by_everybody(care, actors, state, now) -> None:
    plan = getattr(care, state)()
    # Nothing planned stands in the way: what waits for that has its own test.
    plan.check_ins.all().delete()

    compare(plan, PLAN, actors, now)


@pytest.mark.parametrize("state", CheckInState.values)
def test_every_step_of_a_check_in_by_everybody(care, actors, state, now) -> None:
    compare(getattr(care, state)(), CHECK_IN, actors, now)


def test_plan_waits_for_its_check_ins(care, now) -> None:
    plan = care.active()

    assert outcome(plan, "complete", care.handler, now) == "StepNotPossible"


@pytest.mark.parametrize(
    "jump",
    [
        "update aftercare_plan set state = 'offered'",
        "update aftercare_checkin set state = 'planned' where state = 'held'",
    ],
)
def test_database_refuses_what_is_not_in_the_tables(care, jump) -> None:
    care.held()

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(jump)
