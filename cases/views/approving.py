"""Two people: the requests of a case, those that wait for an answer, and answering."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import services
from cases.forms import AnswerRequestForm, AskForm
from cases.models import Approval, ApprovalQuerySet, Purpose
from cases.permissions import asked_it, may_answer
from cases.views.page import case_page_context
from cases.workflow import ApprovalState
from weerbaar.accounts import second_factor
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

ANSWERS = (Permission.HANDLE_CASES, Permission.KEEP_NAMES)


def _requests(found: ApprovalQuerySet) -> ApprovalQuerySet:
    return found.select_related("case__organisation", "asked_by", "answered_by")


def told(approval: Approval, request: StaffRequest) -> dict[str, Any]:
    """A request with its words, for who may read them."""
    now = timezone.now()
    return {
        "approval": approval,
        "reason": services.reason_asked(approval, request.keyring),
        "answer": services.answer_given(approval, request.keyring),
        "is_mine": asked_it(approval, request.user),
        "is_open": approval.state in {ApprovalState.ASKED, ApprovalState.GRANTED}
        and not approval.is_over(now),
        "holds": approval.holds(now),
        "may_answer": approval.state == ApprovalState.ASKED
        and not approval.is_over(now)
        and may_answer(approval, request.user),
    }


@signed_in(*ANSWERS)
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """What waits for this person's answer; of a case nothing but its reference."""
    found = Approval.objects.awaiting(request.user).filter(ends_at__gt=timezone.now())
    return render(request, "cases/waiting.html", {"waiting": _requests(found)})


@signed_in(*ANSWERS)
@second_factor.fresh
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One request: who asks, why, and a yes or no."""
    approval = get_object_or_404(
        _requests(Approval.objects.visible_to(request.user)), pk=pk
    )
    form = AnswerRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _answer(request, approval, form.cleaned_data)
        messages.success(request, _("Your answer is sent."))
        return redirect("approvals")
    context = {**told(approval, request), "form": form}
    return render(request, "cases/answer.html", context)


def _answer(request: StaffRequest, approval: Approval, given: dict[str, Any]) -> None:
    verb = services.approve if given["answer"] == "yes" else services.refuse
    doing: dict[str, Any] = {"by": request.user, "keyring": request.keyring}
    verb(approval, given["word"], now=timezone.now(), **doing)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: StaffRequest, reference: str) -> HttpResponse:
    """The requests of a case; asking for an export or early destruction."""
    context = case_page_context(request, reference, "overview")
    case = context["case"]
    form = AskForm(request.POST if request.POST.get("verb") == "ask" else None)
    if form.is_valid():
        services.ask(
            case,
            form.cleaned_data["purpose"],
            form.cleaned_data["reason"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        messages.success(request, _("Your request waits for a second person."))
        return redirect("case-approvals", reference)
    found = _requests(case.approvals.order_by("-asked_at"))
    context |= {"form": form, "lines": [told(one, request) for one in found]}
    return render(request, "cases/approvals.html", context)


@signed_in(Permission.HANDLE_CASES)
@second_factor.fresh
@require_http_methods(["GET", "HEAD", "POST"])
def destroy(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """Destroy the case that a second person agreed to, after looking once more."""
    mine = Approval.objects.visible_to(request.user).filter(
        asked_by=request.user, purpose=Purpose.DESTRUCTION
    )
    approval = get_object_or_404(_requests(mine), pk=pk, case__reference=reference)
    if request.method == "POST":
        services.destroy_early(approval, by=request.user, now=timezone.now())
        messages.success(request, _("The case was destroyed. Nobody can open it."))
        return redirect("destructions")
    return render(request, "cases/destroy_early.html", {"approval": approval})


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["POST"])
def withdraw(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """Who asked takes it back, or gives back what was approved."""
    mine = Approval.objects.visible_to(request.user).filter(asked_by=request.user)
    approval = get_object_or_404(mine, pk=pk, case__reference=reference)
    services.withdraw_request(approval, by=request.user, now=timezone.now())
    messages.success(request, _("The request is taken back."))
    back = "case-identity" if approval.purpose == Purpose.IDENTITY else "case-approvals"
    return redirect(back, reference)
