"""Exact numbers that became known elsewhere: entered, taken out, and reckoned with."""

from collections.abc import Mapping
from datetime import datetime
from math import inf
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.counting import Cell, cells
from weerbaar.network.models import KnownFact, Release
from weerbaar.network.permissions import may_check
from weerbaar.network.planning import PlanRefused, plan_of
from weerbaar.network.snapshots import cells_of
from weerbaar.network.tables import so_far
from weerbaar.web.refusals import InvalidInput, NotAllowed


class FactRefused(InvalidInput):
    """A known number that cannot be: of no cell, or too far from what was published."""

    title = _("This number cannot be right")


@transaction.atomic
def keep_fact(
    cell: Cell,
    number: int,
    *,
    year: int,
    quarters: int,
    source: str,
    by: User,
    now: datetime,
) -> KnownFact:
    """Enter an exact number that others can know. Raises NotAllowed, FactRefused."""
    if not may_check(None, by):
        raise NotAllowed
    _check_possible(cell, number, year, quarters)
    fact = KnownFact.objects.create(
        year=year,
        quarters=quarters,
        kind=cell.kind,
        at=cell.pairs,
        number=number,
        source=source,
        entered_by=by,
        entered_at=now,
    )
    record(Kind.FACT_KEPT, fact, by=by, now=now, year=year)
    return fact


def _check_possible(cell: Cell, number: int, year: int, quarters: int) -> None:
    if cell not in _told_apart(year, quarters):
        raise FactRefused(
            _("Nothing was kept. The figures of this period do not tell these apart.")
        )
    released = Release.objects.once_published().filter(year=year, quarters=quarters)
    for release in released:
        shown = cells_of(release.snapshot).get(cell)
        if shown is not None and abs(shown - number) > release.bound:
            raise FactRefused(
                _(
                    "Nothing was kept. The network published %(shown)d, which is at "
                    "most %(bound)d from the exact number. Look once more at the "
                    "number, the row, the column and the period."
                )
                % {"shown": shown, "bound": release.bound}
            )


def _told_apart(year: int, quarters: int) -> set[Cell]:
    """The cells that the figures of a period have; none of a year without a plan."""
    try:
        return set(cells(so_far(plan_of(year).tables, quarters)))
    except PlanRefused:
        return set()


@transaction.atomic
def end_fact(fact: KnownFact, *, by: User, now: datetime) -> KnownFact:
    """Take out a number that was mistyped; it stays in the log. Raises NotAllowed."""
    if not may_check(None, by):
        raise NotAllowed
    fact.ended_at = now
    fact.save(update_fields=["ended_at"])
    record(Kind.FACT_ENDED, fact, by=by, now=now, year=fact.year)
    return fact


def known_facts(year: int, quarters: int) -> Mapping[Cell, tuple[float, float]]:
    """What others can know of a period: the least and the most of a cell.

    A number of a shorter period is the least of a longer one: nothing is taken back.
    """
    facts = KnownFact.objects.filter(
        year=year, quarters__lte=quarters, ended_at=None
    ).order_by("quarters", "entered_at")
    return {
        fact.cell: (fact.number, fact.number if fact.quarters == quarters else inf)
        for fact in facts
    }


def told_facts(year: int, quarters: int) -> list[dict[str, Any]]:
    """The same, as the checker reads it."""
    return [
        {
            "kind": cell.kind,
            "at": dict(cell.at),
            "number": least,
            **({} if most == least else {"least": True}),
        }
        for cell, (least, most) in known_facts(year, quarters).items()
    ]
