"""The handler's tab of aftercare: the offer, the check-ins, and how it ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from aftercare import services
from aftercare.forms import ConcludeForm, HoldForm, MissForm, NotReachedForm
from aftercare.models import CheckIn, Plan
from aftercare.workflow import CheckInState, PlanState
from cases import services as cases
from cases.clocks import talk_on
from cases.forms import MoveForm
from cases.models import Case
from cases.views import case_page_context
from weerbaar import codes
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.forms import Form
from weerbaar.web.refusals import InvalidInput, NotPossibleNow

SAID = {
    "offer": _("Aftercare is offered."),
    "accept": _("The check-ins are planned. Each is a promise of this case."),
    "decline": _("It is recorded that there is no aftercare."),
    "conclude": _("The aftercare is concluded."),
    "hold": _("The talk is recorded."),
    "miss": _("It is recorded that the talk did not take place."),
    "move": _("The talk has another day."),
    "cancel": _("The check-in is cancelled."),
}
# Partners to whom the way leads; we screen nobody (domain 5).
WAYS = ("gp_occupational_physician", "arq_ivp", "victim_support", "support_team_nwb")


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def aftercare(request: StaffRequest, reference: str) -> HttpResponse:
    """The plan of a case, its check-ins with the answers, and the next step."""
    context = case_page_context(request, reference, "aftercare")
    case, plan = context["case"], services.current_plan(context["case"])
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    form = _form(request, plan, verb)
    if verb and (form is None or not form.is_bound or form.is_valid()):
        _do(request, case, plan, verb, form)
        messages.success(request, SAID[verb])
        return redirect("case-aftercare", case.reference)
    context |= _page(request, case, plan) | {"form": form}
    return render(request, "aftercare/aftercare.html", context)


def _form(request: StaffRequest, plan: Plan | None, verb: str) -> Form | None:
    if plan is None:
        return None
    if plan.state == PlanState.OFFERED:
        return NotReachedForm(request.POST if verb == "decline" else None)
    if plan.state == PlanState.ACTIVE:
        return ConcludeForm(request.POST if verb == "conclude" else None)
    return None


def _page(request: StaffRequest, case: Case, plan: Plan | None) -> dict[str, Any]:
    today = timezone.localdate()
    opened = services.open_for_handler(case, request.keyring)
    running = plan is not None and plan.state in {PlanState.OFFERED, PlanState.ACTIVE}
    days = plan.days if running and plan else case.organisation.aftercare_days
    start = (plan.started_on or plan.offered_on) if running and plan else today
    return {
        "plan": plan,
        "may_offer": not running and case.state != "closed",
        "days": [talk_on(start, days_after) for days_after in sorted(days)],
        "check_ins": [(one, one.is_overdue(today)) for one in opened],
        "offers": {o.name: o for o in offers(plan, by=request.user)} if plan else {},
        "reaches": cases.reaches_reporter(case),
        "ways": [codes.get("partners", code) for code in WAYS],
    }


def _do(
    request: StaffRequest, case: Case, plan: Plan | None, verb: str, form: Form | None
) -> None:
    by, keyring, now = request.user, request.keyring, timezone.now()
    if verb not in {"offer", "accept", "decline", "conclude"}:
        raise InvalidInput
    if verb == "offer":
        services.offer(case, by=by, now=now)
    elif plan is None or (form is None and verb != "accept"):
        raise NotPossibleNow
    elif verb == "accept":
        services.respond_to_offer(plan, accept=True, by=by, now=now, keyring=keyring)
    elif form is not None and form.is_bound:
        outcome = form.cleaned_data["outcome"]
        services.conclude(plan, outcome=outcome, by=by, keyring=keyring, now=now)
    else:
        raise NotPossibleNow


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """One check-in: held, not held, or no longer needed."""
    context = case_page_context(request, reference, "aftercare")
    mine = CheckIn.objects.visible_to(request.user).filter(case=context["case"])
    found = get_object_or_404(mine.select_related("case", "plan"), pk=pk)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    forms: dict[str, Form] = {
        "hold": HoldForm(request.POST if verb == "hold" else None),
        "miss": MissForm(request.POST if verb == "miss" else None),
        "move": MoveForm(request.POST if verb == "move" else None),
    }
    form = forms.get(verb)
    if verb and (form is None or form.is_valid()):
        _settle(request, found, verb, form)
        messages.success(request, SAID[verb])
        return redirect("case-aftercare", context["case"].reference)
    context |= {
        "check_in": found,
        "is_planned": found.state == CheckInState.PLANNED,
        "hold_form": forms["hold"],
        "miss_form": forms["miss"],
        "move_form": forms["move"],
        "form": form,
    }
    return render(request, "aftercare/check_in.html", context)


def _settle(
    request: StaffRequest, found: CheckIn, verb: str, form: Form | None
) -> None:
    by, keyring, now = request.user, request.keyring, timezone.now()
    match verb:
        case "hold" if form is not None:
            note = form.cleaned_data["note"]
            services.hold(found, note=note, by=by, keyring=keyring, now=now)
        case "miss" if form is not None:
            reason = form.cleaned_data["reason"]
            services.miss(found, reason=reason, by=by, keyring=keyring, now=now)
        case "move" if form is not None:
            services.move(found, due_on=form.cleaned_data["due_on"], by=by, now=now)
        case "cancel":
            services.cancel(found, by=by, now=now)
        case _:
            raise InvalidInput
