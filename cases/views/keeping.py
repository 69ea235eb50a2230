"""Keeping and destroying: what is at its end, holds, terms, the register (A-4)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import services
from cases.forms.keeping import HoldForm, RekeyForm, TermsForm
from cases.models import Case, Destruction, Kind, Retention
from cases.terms import FIRST_NOTICE
from cases.views.page import case_page_context, today
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.second_factor import fresh
from weerbaar.web.access import StaffRequest, signed_in

LINES = 50


@signed_in(Permission.HANDLE_CASES)
@require_safe
def retention(request: StaffRequest) -> HttpResponse:
    """What has ended and waits for approval, what ends soon, and what is held."""
    mine = Case.objects.visible_to(request.user)
    ended = services.ended(request.user, now=timezone.now())
    soon = services.retained().filter(
        case__in=mine, ends_on__gt=today(), ends_on__lte=today() + FIRST_NOTICE
    )
    held = Retention.objects.filter(
        case__in=mine.filter(holds__lifted_on=None, holds__isnull=False)
    ).select_related("case")
    context = {
        "ended": _opened(request, ended),
        "soon": _opened(request, soon.order_by("ends_on")),
        "held": _opened(request, held.order_by("ends_on")),
        "teams": [(o, services.terms_of(o)) for o in _teams(request)],
    }
    return render(request, "cases/retention.html", context)


def _opened(request: StaffRequest, kept: Any) -> list[dict[str, Any]]:
    """Each case with its subject, so that she knows what she decides about."""
    rows = {one.case_id: one for one in kept}
    found = Case.objects.visible_to(request.user).filter(pk__in=rows)
    opened = services.worklist(found, request.keyring)
    lines = [{"kept": rows[row.case.pk], "row": row} for row in opened]
    return sorted(lines, key=lambda line: line["kept"].ends_on)


def _teams(request: StaffRequest) -> list[Organisation]:
    return request.user.organisations(Permission.HANDLE_CASES)


@signed_in(Permission.HANDLE_CASES)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: StaffRequest) -> HttpResponse:
    """Look once more at what was chosen, and destroy it."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {reference.upper() for reference in asked.getlist("zaak")}
    ended = services.ended(request.user, now=timezone.now())
    kept = [one for one in ended if one.case.reference in chosen]
    if not kept:
        messages.warning(request, _("Choose at least one case."))
        return redirect("retention")
    if request.method != "POST":
        context = {"lines": _opened(request, kept)}
        return render(request, "cases/retention_destroy.html", context)
    cases = [one.case for one in kept]
    services.destroy_ended(cases, by=request.user, now=timezone.now())
    messages.success(request, _said(len(cases)))
    return redirect("destructions")


def _said(count: int) -> str:
    text = ngettext(
        "%(count)d case was destroyed. Nobody can open it any more.",
        "%(count)d cases were destroyed. Nobody can open them any more.",
        count,
    )
    return text % {"count": count}


@signed_in(Permission.HANDLE_CASES)
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """What was destroyed, when, why and by whom; no word of a case."""
    lines = Destruction.objects.visible_to(request.user)
    pages = Paginator(lines.select_related("by", "organisation"), LINES)
    shown = pages.get_page(request.GET.get("page"))
    return render(request, "cases/destructions.html", {"page": shown})


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: StaffRequest, team: UUID) -> HttpResponse:
    """How long one's organisation keeps each kind of case."""
    place = next((o for o in _teams(request) if o.pk == team), None)
    if place is None:
        raise Http404
    form = TermsForm(request.POST or None, terms=services.terms_of(place))
    if form.is_valid():
        for kind in Kind:
            months = form.cleaned_data[str(kind)]
            if months != services.months_of(place, kind):
                services.set_term(
                    place, kind, months, by=request.user, now=timezone.now()
                )
        messages.success(request, _("The terms are kept."))
        return redirect("retention")
    return render(request, "cases/retention_terms.html", {"form": form, "place": place})


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: StaffRequest, reference: str) -> HttpResponse:
    """Until when a case is kept, and holding it longer."""
    context = case_page_context(request, reference, "overview")
    case, form = context["case"], HoldForm(request.POST or None)
    by, now = request.user, timezone.now()
    if request.POST.get("verb") == "lift":
        services.lift_hold(case, by=by, now=now)
        return redirect("case-keeping", reference)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        services.hold(case, reason=reason, by=by, keyring=request.keyring, now=now)
        return redirect("case-keeping", reference)
    held, kept = services.hold_of(case), Retention.objects.filter(case=case).first()
    context |= {"form": form, "hold": held, "kept": kept}
    context["is_ended"] = kept is not None and kept.has_ended(today())
    context["hold_reason"] = services.hold_reason(held, request.keyring) if held else ""
    context["months"] = services.months_of(case.organisation, case.kind)
    return render(request, "cases/keeping.html", context)


@signed_in(Permission.HANDLE_CASES)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def rekey(request: StaffRequest, reference: str) -> HttpResponse:
    """Give a case new keys, after suspicion that the old ones were seen."""
    context = case_page_context(request, reference, "overview")
    form = RekeyForm(request.POST or None)
    if form.is_valid():
        services.rekey(
            context["case"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        messages.success(request, _("The case has new keys."))
        return redirect("case", reference)
    return render(request, "cases/rekey.html", context | {"form": form})
