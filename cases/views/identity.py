"""Who the reporter is: known to the handlers, or behind a custodian's yes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import ReasonForm
from cases.models import Case, Purpose
from cases.services import Standing
from cases.views.page import case_page_context, find_case
from cases.views.telling import lines_of
from weerbaar.accounts import second_factor
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

# A confidential name that opens now asks for a second factor of a moment ago.
GUARDED = {Standing.WHOLE, Standing.LENT}


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: StaffRequest, reference: str) -> HttpResponse:
    """Ask for the name with a reason; after a yes, see it. The reporter is told."""
    case = find_case(request, reference)
    standing = _standing(request, case)
    if standing in GUARDED and not second_factor.is_fresh(request):
        return second_factor.ask(request)
    context = case_page_context(request, reference, "overview")
    asks = standing in {Standing.TO_ASK, Standing.WHOLE}
    form = ReasonForm((request.POST or None) if asks else None)
    if request.method == "POST":
        if standing == Standing.TO_ASK and form.is_valid():
            return _ask(request, case, form.cleaned_data["reason"])
        if _may_show(standing, form):
            context["lines"] = lines_of(_opened(request, case, form))
    mine = case.approvals.filter(purpose=Purpose.IDENTITY, asked_by=request.user)
    context |= {"form": form, "standing": standing, "asked": mine.last()}
    return render(request, "cases/identity.html", context)


def _standing(request: StaffRequest, case: Case) -> Standing:
    named = services.header_of(case, request.keyring).anonymity == "named"
    return services.standing_of(case, by=request.user, named=named, now=timezone.now())


def _may_show(standing: Standing, form: ReasonForm) -> bool:
    return standing in {Standing.NAMED, Standing.LENT} or (
        standing == Standing.WHOLE and form.is_valid()
    )


def _doing(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "keyring": request.keyring, "now": timezone.now()}


def _opened(request: StaffRequest, case: Case, form: ReasonForm) -> dict[str, Any]:
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return services.open_identity(case, reason=reason, **_doing(request))


def _ask(request: StaffRequest, case: Case, reason: str) -> HttpResponse:
    services.ask(case, Purpose.IDENTITY, reason, **_doing(request))
    messages.success(request, _("Your request waits for the custodian."))
    return redirect("case-identity", case.reference)
