"""Both matrices: every state, every step, every actor."""

from typing import Any

import pytest

from tests.matrix import Table, arrive, jumps, outcome, targets
from weerbaar.accounts.actors import SYSTEM, Reporter
from weerbaar.steps import pairs, steps_of
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Edition, Story
from weerbaar.stories.workflow import EditionState, State
from weerbaar.vault.models import Grant

HANDLERS, EDITORS = {"bram", "sanne"}, {"femke", "joost"}
# Written out by hand, so that the table cannot vouch for itself.
STORY: Table = {
    "revise": dict.fromkeys(["asked", "change_wanted", "agreed", "sent"], "asked"),
    "agree": {"asked": "agreed"},
    "ask_change": {"asked": "change_wanted"},
    "send": {"agreed": "sent"},
    "end": dict.fromkeys(["asked", "change_wanted", "agreed", "sent"], "ended"),
}
EDITION: Table = {
    "publish": {"waiting": "published"},
    "send_back": {"waiting": "returned"},
    "refuse": {"waiting": "refused"},
    "take_off": {"published": "withdrawn"},
}
MAY = {
    "revise": HANDLERS,
    "agree": HANDLERS | {"anna"},
    "ask_change": {"anna"},
    "send": HANDLERS,
    "end": HANDLERS | {"anna"},
    **dict.fromkeys(EDITION, EDITORS),
}


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


@pytest.mark.parametrize(("model", "table"), [(Story, STORY), (Edition, EDITION)])
def test_the_table_is_the_one_that_was_decided(model, table) -> None:
    found = {
        name: {str(a.source) for a in arrows}
        for name, arrows in steps_of(model).items()
    }
    assert found == {name: set(moves) for name, moves in table.items()}
    assert pairs(model) == {(a, b) for m in table.values() for a, b in m.items()}


@pytest.mark.parametrize(
    ("which", "state"),
    [("story", state) for state in State.values]
    + [("edition", state) for state in EditionState.values],
)
def test_every_step_from_every_state_by_everybody(
    actors, stage, which, state, now
) -> None:
    table = STORY if which == "story" else EDITION
    thing: Any = stage.at(state) if which == "story" else stage.edition_at(state)
    if which == "edition":
        Edition.objects.filter(pk=thing.pk).update(points=list(CODES))
    for step, moves in table.items():
        for name, actor in actors.items():
            expected = "StepForbidden"
            if name in MAY[step]:
                expected = moves.get(state, "StepNotPossible")
            # Words stand in a published row only: `take_off` clears them first.
            if (step, state, expected) == ("take_off", "published", "withdrawn"):
                continue
            assert outcome(thing, step, actor, now) == expected, f"{step} by {name}"
    if state != "published":
        states = State.values if which == "story" else EditionState.values
        assert jumps(thing, states) == targets(table, state)
