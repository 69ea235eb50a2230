"""One step page for every step of the workflow, drawn from the table (H-4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import step_form
from cases.models import Case
from cases.views.page import case_page_context
from weerbaar.accounts.roles import Permission
from weerbaar.steps import Offer, StepNotPossible, offers, steps_of
from weerbaar.web.access import StaffRequest, signed_in


def _offer(case: Case, name: str, request: StaffRequest) -> Offer:
    """The step as offered now. Raises Http404 for no such step, StepNotPossible."""
    arrows = steps_of(Case).get(name)
    if not arrows or arrows[0].custom["step"].hidden:
        raise Http404
    for offer in offers(case, by=request.user):
        if offer.name == name:
            return offer
    raise StepNotPossible


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """Ask what the step needs; words for the reporter are shown once more first.

    Raises Http404, StepNotPossible and what the step service raises.
    """
    context = case_page_context(request, reference, "overview")
    case = context["case"]
    offer = _offer(case, name, request)
    wish = services.current_wish(case, request.keyring)
    posted = request.POST if request.method == "POST" else None
    form = step_form(posted, name=name, step=offer.step, wish=wish)
    context |= {
        "offer": offer,
        "form": form,
        "wish": wish,
        "reaches": services.reaches_reporter(case),
    }
    if not offer.possible or posted is None or not form.is_valid():
        return render(request, "cases/step.html", context)
    if _must_confirm(offer, request.POST.get("action", ""), context["reaches"]):
        return render(request, "cases/step_confirm.html", context)
    if request.POST.get("action") == "edit":
        return render(request, "cases/step.html", context)
    services.step(
        case,
        name,
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        **_answers(form.cleaned_data),
    )
    messages.success(request, _("Done: %(step)s.") % {"step": offer.label})
    return redirect("case", case.reference)


def _must_confirm(offer: Offer, action: str, reaches: bool) -> bool:
    """Nothing goes to the reporter without being seen once more (H-8)."""
    words = offer.step.words
    return bool(words and words.to_reporter and reaches and not action)


def _answers(cleaned: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in cleaned.items()}
