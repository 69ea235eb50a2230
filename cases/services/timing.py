"""How long the steps of a case took, in the few codes that the figures know.

Only what was promised and settled is told, and only within which term: no day, no
number. What is still open says nothing; the next record of the case replaces this one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from cases.clocks import duration_of, wait_of
from cases.header import Header
from cases.models import Case, Commitment, CommitmentKind, CommitmentState, Kind

# Promised, and not done: missed, or let go.
NOT_DONE = "not_done"
STEPS = (
    CommitmentKind.FIRST_CONTACT,
    CommitmentKind.REACTION,
    CommitmentKind.RECEPTION_TALK,
)
Opened = Sequence[tuple[Case, Header]]
# By case: the field of the record, and its code.
Timing = Mapping[str, str]
Room = Callable[[Opened], Mapping[UUID, Timing]]
_rooms: list[Room] = []


def register_timing(room: Room) -> None:
    """For the rooms above, at start-up: how long what they keep of a case took."""
    _rooms.append(room)


def timings(opened: Opened) -> dict[UUID, dict[str, str]]:
    """The codes of each case; many cases take as many queries as one."""
    promises: dict[UUID, dict[str, Commitment]] = {case.pk: {} for case, _h in opened}
    found = Commitment.objects.filter(case__in=list(promises), kind__in=STEPS)
    # Of two of a kind the first that was kept: the last that is put here.
    for promise in sorted(found.order_by("-settled_on"), key=_is_kept):
        promises[promise.case_id][promise.kind] = promise
    told = {case.pk: _own(case, promises[case.pk]) for case, _header in opened}
    for room in _rooms:
        for pk, timing in room(opened).items():
            told[pk].update(timing)
    return told


def _is_kept(promise: Commitment) -> bool:
    return promise.state == CommitmentState.KEPT


def _own(case: Case, promises: Mapping[str, Commitment]) -> dict[str, str]:
    if case.kind != Kind.INCIDENT:
        return {}
    start = clock_start(case, promises.get(CommitmentKind.FIRST_CONTACT))
    told = {str(kind): _step(promises.get(kind), start) for kind in STEPS}
    if case.closed_on:
        told["duration"] = duration_of(case.opened_on, case.closed_on)
    return told


def _step(promise: Commitment | None, start: date) -> str:
    if promise is None or promise.state == CommitmentState.OPEN:
        return ""
    if not _is_kept(promise) or promise.settled_on is None:
        return NOT_DONE
    return wait_of(promise.kind, start, promise.settled_on)


def clock_start(case: Case, first: Commitment | None) -> date:
    """The day the clocks count from: of the report, not of who opens it late.

    The first contact was promised for that day; an evening report counts from the next.
    """
    next_day = case.opened_on + timedelta(days=1)
    return next_day if first and first.due_on == next_day else case.opened_on
