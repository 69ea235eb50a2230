"""Beginning a year of figures: its Secret is made once and kept by the worker."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

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
