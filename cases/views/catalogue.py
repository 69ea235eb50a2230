"""The instruments: all for who signed in, the public ones for a reporter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import guidance
from cases.forms import CatalogueForm


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The catalogue, filtered by phase, topic and reader; open to everybody."""
    form = CatalogueForm(request.GET or None)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    signed_in = request.user.is_authenticated
    listed = guidance.instruments if signed_in else guidance.public_instruments
    found = listed(
        phase=chosen.get("fase", ""),
        topic=chosen.get("onderwerp", ""),
        audience=chosen.get("voor", ""),
    )
    context = {
        "shell_template": "web/staff_base.html"
        if signed_in
        else "web/reporter_base.html",
        "filter": form,
        "found": found,
        "is_filtered": any(chosen.values()),
    }
    return render(request, "cases/instruments.html", context)
