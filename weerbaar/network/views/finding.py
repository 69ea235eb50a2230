"""Finding what a page of the figures is about."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from weerbaar.network.figures import Figure, figure
from weerbaar.network.models import Release
from weerbaar.network.models.release import ReleaseQuerySet


def table_in_force(
    releases: ReleaseQuerySet, year: int, code: str
) -> tuple[Release, Figure]:
    """A table of a year among the releases that somebody may read. Raises Http404."""
    release = get_object_or_404(releases.in_force(), year=year)
    try:
        return release, figure(release.snapshot, code.upper())
    except KeyError:
        raise Http404 from None
