"""What the tests of the machines share: trying one step, and jumping past the table."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import IntegrityError, transaction

from tests.cast import MEMBERS, User
from weerbaar.steps import StepForbidden, StepNotPossible, take_step

Table = dict[str, dict[str, str]]


def arrive(person: Callable[[str], User]) -> dict[str, Any]:
    """Everybody who signs in anywhere, by first name."""
    return {name: person(name) for name in MEMBERS}


def outcome(thing: Any, step: str, by: Any, now: Any) -> str:
    """The state that a step leads to, or the refusal; nothing remains of it."""
    thing.refresh_from_db()
    try:
        with transaction.atomic():
            take_step(thing, step, by=by, now=now)
            reached = thing.state
            transaction.set_rollback(True)
    except (StepForbidden, StepNotPossible) as refused:
        reached = type(refused).__name__
    thing.refresh_from_db()
    return str(reached)


def jumps(thing: Any, states: Iterable[str]) -> set[str]:
    """The other states that an update past the table can put the row in."""
    return {state for state in states if state != thing.state and _jump(thing, state)}


def _jump(thing: Any, state: str) -> bool:
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    try:
        with transaction.atomic():
            rows.update(state=state)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def targets(table: Table, state: str) -> set[str]:
    """Where the table leads from a state, apart from staying there."""
    return {moves[state] for moves in table.values() if state in moves} - {state}
