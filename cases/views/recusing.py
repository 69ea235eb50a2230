"""Somebody is concerned in a case: oneself, also without opening it, or a colleague."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import KeepOutForm, StepAsideForm
from cases.models import Case
from cases.views.page import case_page_context, find_case, today
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

ASIDE = _("You no longer have access to this case. Others go on with it.")
KEPT_OUT = _("%(name)s can no longer see this case.")


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def step_aside(request: StaffRequest) -> HttpResponse:
    """From the list: I am concerned, and do not want to open this case."""
    mine = Case.objects.visible_to(request.user).order_by("reference")
    form = StepAsideForm(request.POST or None, cases=mine)
    if request.method == "POST" and form.is_valid():
        return _recuse(request, form.chosen, request.user, form.cleaned_data["reason"])
    return render(request, "cases/step_aside.html", {"form": form})


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: StaffRequest, reference: str) -> HttpResponse:
    """From the case: somebody is concerned and may not see it any more."""
    case = find_case(request, reference)
    handlers = case.organisation.handlers(today())
    people = [*handlers, *case.organisation.custodians(today())]
    form = KeepOutForm(request.POST or None, by=request.user, people=people)
    if request.method == "POST" and form.is_valid():
        return _recuse(request, case, form.chosen, form.cleaned_data["reason"])
    context = case_page_context(request, reference, "overview") | {"form": form}
    return render(request, "cases/recuse.html", context)


def _recuse(request: StaffRequest, case: Case, whom: User, reason: str) -> HttpResponse:
    by, keyring, now = request.user, request.keyring, timezone.now()
    services.recuse(case, whom, reason, by=by, keyring=keyring, now=now)
    if whom.pk == by.pk:
        messages.success(request, ASIDE)
        return redirect("worklist")
    messages.success(request, KEPT_OUT % {"name": whom.name})
    return redirect("case-people", case.reference)
