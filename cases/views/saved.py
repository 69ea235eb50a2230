"""Kept views of the worklist: their links, keeping one, and removing one (H-2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases import services
from cases.models import View
from cases.workflow import State
from weerbaar import codes
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import InvalidInput

OWN = "own"


def address_of(view: View) -> str:
    """An address holds the id of a view, never what it looks for."""
    return f"{reverse('worklist')}?weergave={view.pk}"


def chosen_view(request: StaffRequest) -> View | None:
    """The view in the address. Raises Http404 when it is not hers to use."""
    asked = request.GET.get("weergave")
    if asked is None:
        return None
    try:
        wanted = UUID(asked)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(View.objects.visible_to(request.user), pk=wanted)


def links(
    request: StaffRequest, current: View | None, tabs: dict[str, Any]
) -> list[dict[str, Any]]:
    """The kept views as links, each named by what it narrows."""
    return [
        {
            "url": address_of(view),
            "label": label_of(view, tabs),
            "is_team": view.organisation_id is not None,
            "is_current": current == view,
        }
        for view in View.objects.visible_to(request.user)
    ]


def label_of(view: View, tabs: dict[str, Any]) -> str:
    """What a view shows, in the words of its codes."""
    parts = [
        tabs.get(view.tab, ""),
        State(view.state).label if view.state in State.values else "",
        codes.label("severity_levels", view.severity),
        codes.label("incident_types", view.incident_type),
    ]
    return " · ".join(capfirst(str(part)) for part in parts if part)


def keep(request: StaffRequest, tab: str, narrowing: dict[str, str]) -> HttpResponse:
    """Keep what the list is narrowed by, for oneself or for a team."""
    wanted = request.POST["keep"]
    teams = request.user.organisations(Permission.HANDLE_CASES)
    team = next((o for o in teams if str(o.pk) == wanted), None)
    if team is None and wanted != OWN:
        raise InvalidInput
    view = services.keep_view(
        tab, narrowing, by=request.user, now=timezone.now(), team=team
    )
    messages.success(request, _("This view is kept."))
    return redirect(address_of(view))


@signed_in(Permission.HANDLE_CASES)
@require_POST
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Remove a view; the cases in it stay as they are."""
    view = get_object_or_404(View.objects.visible_to(request.user), pk=pk)
    services.drop_view(view, by=request.user, now=timezone.now())
    messages.success(request, _("The view is removed."))
    return redirect("worklist")
