"""The whole matrix: every state, every step, every member of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Case
from cases.services import arrange_aftercare
from cases.workflow import State
from tests.cast import User
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import (
    StepForbidden,
    StepNotPossible,
    offers,
    pairs,
    steps_of,
    take_step,
)

# Written out by hand from the design, so that the table cannot vouch for itself.
LEGAL: dict[str, dict[str, str]] = {
    "begin_triage": {"reported": "triage"},
    "dismiss": {"triage": "closed"},
    "advise": {"triage": "advice", "response": "advice"},
    "respond": {"triage": "response", "advice": "response"},
    "begin_aftercare": {"advice": "aftercare", "response": "aftercare"},
    "resume_response": {"aftercare": "response"},
    "evaluate": {"aftercare": "evaluation"},
    "close": {"evaluation": "closed"},
    "close_advice": {"advice": "closed"},
    "reopen": {"closed": "triage"},
    "withdraw": {"reported": "closed", "triage": "closed"},
}
# How to come to a state with steps alone.
ROUTES: dict[str, list[str]] = {
    "reported": [],
    "triage": ["begin_triage"],
    "advice": ["begin_triage", "advise"],
    "response": ["begin_triage", "respond"],
    "aftercare": ["begin_triage", "respond", "begin_aftercare"],
    "evaluation": ["begin_triage", "respond", "begin_aftercare", "evaluate"],
    "closed": ["begin_triage", "dismiss"],
}
PREVENTION_ONLY = {"close_advice"}


@pytest.fixture
def actors(bram, chris, daan, esma, femke, gijs) -> dict[str, User]:
    return {
        "bram": bram,
        "chris": chris,
        "daan": daan,
        "esma": esma,
        "femke": femke,
        "gijs": gijs,
    }


def ready(case: Case) -> Case:
    """A case that lacks nothing but the right state."""
    for promise in case.commitments.open():
        promise.delete()
    arrange_aftercare(case)
    Case.objects.filter(pk=case.pk).update(is_classified=True)
    case.refresh_from_db()
    return case


def outcome(case: Case, step: str, by: Any, now: Any) -> str:
    """The state that a step leads to, or the refusal; nothing remains of it."""
    case.refresh_from_db()
    try:
        with transaction.atomic():
            take_step(case, step, by=by, now=now)
            reached = case.state
            transaction.set_rollback(True)
    except (StepForbidden, StepNotPossible) as refused:
        return type(refused).__name__
    return str(reached)


def test_the_table_is_the_one_of_the_design() -> None:
    written = {(a, b) for moves in LEGAL.values() for a, b in moves.items()}

    assert {name: set(moves) for name, moves in LEGAL.items()} == {
        name: {str(arrow.source) for arrow in arrows}
        for name, arrows in steps_of(Case).items()
    }
    assert pairs(Case) == written
    assert set(ROUTES) == set(State.values)


@pytest.mark.parametrize("state", list(ROUTES))
def test_every_step_from_every_state_by_everybody(
    state: str,
    open_report: Callable[..., Any],
    actors: dict[str, User],
    now: Any,
) -> None:
    case, _words = open_report(recused=[str(actors["daan"].pk)])
    for step in ROUTES[state]:
        take_step(ready(case), step, by=actors["bram"], now=now)
    ready(case)
    anna = Reporter(case.dialogue_key_id)
    other_reporter = Reporter(case.case_key_id)
    everybody = {**actors, "anna": anna, "stranger": other_reporter, "system": SYSTEM}
    reached = {}
    for step, moves in LEGAL.items():
        may = "anna" if step == "withdraw" else "bram"
        for name, actor in everybody.items():
            found = outcome(case, step, actor, now)
            if name != may:
                expected = "StepForbidden"
            elif step in PREVENTION_ONLY or state not in moves:
                expected = "StepNotPossible"
            else:
                expected = moves[state]
                reached[step] = expected
            assert found == expected, f"{state}: {step} by {name}"

    offered = {o.name for o in offers(case, by=actors["bram"]) if o.possible}
    assert offered == set(reached) - {"withdraw"}


def test_advice_beforehand_has_its_own_way_out(open_report, bram, now) -> None:
    case, _words = open_report(kind="prevention")
    for step in ("begin_triage", "advise"):
        take_step(ready(case), step, by=bram, now=now)
    ready(case)

    assert outcome(case, "close_advice", bram, now) == "closed"
    assert outcome(case, "respond", bram, now) == "StepNotPossible"
    assert outcome(case, "begin_aftercare", bram, now) == "StepNotPossible"
    assert [o.name for o in offers(case, by=bram)] == ["close_advice"]


@pytest.mark.parametrize(
    ("state", "step", "spoil"),
    [
        ("response", "begin_aftercare", {"is_aftercare_arranged": False}),
        ("evaluation", "close", {"is_classified": False}),
    ],
)
def test_a_step_waits_for_what_it_needs(
    state: str, step: str, spoil: dict[str, bool], open_report, bram, now
) -> None:
    case, _words = open_report()
    for name in ROUTES[state]:
        take_step(ready(case), name, by=bram, now=now)
    ready(case)
    possible = outcome(case, step, bram, now)
    Case.objects.filter(pk=case.pk).update(**spoil)

    assert possible == LEGAL[step][state]
    assert outcome(case, step, bram, now) == "StepNotPossible"
    case.refresh_from_db()
    offer = next(o for o in offers(case, by=bram) if o.name == step)
    assert not offer.possible
    assert [str(reason) for reason in offer.reasons] != []


def test_the_database_refuses_a_jump(open_report) -> None:
    open_report()

    with (
        pytest.raises(
            IntegrityError, match="no step leads from reported to evaluation"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE cases_case SET state = 'evaluation'")


def test_nobody_sets_the_state_past_the_table(open_report) -> None:
    case, _words = open_report()

    with pytest.raises(AttributeError):
        case.state = "closed"
