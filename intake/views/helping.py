"""Pages where she answers what is offered or asked: aftercare, check-ins, consent."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake import services
from intake.forms import AnswerForm, ConsentForm, OfferForm
from intake.services import Access
from intake.views.mailbox import posted, redirect_told, with_access
from intake.views.twice import done_once
from weerbaar.web.refusals import NotPossibleNow


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def offer(request: HttpRequest, access: Access) -> HttpResponse:
    """Aftercare was offered: on which days, and may we."""
    plan, form = services.offered_plan(access), OfferForm(posted(request))
    if plan is None and not form.is_valid():
        raise NotPossibleNow
    if not form.is_valid():
        context = {"plan": plan, "form": form}
        return render(request, "intake/mailbox/offer.html", context)
    accept = form.cleaned_data["choice"] == "yes"
    with done_once(lambda: services.was_responded(access, accept=accept)):
        services.respond_to_offer(access, accept=accept, now=timezone.now())
    return redirect_told("offer")


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def check_in(request: HttpRequest, access: Access, pk: UUID) -> HttpResponse:
    """How are you, do you need something; or stop asking (R-16)."""
    found = [c for c in services.check_ins(access) if c.pk == pk]
    if not found:
        raise services.NotYours
    form = AnswerForm(posted(request))
    if not form.is_valid():
        context = {"check_in": found[0], "form": form}
        return render(request, "intake/mailbox/check_in.html", context)
    given = form.cleaned_data
    said = {name: given[name] for name in ("mood", "needs", "text")}
    with done_once(lambda: services.was_answered(access, pk, **said)):
        services.answer_check_in(access, pk, **given, now=timezone.now())
    return redirect_told("answer")


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def referral(request: HttpRequest, access: Access, pk: UUID) -> HttpResponse:
    """The exact text for a partner: yes, no, or consent taken back (promise 3)."""
    view = services.one_referral(access, pk)
    now = timezone.now()
    if request.method == "POST" and "take_back" in request.POST:
        with done_once(lambda: services.was_taken_back(access, pk)):
            services.take_back(access, pk, now=now)
        return redirect_told("taken_back")
    form = ConsentForm(posted(request), initial={"version": view.version})
    if not (view.needs_consent and form.is_valid()):
        context = {"referral": view, "form": form if view.needs_consent else None}
        return render(request, "intake/mailbox/referral.html", context)
    if form.cleaned_data["choice"] == "no":
        services.refuse(access, pk, now=now)
        return redirect_told("refused")
    version = form.cleaned_data["version"] or 0
    with done_once(lambda: services.was_consented(access, pk, version=version)):
        services.consent(access, pk, version=version, now=now)
    return redirect_told("consent")
