"""From count to publication: what was counted, looked at by two people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from weerbaar.accounts.roles import Permission
from weerbaar.contributions.services import is_final
from weerbaar.network import services
from weerbaar.network.bundles import bundle_of
from weerbaar.network.checker import SAYS, sentences
from weerbaar.network.exports import rounding
from weerbaar.network.figures import figures
from weerbaar.network.forms import WithdrawalForm
from weerbaar.network.models import Attestation, Release
from weerbaar.network.periods import newest_ripe
from weerbaar.network.permissions import may_check
from weerbaar.network.views.taking import take_posted
from weerbaar.network.workflow import State
from weerbaar.steps import can_take, offers
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.files import download
from weerbaar.web.refusals import InvalidInput

VERBS = {
    "approve": (
        services.approve,
        _("Approved. Somebody else can now publish the figures."),
    ),
    "publish": (services.publish, _("The figures are published.")),
    "refuse": (services.refuse, _("The figures are put aside.")),
}


@signed_in(Permission.READ_FIGURES)
@require_safe
def releases(request: StaffRequest) -> HttpResponse:
    """What was published; for analysts also what waits."""
    today = timezone.localdate()
    year, _quarters = newest_ripe(today)
    is_analyst = may_check(None, request.user)
    context = {
        "releases": Release.objects.visible_to(request.user),
        "is_analyst": is_analyst,
        "years": [one for one in (year, year - 1) if not is_final(one)],
        "final": services.final_years(today) if is_analyst else [],
    }
    return render(request, "network/releases.html", context)


@signed_in(Permission.READ_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One release whole, and the steps that this person may take. Raises Http404."""
    found = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        take_posted(request, found, VERBS)
        return redirect("figures-release", found.pk)
    context = {
        "release": found,
        "figures": list(figures(found.snapshot)) if found.has_numbers else [],
        "offers": offers(found, by=request.user),
        "findings": [(f["table"], SAYS[f["code"]]) for f in found.findings],
        "report": list(sentences(found.report)) if found.report else [],
        "rounding": rounding(found.bound),
        "is_analyst": may_check(None, request.user),
        "waits_for_other": found.state == State.APPROVED
        and found.approved_by_id == request.user.pk,
        "can_withdraw": can_take(found, "withdraw", by=request.user),
    }
    return render(request, "network/release.html", context)


@signed_in(Permission.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take published figures back, with the reason that stays. Raises Http404."""
    found = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        by, now = request.user, timezone.now()
        services.withdraw(found, by=by, now=now, **form.cleaned_data)
        messages.success(request, _("The figures are withdrawn. Nobody sees them."))
        return redirect("figures-release", found.pk)
    return render(request, "network/withdraw.html", {"release": found, "form": form})


@signed_in(Permission.READ_FIGURES)
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """All that was ever published, as it was sworn to: digests, seeds, signatures."""
    published = Release.objects.visible_to(request.user).once_published()
    releases = published.order_by("-published_at").prefetch_related("attestations")
    signed = Attestation.objects.values_list("verifier", flat=True)
    context = {
        "releases": releases,
        "verifiers": list(signed.order_by().distinct()),
        "is_analyst": may_check(None, request.user),
    }
    return render(request, "network/ledger.html", context)


@signed_in(Permission.READ_FIGURES)
@require_safe
def bundle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A release with its plan, to be checked. Raises Http404, Withdrawn, PlanGone."""
    found = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    found.check_shown()
    data = bundle_of(found, found.signed_note)
    name = f"weerbaar-{found.year}-{found.quarters}-{found.digest[:8]}.zip"
    return download(data, name=name, media_type="application/zip")


@signed_in(Permission.PUBLISH_FIGURES)
@require_POST
def count(request: StaffRequest) -> HttpResponse:
    """Ask the worker to count a year again."""
    asked = request.POST.get("year", "")
    if not asked.isascii() or not asked.isdecimal() or len(asked) != 4:
        raise InvalidInput
    services.ask_count(int(asked), by=request.user, now=timezone.now())
    messages.success(
        request, _("The year is being counted. You are told when something changed.")
    )
    return redirect("figures-releases")
