"""The whole matrix: every state, every step, every member of the cast."""

from collections.abc import Callable
from typing import Any

import pytest

from cases import services
from cases.models import Case
from cases.services import arrange_aftercare
from cases.workflow import State
from tests.cast import User
from tests.matrix import arrive, jumps, outcome, targets
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import offers, pairs, steps_of, take_step

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
# Advice beforehand knows no measures and no aftercare; an incident is not closed there.
NOT_FOR = {"incident": {"close_advice"}, "prevention": {"respond", "begin_aftercare"}}


@pytest.fixture
def actors(person: Callable[[str], User]) -> dict[str, User]:
    """Everybody who signs in anywhere."""
    return arrive(person)


def ready(case: Case) -> Case:
    """A case that lacks nothing but the right state."""
    for promise in case.commitments.open():
        promise.delete()
    arrange_aftercare(case)
    Case.objects.filter(pk=case.pk).update(is_classified=True)
    case.refresh_from_db()
    return case


def test_the_table_is_the_one_of_the_design() -> None:
    written = {(a, b) for moves in LEGAL.values() for a, b in moves.items()}

    assert {name: set(moves) for name, moves in LEGAL.items()} == {
        name: {str(arrow.source) for arrow in arrows}
        for name, arrows in steps_of(Case).items()
    }
    assert pairs(Case) == written
    assert set(ROUTES) == set(State.values)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("incident", state) for state in ROUTES]
    + [("prevention", state) for state in ("reported", "triage", "advice", "closed")],
)
def test_every_step_from_every_state_by_everybody(
    kind: str,
    state: str,
    open_report: Callable[..., Any],
    actors: dict[str, User],
    now: Any,
) -> None:
    case, _words = open_report(kind=kind, recused=[str(actors["daan"].pk)])
    for step in ROUTES[state]:
        take_step(ready(case), step, by=actors["bram"], now=now)
    ready(case)
    anna = Reporter(case.dialogue_key_id)
    other_reporter = Reporter(case.case_key_id)
    everybody = {**actors, "anna": anna, "stranger": other_reporter, "system": SYSTEM}
    reached = {}
    for step, moves in LEGAL.items():
        may = {"anna"} if step == "withdraw" else {"bram", "sanne"}
        for name, actor in everybody.items():
            found = outcome(case, step, actor, now)
            if name not in may:
                expected = "StepForbidden"
            elif step in NOT_FOR[kind] or state not in moves:
                expected = "StepNotPossible"
            else:
                expected = moves[state]
                reached[step] = expected
            assert found == expected, f"{state}: {step} by {name}"

    for handler in ("bram", "sanne"):
        offered = {o.name for o in offers(case, by=actors[handler]) if o.possible}
        assert offered == set(reached) - {"withdraw"}
    assert jumps(case, State.values) == targets(LEGAL, state)


def test_advice_beforehand_has_its_own_way_out(open_report, bram, now) -> None:
    case, _words = open_report(kind="prevention")
    for step in ("begin_triage", "advise"):
        take_step(ready(case), step, by=bram, now=now)
    ready(case)

    assert outcome(case, "close_advice", bram, now) == "closed"
    assert outcome(case, "respond", bram, now) == "StepNotPossible"
    assert outcome(case, "begin_aftercare", bram, now) == "StepNotPossible"
    assert [o.name for o in offers(case, by=bram)] == ["close_advice"]


def promised(case: Case, **more: Any) -> None:
    services.promise(case, "task", due_on=case.opened_on, **more)


@pytest.mark.parametrize(
    ("state", "step", "lacks"),
    [
        ("response", "begin_aftercare", "aftercare"),
        ("advice", "begin_aftercare", "aftercare"),
        ("evaluation", "close", "codes"),
        ("evaluation", "close", "promise"),
        ("triage", "dismiss", "talk"),
    ],
)
def test_a_step_waits_for_what_it_needs(
    state: str, step: str, lacks: str, open_report, bram, now
) -> None:
    case, _words = open_report()
    for name in ROUTES[state]:
        take_step(ready(case), name, by=bram, now=now)
    ready(case)
    possible = outcome(case, step, bram, now)
    if lacks == "aftercare":
        Case.objects.filter(pk=case.pk).update(is_aftercare_arranged=False)
    elif lacks == "codes":
        Case.objects.filter(pk=case.pk).update(is_classified=False)
    else:
        promised(case, by=bram, now=now, origin=case.pk if lacks == "talk" else None)

    assert possible == LEGAL[step][state]
    assert outcome(case, step, bram, now) == "StepNotPossible"
    case.refresh_from_db()
    offer = next(o for o in offers(case, by=bram) if o.name == step)
    assert not offer.possible
    assert [str(reason) for reason in offer.reasons] != []


def test_an_own_promise_does_not_stand_in_the_way_of_dismissing(
    open_report, bram, now
) -> None:
    """It falls away with the case; what waits for others does not."""
    case, _words = open_report()
    take_step(case, "begin_triage", by=bram, now=now)
    promised(case, by=bram, now=now)

    assert outcome(case, "dismiss", bram, now) == "closed"


def test_advice_waits_for_its_promises(open_report, bram, now) -> None:
    case, _words = open_report(kind="prevention")
    for step in ROUTES["advice"]:
        take_step(ready(case), step, by=bram, now=now)
    promised(ready(case), by=bram, now=now)

    assert outcome(case, "close_advice", bram, now) == "StepNotPossible"


def test_nobody_sets_the_state_past_the_table(open_report) -> None:
    case, _words = open_report()

    with pytest.raises(AttributeError):
        case.state = "closed"
