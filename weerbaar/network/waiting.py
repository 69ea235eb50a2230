"""The median wait of each step, from the rounded tables of the newest release in force.

Nothing else is looked at: whoever reads the release could work out the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from weerbaar.contributions.waiting import UsualWait, UsualWaits
from weerbaar.network.dimensions import UNKNOWN
from weerbaar.network.models import Release
from weerbaar.network.planning import PlanGone, plan_named
from weerbaar.network.snapshots import Snapshot
from weerbaar.network.tables import Table

TERMS = ("same_day", "two_days", "three_days", "two_weeks")


@dataclass(frozen=True)
class Step:
    """Where a step stands in the figures.

    `terms` go from the shortest to the longest. `aside` does not count: who did not
    want it, or had nothing to wait for. What is not known yet counts as longer, so that
    the quick ones, which are known first, do not make it look better than it is.
    """

    table: str
    terms: tuple[str, ...]
    aside: frozenset[str] = frozenset()


TALK = frozenset({"declined", UNKNOWN})
STEPS = {
    "first_contact": Step("T8A", TERMS),
    "reaction": Step("T8B", TERMS, frozenset({"not_done"})),
    "reception_talk": Step("T8C", TERMS),
    "check_two_weeks": Step("T8D", ("on_time",), TALK),
    "check_six_weeks": Step("T8E", ("on_time",), TALK),
    "closing": Step("T8F", ("four_weeks", "three_months", "half_year")),
}


def usual_waits() -> UsualWaits:
    """The median waits of the newest year in force; none without a release."""
    release = Release.objects.in_force().defer("ledger", "findings", "report").first()
    if release is None:
        return UsualWaits()
    try:
        found = {name: wait_in(release.snapshot, step) for name, step in STEPS.items()}
    except PlanGone:
        # She who waits is not told of it; analysts are, on every page of figures.
        return UsualWaits()
    told = {name: wait for name, wait in found.items() if wait is not None}
    return UsualWaits(release.period, release.is_provisional, told)


def wait_in(snapshot: Snapshot, step: Step) -> UsualWait | None:
    """What a release says of a step in the middle.

    None where a number is kept back, too few are counted, or half are not known.
    """
    plan = plan_named(snapshot["planDigest"])
    table = next((t for t in plan.tables if t.code == step.table), None)
    numbers = _numbers(snapshot["tables"], step)
    if table is None or None in numbers.values():
        return None
    whole = sum(_some(numbers, numbers))
    if whole < plan.share_from:
        return None
    return _median(numbers, whole, step, table)


def _numbers(tables: Iterable[dict[str, Any]], step: Step) -> dict[str, int | None]:
    """The rows that count; an older release without the table counts nothing."""
    for found in tables:
        if found["code"] == step.table:
            rows = zip(found["rows"], found["rowTotals"], strict=True)
            return {code: number for code, number in rows if code not in step.aside}
    return {}


def _some(numbers: dict[str, int | None], codes: Iterable[str]) -> Iterable[int]:
    return (numbers.get(code) or 0 for code in codes)


def _median(
    numbers: dict[str, int | None], whole: int, step: Step, table: Table
) -> UsualWait | None:
    for last, term in enumerate(step.terms, start=1):
        if 2 * sum(_some(numbers, step.terms[:last])) >= whole:
            return UsualWait(table.rows.label_of(term))
    surely_longer = set(numbers) - {*step.terms, UNKNOWN}
    longer = 2 * sum(_some(numbers, surely_longer)) > whole
    return UsualWait() if longer else None
