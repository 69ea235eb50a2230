"""What the pages of the network's work show: a year, and one theme with its figures."""

from typing import Any

from django.utils import timezone

from weerbaar.accounts.models import User
from weerbaar.network.agenda.budget import budget_of as budget_of
from weerbaar.network.agenda.models import Activity, PriorityTheme
from weerbaar.network.agenda.permissions import may_decide, partner_of
from weerbaar.network.agenda.workflow import ActivityState, ThemeState
from weerbaar.network.figures import topic_part
from weerbaar.network.models import Release
from weerbaar.network.periods import open_years
from weerbaar.network.planning import PlanGone
from weerbaar.steps import offers


def year_page(year: int, *, user: User) -> dict[str, Any]:
    """A year's budget, named themes with figures and activities, and proposals."""
    visible = PriorityTheme.objects.visible_to(user).select_related("organisation")
    of_year = visible.prefetch_related("activities", "supports__organisation")
    releases = list(Release.objects.visible_to(user).in_force())
    return {
        "year": year,
        "budget": budget_of(year),
        "themes": [
            _shown(theme, releases) for theme in of_year.named().filter(year=year)
        ],
        "proposals": of_year.proposed().filter(year=year),
        "others": sorted(
            set(visible.values_list("year", flat=True)) - {year}, reverse=True
        ),
        "partner": partner_of(user),
    }


def theme_page(theme: PriorityTheme, *, user: User) -> dict[str, Any]:
    """One theme: its support, figures, activities, and what this person can do."""
    partner, offered = partner_of(user), offers(theme, by=user)
    supports = list(theme.supports.select_related("organisation", "given_by"))
    is_proposed = theme.state == ThemeState.PROPOSED
    is_possible = any(offer.possible for offer in offered)
    releases = list(Release.objects.visible_to(user).in_force())
    return _shown(theme, releases) | {
        "supports": supports,
        "partner": partner,
        "has_support": any(one.organisation == partner for one in supports),
        "is_proposed": is_proposed,
        "is_named": theme.state == ThemeState.NAMED,
        "offers": offered,
        "can_act": is_possible or (is_proposed and partner is not None),
        "can_decide": may_decide(theme, user),
        "budget": budget_of(theme.year),
        "is_open": theme.year in open_years(timezone.localdate()),
    }


def _shown(theme: PriorityTheme, releases: list[Release]) -> dict[str, Any]:
    activities: list[Activity] = list(theme.activities.all())
    standing = [one for one in activities if one.state != ActivityState.CANCELLED]
    return {
        "theme": theme,
        "activities": activities,
        "committed": sum(one.euros for one in standing),
        "figure": _figure(theme, releases),
    }


def _figure(theme: PriorityTheme, releases: list[Release]) -> dict[str, Any] | None:
    """How many reports were about its topic, of its year or of the newest before it."""
    until = [one for one in releases if one.year <= theme.year]
    if not theme.topic or not until:
        return None
    release = until[0]
    try:
        return {
            "year": release.year,
            "part": topic_part(release.snapshot, theme.topic),
        }
    except PlanGone:
        # The work goes on without its figure; who reads figures is told why.
        return None
