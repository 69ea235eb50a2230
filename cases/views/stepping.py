"""One step page for every step of the workflow, drawn from the table (H-4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import guidance, services
from cases.forms import for_reporter, step_form
from cases.header import Header
from cases.models import Case
from cases.views.page import case_page_context
from cases.views.texts import beginnings
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
    context = _context(request, reference, name)
    offer, form = context["offer"], context["form"]
    action = request.POST.get("action", "")
    if not offer.possible or not form.is_valid() or action == "edit":
        return render(request, "cases/step.html", context)
    context["answers"] = form.answers
    if _must_confirm(offer, action, reaches=context["reaches"]):
        return render(request, "cases/step_confirm.html", context)
    services.step(
        context["case"],
        name,
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        **form.answers,
    )
    messages.success(request, _("Done: %(step)s.") % {"step": offer.label})
    return redirect("case", context["case"].reference)


def _context(request: StaffRequest, reference: str, name: str) -> dict[str, Any]:
    """The case, the step with its form, and what to know beside it."""
    context = case_page_context(request, reference, "overview")
    case = context["case"]
    context |= _beside(case, context["header"], name) | {
        "offer": _offer(case, name, request),
        "wish": services.current_wish(case, request.keyring),
        "reaches": services.reaches_reporter(case),
    }
    words = context["offer"].step.words
    if words and words.to_reporter:
        context |= beginnings(request, case, words.kind)
    context["form"] = step_form(
        request.POST if request.method == "POST" else None,
        name=name,
        step=context["offer"].step,
        wish=context["wish"],
        instruments=for_reporter(case, context["guidance"]),
        begin=context.get("begin", ""),
    )
    return context


def _must_confirm(offer: Offer, action: str, *, reaches: bool) -> bool:
    """Nothing goes to the reporter without being seen once more (H-8)."""
    words = offer.step.words
    return bool(words and words.to_reporter and reaches and not action)


def _beside(case: Case, header: Header, name: str) -> dict[str, Any]:
    """What to know at this step: the protocol, who can help, what the law may say."""
    return {
        "article": guidance.article(name),
        "offences": guidance.offence_hints(header),
        "guidance": guidance.proposals(
            header, case.kind, case.state, province=case.organisation.province
        ),
    }
