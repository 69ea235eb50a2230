"""The whole matrix of the referral: every state, every step, every actor."""

from typing import Any

import pytest

from referrals import services
from referrals.models import Referral
from referrals.workflow import State
from tests.matrix import arrive, jumps, outcome, targets
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import pairs, steps_of
from weerbaar.vault.models import Grant

# Written out by hand from the design, so that the table cannot vouch for itself.
LEGAL: dict[str, dict[str, str]] = {
    "revise": {"proposed": "proposed", "consented": "proposed"},
    "consent": {"proposed": "consented"},
    "refuse": {"proposed": "withdrawn"},
    "send": {"consented": "sent"},
    "receive": {"sent": "received"},
    "accept": {"received": "accepted"},
    "decline": {"received": "declined"},
    "complete": {"sent": "completed", "accepted": "completed"},
    "withdraw": dict.fromkeys(
        ["proposed", "consented", "sent", "received"], "withdrawn"
    ),
}
MAY: dict[str, set[str]] = {
    "revise": {"bram", "sanne"},
    "consent": {"bram", "sanne", "anna"},
    "refuse": {"bram", "sanne", "anna"},
    "send": {"bram", "sanne"},
    "receive": {"esma"},
    "accept": {"esma"},
    "decline": {"esma"},
    "complete": {"bram", "sanne", "esma"},
    "withdraw": {"bram", "sanne", "anna"},
}


# How a referral comes about that is handed over by telephone: nobody is at a desk.
CALLED = ("proposed", "consented", "sent", "completed", "withdrawn")


@pytest.fixture
def people(person) -> dict[str, Any]:
    """Everybody who signs in anywhere, there before the report is."""
    return arrive(person)


@pytest.fixture
def actors(people, stage, daan) -> dict[str, Any]:
    # As if recused: Daan was never granted this case.
    Grant.objects.filter(key=stage.case.case_key_id, holder=daan.key_id).delete()
    stranger = Reporter(dialogue_key_id=stage.case.case_key_id)
    return people | {
        "anna": stage.reporter,
        "another reporter": stranger,
        "the system": SYSTEM,
    }


def called(stage, state: str) -> Referral:
    """A referral to the Vertrouwenslijn in this state: nothing is sent from here."""
    if state == "proposed":
        return stage.propose("trust_line")
    if state == "consented":
        return stage.consented("trust_line")
    referral = stage.sent("trust_line")
    if state == "completed":
        services.complete(referral, by=stage.handler, now=stage.now)
    elif state == "withdrawn":
        services.withdraw(referral, by=stage.handler, now=stage.now)
    return referral


def test_the_table_is_the_one_of_the_design() -> None:
    assert {name: set(moves) for name, moves in LEGAL.items()} == {
        name: {str(arrow.source) for arrow in arrows}
        for name, arrows in steps_of(Referral).items()
    }
    assert pairs(Referral) == {(a, b) for m in LEGAL.values() for a, b in m.items()}


def expected(step: str, name: str, referral: Referral) -> str:
    """What the table of the design says, worked out without the code's table."""
    state, packed = referral.state, referral.package_key_id is not None
    if name not in MAY[step]:
        return "StepForbidden"
    # Without a package nobody is at the desk; of a withdrawn one it has lost its grant.
    if name == "esma" and (not packed or state == "withdrawn"):
        return "StepForbidden"
    if (step, state) == ("complete", "sent") and packed:
        return "StepNotPossible"
    return LEGAL[step].get(state, "StepNotPossible")


@pytest.mark.parametrize(
    ("way", "state"),
    [("package", state) for state in State.values]
    + [("called", state) for state in CALLED],
)
def test_every_step_from_every_state_by_everybody(
    actors, stage, way, state, now
) -> None:
    referral = stage.at(state) if way == "package" else called(stage, state)
    assert referral.state == state
    for step in LEGAL:
        for name, actor in actors.items():
            found = outcome(referral, step, actor, now)
            assert found == expected(step, name, referral), f"{step} by {name}"
    assert jumps(referral, State.values) == targets(LEGAL, state)


def test_complete_waits_for_the_partner_that_has_a_package(stage, now) -> None:
    packed, called = stage.sent(), stage.sent("trust_line")

    assert outcome(packed, "complete", stage.handler, now) == "StepNotPossible"
    assert outcome(called, "complete", stage.handler, now) == "completed"
