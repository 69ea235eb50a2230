"""The handler's tab: proposing, the exact text, consent, sending, and answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cases import services as cases
from cases.models import Case
from cases.views import case_page_context
from referrals import services
from referrals.forms import ConsentForm, DraftForm
from referrals.models import Answer, Partner, Referral
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.vault.keyring import Keyring
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import InvalidInput

SAID = {
    "send": _("The referral is sent."),
    "handed": _("The hand-over is recorded. Nothing was sent."),
    "withdraw": _("The referral is withdrawn. The partner cannot open it any more."),
    "complete": _("The referral is completed."),
    "release": _("The reporter can now read this answer in the mailbox."),
    "yes": _("The consent is recorded."),
    "no": _("It is recorded that the reporter does not want this."),
}


@signed_in(Permission.HANDLE_CASES)
@require_GET
def referrals(request: StaffRequest, reference: str) -> HttpResponse:
    """The referrals of a case and where each stands."""
    context = case_page_context(request, reference, "referrals")
    context["referrals"] = services.open_for_handler(context["case"], request.keyring)
    return render(request, "referrals/referrals.html", context)


@signed_in(Permission.HANDLE_CASES)
@require_GET
def choose(request: StaffRequest, reference: str) -> HttpResponse:
    """Which partner: those that fit first, with the reason (guidance)."""
    context = case_page_context(request, reference, "referrals")
    found = services.choices_for(context["case"], context["header"])
    context |= {
        "proposed": [choice for choice in found if choice.is_proposed],
        "others": [choice for choice in found if not choice.is_proposed],
    }
    return render(request, "referrals/choose.html", context)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """Write for this partner; the exact text is shown before it is proposed (H-10)."""
    context = case_page_context(request, reference, "referrals")
    case = context["case"]
    partner = get_object_or_404(Partner.objects.proposable(), pk=pk)
    form = DraftForm(request.POST or None, partner=partner)
    context |= {"partner": partner, "form": form}
    return _write(request, context, "referrals/propose.html") or _proposed(
        request, case, partner, form
    )


def _proposed(
    request: StaffRequest, case: Case, partner: Partner, form: DraftForm
) -> HttpResponse:
    made = services.propose(
        case,
        partner,
        draft=form.draft,
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
    )
    if cases.reaches_reporter(case):
        said = _("The reporter can now read this proposal in the mailbox.")
    else:
        said = _("The proposal is saved. Ask the reporter and record the answer here.")
    messages.success(request, said)
    return redirect("case-referral", case.reference, made.pk)


def _write(
    request: StaffRequest, context: dict[str, Any], template: str
) -> HttpResponse | None:
    """The form again, or the exact text to look at; nothing once that was confirmed."""
    form: DraftForm = context["form"]
    if request.method == "POST" and form.is_valid():
        action = request.POST.get("action", "")
        if action == "propose":
            return None
        if action != "edit":
            context["text"] = services.compose(
                context["case"],
                context["partner"],
                form.draft,
                keyring=request.keyring,
            )
    return render(request, template, context)


def _find(request: StaffRequest, case: Case, pk: UUID) -> Referral:
    """A referral of this case. Raises Http404."""
    found = Referral.objects.visible_to(request.user).filter(case=case)
    return get_object_or_404(found.select_related("case", "partner"), pk=pk)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """Another text; a consent to the former one no longer counts.

    The second of two writers sees the text that stands now beside the own words.
    """
    context = case_page_context(request, reference, "referrals")
    referral = _find(request, context["case"], pk)
    form = _revision(request.POST or None, referral, request.keyring)
    context |= {"partner": referral.partner, "referral": referral, "form": form}
    if shown := _write(request, context, "referrals/propose.html"):
        return shown
    try:
        _revise(request, referral, form)
    except cases.EditConflict as conflict:
        return _both_texts(request, context, conflict)
    messages.success(request, _("The text is changed. The reporter has to agree anew."))
    return redirect("case-referral", context["case"].reference, referral.pk)


def _revision(
    data: QueryDict | None, referral: Referral, keyring: Keyring
) -> DraftForm:
    former = services.open_one(referral, keyring).text
    begin: dict[str, Any] = {str(p.section): p.text for p in former.pieces}
    begin |= {"advice": former.advice, "version": referral.version}
    return DraftForm(data, partner=referral.partner, initial=begin)


def _revise(request: StaffRequest, referral: Referral, form: DraftForm) -> None:
    services.revise(
        referral,
        draft=form.draft,
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        version=form.cleaned_data["version"],
    )


def _both_texts(
    request: StaffRequest, context: dict[str, Any], conflict: cases.EditConflict
) -> HttpResponse:
    """What stands now above what was typed; sending again is then a choice."""
    fresh = _find(request, context["case"], context["referral"].pk)
    again = request.POST.copy()
    again["version"] = str(fresh.version)
    context |= {
        "referral": fresh,
        "form": _revision(again, fresh, request.keyring),
        "conflict": conflict,
        "stands": services.open_one(fresh, request.keyring).text.text,
    }
    return render(request, "referrals/propose.html", context, status=409)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """One referral: the text, the consent, its steps and the partner's answers."""
    context = case_page_context(request, reference, "referrals")
    found = _find(request, context["case"], pk)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    asked = request.POST if verb == "consent" else None
    form = ConsentForm(asked, initial={"version": found.version})
    if verb and (verb != "consent" or form.is_valid()):
        said = _do(request, found, verb, form)
        messages.success(request, SAID[said])
        return redirect("case-referral", context["case"].reference, found.pk)
    context |= {
        "opened": services.open_one(found, request.keyring),
        "offers": {offer.name: offer for offer in offers(found, by=request.user)},
        "reaches": cases.reaches_reporter(context["case"]),
        "form": form,
    }
    return render(request, "referrals/referral.html", context)


def _do(request: StaffRequest, found: Referral, verb: str, form: ConsentForm) -> str:
    by, keyring, now = request.user, request.keyring, timezone.now()
    match verb:
        case "send":
            services.send(found, by=by, keyring=keyring, now=now)
            return "send" if found.package_key_id else "handed"
        case "withdraw":
            services.withdraw(found, by=by, now=now)
        case "complete":
            services.complete(found, by=by, now=now)
        case "release":
            words = Answer.objects.filter(referral=found).select_related("referral")
            word = get_object_or_404(words, pk=_uuid(request.POST.get("answer", "")))
            services.release_answer(word, by=by, keyring=keyring, now=now)
        case "consent":
            return _record(found, form, request)
        case _:
            raise InvalidInput
    return verb


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInput from None


def _record(found: Referral, form: ConsentForm, request: StaffRequest) -> str:
    said, now = form.cleaned_data, timezone.now()
    if said["said"] == "no":
        services.refuse(found, by=request.user, now=now, how=said["how"])
        return "no"
    services.consent(
        found,
        by=request.user,
        keyring=request.keyring,
        now=now,
        how=said["how"],
        given_on=said["given_on"],
        version=said["version"],
    )
    return "yes"
