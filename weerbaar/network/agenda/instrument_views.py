"""Instruments that members propose, check and publish."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.agenda.catalogue import as_shown
from weerbaar.network.agenda.forms import InstrumentForm
from weerbaar.network.agenda.instrument_models import NetworkInstrument
from weerbaar.network.agenda.permissions import may_decide
from weerbaar.network.agenda.workflow import InstrumentState
from weerbaar.network.views.taking import Verbs, take_posted
from weerbaar.steps import offers
from weerbaar.web.access import StaffRequest, signed_in

VERBS: Verbs = {
    "check_content": (services.check_instrument, _("Checked. It can be published.")),
    "check_again": (services.check_instrument, _("Checked again.")),
    "publish_instrument": (
        services.publish_instrument,
        _("The instrument stands in the catalogue."),
    ),
    "end_instrument": (services.end_instrument, _("It is off the list.")),
}


@signed_in(Permission.TAKE_PART)
@require_safe
def instruments(request: StaffRequest) -> HttpResponse:
    """What waits for a check or for publication, and what is published."""
    today = timezone.localdate()
    visible = NetworkInstrument.objects.visible_to(request.user)
    standing = visible.exclude(state=InstrumentState.WITHDRAWN)
    found = list(standing.select_related("organisation"))
    context = {
        "waiting": [one for one in found if one.state != InstrumentState.PUBLISHED],
        "published": [
            (one, one.is_stale(today))
            for one in found
            if one.state == InstrumentState.PUBLISHED
        ],
    }
    return render(request, "network/instruments.html", context)


@signed_in(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """Propose an instrument; somebody else checks it."""
    form = InstrumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.propose_instrument(
            by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Proposed. Somebody else checks it now."))
        return redirect("network-instrument", made.pk)
    return render(request, "network/instrument_form.html", {"form": form})


@signed_in(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def instrument(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One instrument, who checked it, and what this person can do. Raises Http404."""
    visible = NetworkInstrument.objects.visible_to(request.user)
    found = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        take_posted(request, found, VERBS)
        return redirect("network-instrument", found.pk)
    context = {
        "instrument": found,
        "shown": as_shown(found, timezone.localdate()),
        "offers": offers(found, by=request.user),
        "can_publish": may_decide(found, request.user),
        "waits_for_other": found.state == InstrumentState.PROPOSED
        and found.proposed_by_id == request.user.pk,
    }
    return render(request, "network/instrument.html", context)
