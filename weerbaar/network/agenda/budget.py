"""The money of a year: what there is, what is committed, what is left."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum

from weerbaar.network.agenda.models import Activity, BudgetYear
from weerbaar.network.agenda.workflow import ActivityState


@dataclass(frozen=True)
class Budget:
    """A year's money in whole euros."""

    year: int
    total: int
    committed: int

    @property
    def left(self) -> int:
        return self.total - self.committed


def budget_of(year: int) -> Budget:
    """The budget of a year; before the first commitment what the setting says."""
    known = BudgetYear.objects.filter(pk=year).first()
    return _reckon(year, known.euros if known else settings.NETWORK_BUDGET)


def lock_budget(year: int) -> Budget:
    """The same, held until the transaction ends: two cannot spend the last euro.

    The amount of a year is fixed by its first commitment: a later setting changes no
    year that has begun.
    """
    BudgetYear.objects.get_or_create(
        pk=year, defaults={"euros": settings.NETWORK_BUDGET}
    )
    held = BudgetYear.objects.select_for_update().get(pk=year)
    return _reckon(year, held.euros)


def _reckon(year: int, total: int) -> Budget:
    spent = Activity.objects.filter(theme__year=year).exclude(
        state=ActivityState.CANCELLED
    )
    return Budget(year, total, spent.aggregate(euros=Sum("euros"))["euros"] or 0)
