"""The network's year: themes proposed and named together, and the money for them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from weerbaar.accounts.roles import Permission
from weerbaar.network import services
from weerbaar.network.agenda import reading
from weerbaar.network.agenda.forms import ActivityForm, ResultForm, ThemeForm
from weerbaar.network.agenda.models import Activity, PriorityTheme
from weerbaar.network.agenda.permissions import may_decide
from weerbaar.network.agenda.workflow import ActivityState
from weerbaar.network.views.taking import Verbs, take_posted
from weerbaar.steps import can_take
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import NotPossibleNow

VERBS: Verbs = {
    "support": (services.give_support, _("Your organisation supports this theme.")),
    "unsupport": (services.end_support, _("The support is taken back.")),
    "choose": (services.name_theme, _("The theme is named.")),
    "pass_over": (services.pass_over, _("The theme is not chosen.")),
    "withdraw": (services.take_theme_back, _("The proposal is taken back.")),
}


@signed_in(Permission.TAKE_PART)
@require_safe
def agenda(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """A year: its budget, the themes named for it, and what is proposed."""
    this = timezone.localdate().year
    page = reading.year_page(year or this, user=request.user)
    context = page | {"this_year": this, "can_decide": may_decide(None, request.user)}
    return render(request, "network/agenda.html", context)


@signed_in(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest) -> HttpResponse:
    """Propose a theme; the own partner supports it at once."""
    form = ThemeForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"year": int(form.cleaned_data["year"])}
        verb, now = services.propose_theme, timezone.now()
        made = _done(form, "topic", verb, by=request.user, now=now, **data)
        if made is not None:
            messages.success(
                request, _("Everybody in the network can read your proposal now.")
            )
            return redirect("network-theme", made.pk)
    return render(request, "network/theme_form.html", {"form": form})


@signed_in(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One theme whole, and what this person can do with it. Raises Http404."""
    found = _theme(request, pk)
    if request.method == "POST":
        take_posted(request, found, VERBS)
        return redirect("network-theme", found.pk)
    page = reading.theme_page(found, user=request.user)
    return render(request, "network/theme.html", page)


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Commit money of the year to an activity. Raises Http404."""
    found, form = _theme(request, pk), ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb, now, data = services.commit_money, timezone.now(), form.cleaned_data
        made = _done(form, "euros", verb, found, by=request.user, now=now, **data)
        if made is not None:
            messages.success(request, _("The money is committed."))
            return redirect("network-theme", found.pk)
    context = {"form": form, "theme": found, "budget": reading.budget_of(found.year)}
    return render(request, "network/activity_form.html", context)


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write the result of an activity, or cancel it. Raises Http404."""
    visible = Activity.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("theme"), pk=pk)
    form = ResultForm(request.POST or None, initial={"result": found.result})
    if request.method == "POST" and _end(request, found, form):
        return redirect("network-theme", found.theme_id)
    context = {
        "form": form,
        "activity": found,
        "can_cancel": can_take(found, "cancel", by=request.user),
        "is_over": found.state == ActivityState.CANCELLED,
    }
    return render(request, "network/activity.html", context)


def _end(request: StaffRequest, activity: Activity, form: ResultForm) -> bool:
    doing: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if request.POST.get("step") == "cancel":
        services.cancel_activity(activity, **doing)
        messages.success(request, _("Cancelled. The money is free again."))
        return True
    if not form.is_valid():
        return False
    services.keep_result(activity, result=form.cleaned_data["result"], **doing)
    messages.success(request, _("The result is kept."))
    return True


def _theme(request: StaffRequest, pk: UUID) -> PriorityTheme:
    visible = PriorityTheme.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("organisation"), pk=pk)


def _done(
    form: BaseForm, field: str, verb: Callable[..., Any], *given: Any, **facts: Any
) -> Any:
    """What the verb made; or None, with its refusal at the field and nothing lost."""
    try:
        return verb(*given, **facts)
    except NotPossibleNow as refused:
        form.add_error(field, f"{refused.title}. {refused.detail}")
        return None
