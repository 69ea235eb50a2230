"""Which periods are due to be counted, and asking the worker to count."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.contributions.models import FigureYear
from weerbaar.network.models import Release
from weerbaar.network.periods import (
    QUARTERS,
    is_due,
    newest_ripe,
    once_more_from,
    ripe_quarters,
)
from weerbaar.network.permissions import may_check
from weerbaar.outbox.models import Message
from weerbaar.outbox.services import enqueue
from weerbaar.web.refusals import InvalidInput, NotAllowed, NotPossibleNow

TASK = "network.tabulate"


class NotYet(NotPossibleNow):
    """The period was published, and its second release is not due."""

    title = _("These figures were published")


def count_due(*, now: datetime) -> None:
    """Have counted what is ripe: each period once, and a whole year once more.

    The second count of a year comes when its corrections are in, also when there were
    none: only then it becomes definitive.
    """
    today = timezone.localdate(now)
    year, quarters = newest_ripe(today)
    counted = set(Release.objects.values_list("year", "quarters"))
    ripe = {(year - 1, QUARTERS), (year, quarters)}
    due = {one for one, _quarters in ripe - counted}
    due |= {one for one in (year, year - 1) if _settled_uncounted(one, today)}
    for one in sorted(due):
        if _can_count(one):
            _enqueue(one)


def _settled_uncounted(year: int, today: date) -> bool:
    """Is a whole year published, settled, and not counted since?"""
    whole = Release.objects.filter(year=year, quarters=QUARTERS)
    from_day = once_more_from(year, QUARTERS)
    since = whole.filter(made_at__date__gte=from_day)
    return today >= from_day and whole.once_published().exists() and not since.exists()


def _can_count(year: int) -> bool:
    """Whether a year has begun, and its figures are not final."""
    return FigureYear.objects.filter(pk=year, final_on=None).exists()


def ask_count(year: int, *, by: User, now: datetime) -> None:
    """Have the worker count a year again, with what came in since.

    A page cannot count: only the worker has the year's Secret. Raises NotAllowed,
    InvalidInput for a year that never began, and NotYet with the day from which the
    period may be counted for its second release.
    """
    if not may_check(None, by):
        raise NotAllowed
    if not FigureYear.objects.filter(pk=year).exists():
        raise InvalidInput
    today = timezone.localdate(now)
    quarters = ripe_quarters(year, today)
    if not may_count(year, quarters, today):
        day = once_more_from(year, quarters)
        raise NotYet(
            _(
                "What came in since is counted with the next quarter, or for the "
                "definitive figures from %(day)s on."
            )
            % {"day": date_format(day, "j F Y")}
        )
    if _can_count(year):
        _enqueue(year)


def may_count(year: int, quarters: int, today: date) -> bool:
    """May a release of this period be made today, for the first or second time?"""
    published = Release.objects.times_published(year, quarters)
    return is_due(published, year=year, quarters=quarters, counted_on=today)


def _enqueue(year: int) -> None:
    """Ask once: a count that still waits takes in whatever came since."""
    waiting = Message.objects.filter(task=TASK, ref=str(year), done_at=None)
    if not waiting.exists():
        enqueue(TASK, ref=year)
