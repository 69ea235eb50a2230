"""Reading the figures: what the network published, never anything else (N-1, N-3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weerbaar.accounts.roles import Permission
from weerbaar.network.agenda.permissions import may_take_part
from weerbaar.network.charts import charts
from weerbaar.network.dashboard import telling
from weerbaar.network.exports import explained, reading, rounding
from weerbaar.network.figures import figures, topic_part
from weerbaar.network.models import PriorityTheme, Release
from weerbaar.network.permissions import may_check
from weerbaar.network.plan import BOUND
from weerbaar.network.publishing import files_of
from weerbaar.network.views.finding import table_in_force, year_in_force
from weerbaar.web.access import StaffRequest, signed_in

READS = Permission.READ_FIGURES


@signed_in(READS)
@require_safe
def overview(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """The figures in force of a year, or of the newest. Raises Http404, Withdrawn."""
    visible = Release.objects.visible_to(request.user)
    in_force = list(visible.in_force())
    newest = in_force[0] if in_force else None
    release = newest if year is None else year_in_force(visible, year)
    context = _explained(request, release) | {
        "release": release,
        "withdrawn": visible.withdrawn_since(newest) if year is None else [],
        "others": [r for r in in_force if r != release],
        "telling": telling(release.snapshot) if release else [],
        "figures": list(figures(release.snapshot)) if release else [],
        "themes": _themes(release) if release else [],
    }
    return render(request, "network/overview.html", context)


@signed_in(READS)
@require_safe
def table(request: StaffRequest, year: int, code: str) -> HttpResponse:
    """One table: a sentence, a chart, the numbers, the files.

    Raises Http404, Withdrawn.
    """
    release, found = table_in_force(
        Release.objects.visible_to(request.user), year, code
    )
    context = _explained(request, release) | {
        "release": release,
        "figure": found,
        "charts": charts(found),
        "files": files_of(release, found.code),
    }
    return render(request, "network/table.html", context)


def _explained(request: StaffRequest, release: Release | None) -> dict[str, Any]:
    bound = release.bound if release else BOUND
    return {
        "rounding": rounding(bound),
        "reading": reading(),
        "explained": explained(bound),
        "is_analyst": may_check(None, request.user),
        "takes_part": may_take_part(None, request.user),
    }


def _themes(release: Release) -> list[dict[str, Any]]:
    """The themes of the year beside their number of reports, where one is counted."""
    return [
        {"theme": theme, "part": topic_part(release.snapshot, theme.topic)}
        for theme in PriorityTheme.objects.named().filter(year=release.year)
    ]
