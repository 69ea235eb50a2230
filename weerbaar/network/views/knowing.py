"""The register of exact numbers that became known elsewhere; for analysts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.figures import cell_label
from weerbaar.network.forms import FactForm
from weerbaar.network.models import KnownFact
from weerbaar.network.periods import period_of
from weerbaar.network.planning import plan_of
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import InvalidInput


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: StaffRequest) -> HttpResponse:
    """What is known elsewhere; a mistake in typing is taken out here."""
    if request.method == "POST":
        chosen = request.POST.get("fact", "")
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 10):
            raise InvalidInput
        found = get_object_or_404(KnownFact, pk=chosen, ended_at=None)
        services.end_fact(found, by=request.user, now=timezone.now())
        messages.success(request, _("The number is taken out."))
        return redirect("figures-known")
    standing = KnownFact.objects.filter(ended_at__isnull=True)
    context = {
        "facts": [
            (one, period_of(one.year, one.quarters), cell_label(one.cell, one.year))
            for one in standing
        ],
        "tables": plan_of(timezone.localdate().year).tables,
    }
    return render(request, "network/known.html", context)


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, code: str) -> HttpResponse:
    """Enter a known number of one table. Raises Http404."""
    tables = {t.code: t for t in plan_of(timezone.localdate().year).tables}
    if code.upper() not in tables:
        raise Http404
    table = tables[code.upper()]
    form = FactForm(request.POST or None, table=table)
    if form.is_valid():
        try:
            services.keep_fact(**form.fact, by=request.user, now=timezone.now())
        except services.FactRefused as refusal:
            form.add_error("number", str(refusal.detail))
        else:
            messages.success(request, _("Kept. The next figures reckon with it."))
            return redirect("figures-known")
    return render(request, "network/known_form.html", {"form": form, "table": table})
