"""The case page in the order that a handler needs it (H-3), and its sealed corners."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from cases import guidance, services
from cases.clocks import next_working_day
from cases.forms import ClassificationForm
from cases.header import Header
from cases.models import (
    DIALOGUE,
    INTERNAL,
    Case,
    Commitment,
    CommitmentKind,
    Kind,
    StatementKind,
)
from cases.views.page import case_page_context, find_case, today
from cases.views.telling import happenings, lines_of, shown
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.steps import Offer, offers
from weerbaar.vault.keyring import Keyring
from weerbaar.web.access import StaffRequest, signed_in

EXCERPT = 5
# Promises of other rooms are settled there: kind → page of the case, and its link.
ROOMS = {
    CommitmentKind.OFFER: ("case-aftercare", _("Go to aftercare")),
    CommitmentKind.CHECK_IN: ("case-aftercare", _("Go to aftercare")),
    CommitmentKind.CONSENT: ("case-referrals", _("Go to the referrals")),
    CommitmentKind.SEND: ("case-referrals", _("Go to the referrals")),
    CommitmentKind.REFERRAL_ANSWER: ("case-referrals", _("Go to the referrals")),
}
LAST = 3
ONWARDS = [
    "begin_triage",
    "begin_aftercare",
    "evaluate",
    "close",
    "close_advice",
    "advise",
    "respond",
    "resume_response",
    "dismiss",
    "reopen",
]


@signed_in(Permission.HANDLE_CASES)
@require_safe
def overview(request: StaffRequest, reference: str) -> HttpResponse:
    """The reporter's choice, next step, timeline, promises, messages, notes (H-3)."""
    context = case_page_context(request, reference, "overview")
    case, header, keyring = context["case"], context["header"], request.keyring
    thread = services.read_thread(case, DIALOGUE, keyring)
    context |= {
        "wish": services.current_wish(case, keyring),
        "wish_changed": any(o.body.get("wish") for o in thread),
        "contact": lines_of(services.read_safe_contact(case, keyring)),
        "counting": services.counting_of(case, keyring),
        "has_identity": case.identity_key_id is not None,
        "has_report": case.statements.of_kinds([StatementKind.REPORT]).exists(),
        "reaches": services.reaches_reporter(case),
        "steps": offered(case, request.user, keyring),
        "happenings": happenings(services.timeline(case))[-EXCERPT:][::-1],
        "promises": promises_of(case, keyring, only_open=True),
        "thread": thread[-LAST:],
        "notes": services.read_thread(case, INTERNAL, keyring)[-LAST:],
        "classification": classification_lines(
            header, all_needed=case.kind == Kind.INCIDENT
        ),
        "recused": User.objects.filter(pk__in=services.recused_in(case, keyring)),
    }
    found = guidance.proposals(
        header, case.kind, case.state, province=case.organisation.province
    )
    promised = {line["text"] for line in context["promises"]}
    context |= {
        "guidance": found,
        "first_steps": [proposed(one, promised) for one in found.first_steps],
        "more_steps": [proposed(one, promised) for one in found.more_steps],
    }
    return render(request, "cases/overview.html", context)


def proposed(one: guidance.Proposed, promised: set[str]) -> dict[str, Any]:
    """A next step that becomes a task with one press, unless it is one (H-6)."""
    tomorrow = next_working_day(today() + timedelta(days=1))
    return {
        "step": one.step,
        "why": one.why,
        "source": one.source,
        "task_by": today() if one.step.urgent else tomorrow,
        "is_task": str(one.step.text) in promised,
    }


def offered(case: Case, user: User, keyring: Keyring) -> list[dict[str, Any]]:
    """The steps as they stand on the page; one without questions is a button."""
    wish = services.current_wish(case, keyring)
    return [
        {
            "offer": offer,
            "reasons": offer.reasons,
            "is_direct": _is_direct(offer, wish),
        }
        for offer in sorted(offers(case, by=user), key=_rank)
    ]


