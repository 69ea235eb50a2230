"""Which quarters of a year are ripe to be counted, and when a period is released."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# A case is contributed after its assessment: late ones of a quarter get a month's time.
RIPENS = timedelta(days=30)
# Corrections and late reports of a period come in for so long; then it is published for
# the second and last time. For a year that is 30 April.
SETTLES = timedelta(days=120)
QUARTERS = 4
# A period is published provisionally and once more corrected: each further release laid
# beside the others would tell more about single reports (design 8, two vintages).
VINTAGES = 2


def is_due(published: int, *, year: int, quarters: int, counted_on: date) -> bool:
    """May a period be published that was so often already, counted on this day?

    A second release off schedule would be a replacement, and a third one tells more
    than two (statistics 4.5).
    """
    if published == 0:
        return True
    return published < VINTAGES and counted_on >= once_more_from(year, quarters)


def once_more_from(year: int, quarters: int) -> date:
    """The day from which a period may be counted for its second release."""
    return _end(year, quarters) + SETTLES


def ripe_quarters(year: int, today: date) -> int:
    """How many quarters of the year ended at least thirty days ago: 0 to 4."""
    return sum(today - _end(year, quarter) >= RIPENS for quarter in range(1, 5))


def newest_ripe(today: date) -> tuple[int, int]:
    """The year and quarter that can be counted last: 12 May 2026 gives 2026, 1."""
    quarters = ripe_quarters(today.year, today)
    return (today.year, quarters) if quarters else (today.year - 1, QUARTERS)


def open_years(today: date) -> tuple[int, int]:
    """The years for which the network proposes and commits: the next, and this."""
    return (today.year + 1, today.year)


def _end(year: int, quarter: int) -> date:
    month = quarter * 3
    return date(year, month, monthrange(year, month)[1])


def period_of(year: int, quarters: int) -> str:
    """A year up to a quarter, in words."""
    months = {1: _("March"), 2: _("June"), 3: _("September")}
    if quarters not in months:
        return str(year)
    return gettext("January to %(month)s %(year)s") % {
        "month": months[quarters],
        "year": year,
    }
