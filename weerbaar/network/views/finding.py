"""Finding what a page of the figures is about."""

from django.http import Http404

from weerbaar.network.figures import Figure, figure
from weerbaar.network.models import Release
from weerbaar.network.models.release import ReleaseQuerySet


def year_in_force(releases: ReleaseQuerySet, year: int) -> Release:
    """The figures of a year among the releases that somebody may read.

    Raises Http404, and Withdrawn where those of the year were taken back: who comes
    back to an address reads why nothing is there.
    """
    of_year = releases.once_published().filter(year=year)
    if found := of_year.in_force().first():
        return found
    for gone in of_year.order_by("-published_at"):
        gone.check_shown()
    raise Http404


def table_in_force(
    releases: ReleaseQuerySet, year: int, code: str
) -> tuple[Release, Figure]:
    """A table of a year among the releases that somebody may read.

    Raises Http404, Withdrawn.
    """
    release = year_in_force(releases, year)
    try:
        return release, figure(release.snapshot, code.upper())
    except KeyError:
        raise Http404 from None
