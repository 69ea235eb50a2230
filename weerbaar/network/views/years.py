"""The years beside each other, and beside what the Monitor found (N-4, T12)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.network.exports import reading, rounding
from weerbaar.network.figures import topic_part
from weerbaar.network.models import PriorityTheme, Release
from weerbaar.network.monitor import all_asked, monitor, monitor_chart, sources
from weerbaar.network.plan import BOUND
from weerbaar.network.trend import quarters_of_years, shares_of_years, vintages
from weerbaar.web.access import StaffRequest, signed_in

READS = Permission.READ_FIGURES


@signed_in(READS)
@require_safe
def trend(request: StaffRequest) -> HttpResponse:
    """All years in force side by side, with the themes that were named for each."""
    in_force = _in_force(request.user)
    published = Release.objects.visible_to(request.user).once_published()
    shown = [one for one in published if one.has_numbers]
    compared = [quarters_of_years(in_force), shares_of_years(in_force)]
    context = {
        "years": _years(in_force),
        "compared": [one for one in (*compared, *vintages(shown)) if one],
        "reading": reading(),
        "rounding": rounding(max((one.bound for one in shown), default=BOUND)),
    }
    return render(request, "network/trend.html", context)


@signed_in(READS)
@require_safe
def beside_monitor(request: StaffRequest) -> HttpResponse:
    """Percentages of people asked beside numbers reported: never on one axis."""
    in_force = {one.year: one for one in _in_force(request.user)}
    asked = {one.year: one for one in all_asked()}
    years = sorted({*asked, *in_force}, reverse=True)
    context = {
        "years": [(year, asked.get(year), in_force.get(year)) for year in years],
        "numbers": monitor(),
        "sources": sources().values(),
        "chart": monitor_chart(),
    }
    return render(request, "network/monitor.html", context)


def _in_force(user: User) -> list[Release]:
    """The oldest year first, as a course is read."""
    return list(Release.objects.visible_to(user).in_force().order_by("year"))


def _years(in_force: Sequence[Release]) -> list[dict[str, Any]]:
    """Each year with its release, if any, and the themes named for it."""
    themes: dict[int, list[PriorityTheme]] = {}
    for theme in PriorityTheme.objects.named():
        themes.setdefault(theme.year, []).append(theme)
    releases = {one.year: one for one in in_force}
    return [
        {
            "year": year,
            "release": releases.get(year),
            "themes": [
                (theme, _part(theme, releases.get(year)))
                for theme in themes.get(year, [])
            ],
        }
        for year in sorted({*releases, *themes}, reverse=True)
    ]


def _part(theme: PriorityTheme, release: Release | None) -> str:
    """How many reports of its year were about the theme, where one is counted."""
    if release is None or not theme.topic:
        return ""
    return topic_part(release.snapshot, theme.topic)
