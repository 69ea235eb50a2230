"""Messages to the reporter and notes among handlers: never to be confused (H-8)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from cases import services
from cases.forms import MessageForm, NoteForm
from cases.models import DIALOGUE, INTERNAL, StatementKind
from cases.views.page import case_page_context
from cases.views.telling import happenings
from cases.views.texts import beginnings
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: StaffRequest, reference: str) -> HttpResponse:
    """The conversation with the reporter; a message is shown once more first."""
    context = _context(request, reference)
    context |= beginnings(request, context["case"], StatementKind.MESSAGE)
    form = MessageForm(request.POST or None, initial={"text": context["begin"]})
    context["form"], action = form, request.POST.get("action", "")
    if request.method != "POST" or not form.is_valid() or action == "edit":
        return render(request, "cases/messages.html", context)
    if action != "send":
        return render(request, "cases/message_confirm.html", context)
    services.send_message(
        context["case"],
        form.cleaned_data["text"],
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        answer_by=form.cleaned_data["answer_by"],
        once=form.cleaned_data["once"],
    )
    messages.success(request, _("The message is in the mailbox of the reporter."))
    return redirect("case-messages", reference)


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, reference: str) -> HttpResponse:
    """An internal note on a page of its own; the reporter never reads it."""
    form = NoteForm(request.POST or None)
    context = _context(request, reference) | {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/note.html", context)
    services.write_note(
        context["case"],
        form.cleaned_data["text"],
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        once=form.cleaned_data["once"],
    )
    messages.success(request, _("The note is saved. Only handlers read it."))
    return redirect("case-messages", reference)


def _context(request: StaffRequest, reference: str) -> dict[str, Any]:
    context = case_page_context(request, reference, "messages")
    case, keyring = context["case"], request.keyring
    return context | {
        "thread": services.read_thread(case, DIALOGUE, keyring),
        "notes": services.read_thread(case, INTERNAL, keyring),
        "reaches": services.reaches_reporter(case),
    }


@signed_in(Permission.HANDLE_CASES)
@require_safe
def timeline(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything that happened, also who looked (H-12)."""
    context = case_page_context(request, reference, "timeline")
    context["happenings"] = happenings(services.timeline(context["case"]))[::-1]
    return render(request, "cases/timeline.html", context)
