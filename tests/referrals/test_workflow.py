"""The whole matrix of the referral: every state, every step, every actor."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from referrals.models import Referral
from referrals.workflow import State
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import StepForbidden, StepNotPossible, pairs, steps_of, take_step

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
    "revise": {"bram"},
    "consent": {"bram", "anna"},
    "refuse": {"bram", "anna"},
    "send": {"bram"},
    "receive": {"esma"},
    "accept": {"esma"},
    "decline": {"esma"},
    "complete": {"bram", "esma"},
    "withdraw": {"bram", "anna"},
}


@pytest.fixture
def actors(stage, bram, chris, daan, esma, femke, gijs) -> dict[str, Any]:
    # Daan came to the organisation without a grant on this case: as if recused.
    stranger = Reporter(dialogue_key_id=stage.case.case_key_id)
    return {
        "anna": stage.reporter,
        "another reporter": stranger,
        "the system": SYSTEM,
        "bram": bram,
        "chris": chris,
        "daan": daan,
        "esma": esma,
        "femke": femke,
        "gijs": gijs,
    }


def outcome(referral: Referral, step: str, by: Any, now: Any) -> str:
    """The state that a step leads to, or the refusal; nothing remains of it."""
    referral.refresh_from_db()
    try:
        with transaction.atomic():
            take_step(referral, step, by=by, now=now)
            reached = referral.state
            transaction.set_rollback(True)
    except (StepForbidden, StepNotPossible) as refused:
        return type(refused).__name__
    return str(reached)


def test_the_table_is_the_one_of_the_design() -> None:
    assert {name: set(moves) for name, moves in LEGAL.items()} == {
        name: {str(arrow.source) for arrow in arrows}
        for name, arrows in steps_of(Referral).items()
    }
    assert pairs(Referral) == {(a, b) for m in LEGAL.values() for a, b in m.items()}


@pytest.mark.parametrize("state", State.values)
def test_every_step_from_every_state_by_everybody(stage, actors, state, now) -> None:
    referral = stage.at(state)
    # Without a package nobody is at the desk yet: then the desk is a stranger.
    packed = referral.package_key_id is not None
    for step, arrows in LEGAL.items():
        for name, actor in actors.items():
            may = name in MAY[step] and (name != "esma" or packed)
            # The desk of a withdrawn referral has lost its grant.
            may = may and not (name == "esma" and state == "withdrawn")
            if not may:
                expected = "StepForbidden"
            elif (step, state) == ("complete", "sent"):
                # The partner has the package: see the next test.
                expected = "StepNotPossible"
            else:
                expected = arrows.get(state, "StepNotPossible")
            found = outcome(referral, step, actor, now)
            assert found == expected, f"{step} from {state} by {name}"


def test_complete_waits_for_the_partner_that_has_a_package(stage, now) -> None:
    packed, called = stage.sent(), stage.sent("trust_line")

    assert outcome(packed, "complete", stage.handler, now) == "StepNotPossible"
    assert outcome(called, "complete", stage.handler, now) == "completed"


def test_database_refuses_what_is_not_in_the_table(stage) -> None:
    stage.propose()

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("update referrals_referral set state = 'sent'")
