"""Promises of a case: kept, not kept, moved, no longer needed, and new."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases import services
from cases.forms import MissForm, MoveForm, TaskForm
from cases.models import Commitment
from cases.views.overview import promise_line, promises_of
from cases.views.page import case_page_context
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.forms import Form
from weerbaar.web.refusals import InvalidInput

SAID = {
    "keep": _("The promise is kept."),
    "miss": _("The promise was not kept. The reason is saved."),
    "move": _("The promise has a new day."),
    "cancel": _("The promise is no longer needed."),
}


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def promises(request: StaffRequest, reference: str) -> HttpResponse:
    """All promises of the case, and a form for a new task."""
    form = TaskForm(request.POST or None)
    context = case_page_context(request, reference, "overview") | {"form": form}
    case = context["case"]
    if request.method == "POST" and form.is_valid():
        services.make_task(
            case,
            form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        messages.success(request, _("The task is added."))
        return redirect("case-promises", case.reference)
    context["promises"] = promises_of(case, request.keyring)
    return render(request, "cases/promises.html", context)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """One promise: what became of it. Raises AlreadySettled."""
    context = case_page_context(request, reference, "overview")
    found = get_object_or_404(context["case"].commitments.select_related("case"), pk=pk)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    forms: dict[str, Form] = {
        "miss": MissForm(request.POST if verb == "miss" else None),
        "move": MoveForm(request.POST if verb == "move" else None),
    }
    if verb and verb not in SAID:
        raise InvalidInput
    form = forms.get(verb)
    if verb and (form is None or form.is_valid()):
        _settle(request, found, verb, form)
        messages.success(request, SAID[verb])
        return redirect("case", reference)
    context |= {
        "line": promise_line(found, request.keyring),
        "miss_form": forms["miss"],
        "move_form": forms["move"],
        "form": form,
    }
    return render(request, "cases/promise.html", context)


def _settle(
    request: StaffRequest, found: Commitment, verb: str, form: Form | None
) -> None:
    by, now = request.user, timezone.now()
    match verb:
        case "keep":
            services.keep(found, by=by, now=now)
        case "cancel":
            services.cancel(found, by=by, now=now)
        case "miss" if form is not None:
            reason = form.cleaned_data["reason"]
            services.miss(found, reason=reason, by=by, keyring=request.keyring, now=now)
        case "move" if form is not None:
            services.move(found, due_on=form.cleaned_data["due_on"], by=by, now=now)
