"""The partner's desk: the packages addressed to it, and nothing else (P-1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from referrals import services
from referrals.forms import AnswerForm, DeclineForm
from referrals.models import Referral
from referrals.workflow import State
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.forms import Form
from weerbaar.web.refusals import InvalidInput

SAID = {
    "receive": _("The sender sees that you opened this referral."),
    "accept": _("You accepted this referral."),
    "decline": _("You declined this referral. The sender reads why."),
    "answer": _("Your answer is with the sender."),
    "complete": _("This referral is completed."),
}
ANSWERABLE = frozenset({State.RECEIVED, State.ACCEPTED})


@signed_in(Permission.ANSWER_REFERRALS)
@require_GET
def desk(request: StaffRequest) -> HttpResponse:
    """The referrals sent to this partner; nothing of them is opened here."""
    today = timezone.localdate()
    rows = services.desk_list(request.user)
    open_ones = [row for row in rows if row.is_open]
    context = {
        "open_rows": [(row, row.is_overdue(today)) for row in open_ones],
        "done_rows": [(row, False) for row in rows if not row.is_open],
    }
    return render(request, "referrals/desk.html", context)


@signed_in(Permission.ANSWER_REFERRALS)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One package: open it, take it up or not, answer, complete. Raises Http404."""
    addressed = Referral.objects.addressed_to(request.user)
    found = get_object_or_404(
        addressed.select_related("partner", "case__organisation"), pk=pk
    )
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    forms: dict[str, Form] = {
        "answer": AnswerForm(request.POST if verb == "answer" else None),
        "decline": DeclineForm(request.POST if verb == "decline" else None),
    }
    form = forms.get(verb)
    if verb and (form is None or form.is_valid()):
        _do(request, found, verb, form)
        messages.success(request, SAID[verb])
        return redirect("desk-referral", found.pk)
    context = _opened(request, found) | {
        "answer_form": forms["answer"],
        "decline_form": forms["decline"],
        "form": form,
    }
    return render(request, "referrals/desk_referral.html", context)


def _opened(request: StaffRequest, found: Referral) -> dict[str, Any]:
    context: dict[str, Any] = {
        "referral": found,
        "offers": {offer.name: offer for offer in offers(found, by=request.user)},
        "may_answer": found.state in ANSWERABLE,
        "row": services.desk_row(found),
    }
    if found.state == State.SENT:
        return context
    keyring = request.keyring
    text = services.read_package(
        found, by=request.user, keyring=keyring, now=timezone.now()
    )
    return context | {"text": text, "answers": services.answers_of(found, keyring)}


def _do(request: StaffRequest, found: Referral, verb: str, form: Form | None) -> None:
    by, keyring, now = request.user, request.keyring, timezone.now()
    match verb:
        case "receive":
            services.receive(found, by=by, keyring=keyring, now=now)
        case "accept":
            services.accept(found, by=by, now=now)
        case "complete":
            services.complete(found, by=by, now=now)
        case "answer" if form is not None:
            text = form.cleaned_data["text"]
            services.answer(found, text=text, by=by, keyring=keyring, now=now)
        case "decline" if form is not None:
            words = form.cleaned_data["words"]
            services.decline(found, words=words, by=by, keyring=keyring, now=now)
        case _:
            raise InvalidInput