def _rank(offer: Offer) -> tuple[bool, int]:
    """Onwards first: the first one that is possible is the button that stands out."""
    return not offer.possible, ONWARDS.index(offer.name)


def _is_direct(offer: Offer, wish: str) -> bool:
    asks = offer.step.words or offer.step.choices
    return not asks and not services.needs_consent(offer.name, wish)


def promises_of(
    case: Case, keyring: Keyring, *, only_open: bool = False
) -> list[dict[str, Any]]:
    """Promises with their opened words and how late they are."""
    found = case.commitments.select_related("case", "owner", "settled_by")
    return [
        promise_line(p, keyring) for p in (found.open() if only_open else found.all())
    ]


def promise_line(promise: Commitment, keyring: Keyring) -> dict[str, Any]:
    late = promise.is_overdue(today())
    return {
        "promise": promise,
        "room": ROOMS[promise.kind] if promise.origin else None,  # type: ignore[index]
        "text": services.words_of(promise, keyring),
        "reason": services.reason_of(promise, keyring),
        "days_late": (today() - promise.due_on).days if late else 0,
        "is_today": promise.due_on == today(),
    }


def classification_lines(
    header: Header, *, all_needed: bool = True
) -> list[dict[str, Any]]:
    """The header in labels, in the order of its form; what closing needs also empty."""
    lines = []
    for name, field in ClassificationForm.base_fields.items():
        value = getattr(header, name, None)
        needed = all_needed and name in ClassificationForm.NEEDED
        if name != "revision" and (value or needed):
            told = _("yes") if value is True else shown(name, value) if value else ""
            lines.append({"key": field.label, "value": told})
    return lines


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest, reference: str) -> HttpResponse:
    """The story, shown only after asking for it; the asking is an event (UX-28)."""
    context = case_page_context(request, reference, "overview")
    if request.method == "POST":
        opened = services.read_report(
            context["case"],
            by=request.user,
            keyring=request.keyring,
            now=timezone.now(),
        )
        context |= {
            "opened": opened,
            "lines": lines_of(opened.body) if opened else [],
        }
    return render(request, "cases/report.html", context)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def classification(request: StaffRequest, reference: str) -> HttpResponse:
    """Change the classification; the second of two writers sees both versions."""
    context = case_page_context(request, reference, "overview")
    case, header = context["case"], context["header"]
    if request.method == "GET":
        context["form"] = ClassificationForm(
            initial=ClassificationForm.values_of(case, header)
        )
        return render(request, "cases/classification.html", context)
    form = ClassificationForm(request.POST)
    if form.is_valid():
        try:
            services.classify(
                case,
                form.changes,
                revision=form.cleaned_data["revision"],
                by=request.user,
                keyring=request.keyring,
                now=timezone.now(),
            )
        except services.EditConflict as conflict:
            fresh = find_case(request, reference)
            context |= _both_versions(fresh, form, request.keyring)
            context["conflict"] = conflict
            return render(request, "cases/classification.html", context, status=409)
        messages.success(request, _("The classification is saved."))
        return redirect("case", case.reference)
    context["form"] = form
    return render(request, "cases/classification.html", context)


def _both_versions(
    case: Case, form: ClassificationForm, keyring: Keyring
) -> dict[str, Any]:
    """What stands now beside what was typed; saving again is then a choice."""
    now_stands = services.header_of(case, keyring)
    typed = now_stands.changed(**form.changes)
    theirs = {str(row["key"]): row["value"] for row in classification_lines(now_stands)}
    yours = {str(row["key"]): row["value"] for row in classification_lines(typed)}
    keys = dict.fromkeys([*theirs, *yours])
    again = QueryDict(mutable=True)
    again.update(form.data)
    again["revision"] = str(case.revision)
    return {
        "case": case,
        "form": ClassificationForm(again),
        "differences": [
            {"key": key, "theirs": theirs.get(key, ""), "yours": yours.get(key, "")}
            for key in keys
            if theirs.get(key) != yours.get(key)
        ],
    }
