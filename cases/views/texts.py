"""Standard texts: those of the organisation, and beginning a text with one (H-9)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import StandardTextForm
from cases.guidance.texts import FIELDS
from cases.models import Case, StandardText
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in


def beginnings(request: StaffRequest, case: Case, kind: str) -> dict[str, Any]:
    """The texts to begin with, and the chosen one filled in; nothing is sent by it."""
    texts = services.texts_for(case, kind)
    chosen = next((t for t in texts if str(t.pk) == request.GET.get("tekst")), None)
    begin = services.fill_in(chosen, case, by=request.user) if chosen else ""
    return {"texts": texts, "begin": begin}


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: StaffRequest) -> HttpResponse:
    """The texts of each organisation; one without any can begin with ours."""
    teams = request.user.organisations(Permission.HANDLE_CASES)
    if request.method == "POST":
        team = _team(teams, request.POST.get("team", ""))
        services.add_examples(team, by=request.user, now=timezone.now())
        return redirect("texts")
    found = StandardText.objects.visible_to(request.user)
    context = {"teams": [(o, [t for t in found if t.organisation == o]) for o in teams]}
    return render(request, "cases/texts.html", context)


def _team(teams: list[Organisation], posted: str) -> Organisation:
    """One of one's own organisations. Raises Http404 for another."""
    for team in teams:
        if str(team.pk) == posted:
            return team
    raise Http404


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_text(request: StaffRequest, team: UUID) -> HttpResponse:
    """Write a new text for one's organisation."""
    teams = request.user.organisations(Permission.HANDLE_CASES)
    organisation = _team(teams, str(team))
    return _edit(request, StandardText(organisation=organisation))


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def one_text(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change or remove a text. Raises EditConflict for the second of two writers."""
    visible = StandardText.objects.visible_to(request.user)
    text = get_object_or_404(visible.select_related("organisation"), pk=pk)
    if request.POST.get("verb") == "remove":
        services.remove_text(text, by=request.user, now=timezone.now())
        messages.success(request, _("The text is removed."))
        return redirect("texts")
    return _edit(request, text)


def _edit(request: StaffRequest, text: StandardText) -> HttpResponse:
    shown = {name: getattr(text, name) for name in ("kind", "title", "body")}
    form = StandardTextForm(
        request.POST or None, initial={**shown, "revision": text.revision}
    )
    if form.is_valid():
        read = form.cleaned_data.pop("revision")
        for name, value in form.cleaned_data.items():
            setattr(text, name, value)
        services.keep_text(text, by=request.user, now=timezone.now(), revision=read)
        messages.success(request, _("The text is kept."))
        return redirect("texts")
    context = {"form": form, "text": text, "fields": FIELDS.items()}
    return render(request, "cases/text.html", context)
