"""A year of figures: its Secret is made once, kept by the worker, and destroyed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import open_year
from weerbaar.vault.core import Secret

# From this month on the year to come stands ready, so that New Year loses nothing.
AHEAD_FROM = 12


def begin_years(
    keep: Callable[[int, Secret], object], *, now: datetime, since: int | None = None
) -> list[int]:
    """Begin every year that should have begun; `keep` lays each Secret away.

    Safe to run twice: a year that has begun keeps its Secret. Whatever `keep` raises
    leaves that year unbegun.
    """
    today = timezone.localdate(now)
    last = today.year + (today.month >= AHEAD_FROM)
    wanted = range(since or today.year, last + 1)
    return [year for year in wanted if _begin(year, keep, today)]


@transaction.atomic
def _begin(year: int, keep: Callable[[int, Secret], object], today: date) -> bool:
    if FigureYear.objects.filter(pk=year).exists():
        return False
    # The row first: who comes second fails on it, before a file is overwritten.
    keep(year, open_year(year, today=today))
    return True


@dataclass(frozen=True)
class FinalYear:
    """A year whose figures are final, and the day its Secret goes or went."""

    year: int
    day: date
    is_gone: bool
    # It should have gone, and nothing says that it did.
    is_late: bool


def final_years(today: date) -> list[FinalYear]:
    """What analysts are told of the Secrets that end, the newest year first."""
    grace = timedelta(days=settings.FIGURES_GRACE_DAYS)
    found = [
        (one, one.key_gone_on or one.final_on + grace)
        for one in FigureYear.objects.order_by("-year")
        if one.final_on
    ]
    return [
        FinalYear(
            one.pk, day, bool(one.key_gone_on), not one.key_gone_on and day < today
        )
        for one, day in found
    ]


def destroy_keys(destroy: Callable[[int], object], *, now: datetime) -> list[int]:
    """Destroy the Secret of each year that was final for long enough; gives the years.

    From then on no contribution and no ledger of the year opens, for nobody; figures
    remain. Safe to run twice: what was destroyed and not yet noted is destroyed again.
    """
    today = timezone.localdate(now)
    last = today - timedelta(days=settings.FIGURES_GRACE_DAYS)
    over = FigureYear.objects.filter(final_on__lte=last, key_gone_on=None)
    return [year.pk for year in over.order_by("pk") if _destroy(year, destroy, now)]


@transaction.atomic
def _destroy(
    year: FigureYear, destroy: Callable[[int], object], now: datetime
) -> FigureYear:
    year = FigureYear.objects.select_for_update().get(pk=year.pk)
    # The file first: a note of what did not happen would end every further try.
    destroy(year.pk)
    year.key_gone_on = timezone.localdate(now)
    year.save(update_fields=["key_gone_on"])
    record(Kind.FIGURES_KEY_DESTROYED, year, by=SYSTEM, now=now, year=year.pk)
    return year
