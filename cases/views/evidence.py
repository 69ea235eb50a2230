"""Files of a case: the list, one file with a look at it, and its bytes."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import services
from cases.forms.evidence import FilesForm
from cases.models import Case
from cases.views.page import case_page_context, find_case
from weerbaar.accounts.roles import Permission
from weerbaar.files.images import PICTURES
from weerbaar.vault.upload import takes_files, turned_away
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.files import file_response
from weerbaar.web.middleware import PAGE_POLICY


def _may_add(request: HttpRequest) -> bool:
    user: Any = request.user
    match = request.resolver_match
    if match is None or not user.is_authenticated:
        return False
    reference = str(match.kwargs["reference"]).upper()
    return Case.objects.visible_to(user).filter(reference=reference).exists()


@takes_files(services.file_door(_may_add))
@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: StaffRequest, reference: str) -> HttpResponse:
    """The files of a case, and adding more."""
    context = case_page_context(request, reference, "overview")
    form = FilesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        received = _receive(request, context["case"])
        for mistake in received.mistakes:
            form.add_error("attachments", mistake)
        if received.pieces and not received.mistakes:
            messages.success(request, _("The files are in the case."))
            return redirect("case-files", reference)
        if not received.mistakes:
            form.add_error("attachments", _("Choose one or more files."))
    context |= {
        "form": form,
        "files": services.files_of(context["case"], request.keyring),
        "is_scanned": bool(settings.CLAMD),
    }
    return render(request, "cases/files.html", context)


def _receive(request: StaffRequest, case: Case) -> services.Received:
    return services.receive_for(
        case,
        request.FILES.getlist("attachments"),  # type: ignore[arg-type]
        turned_away(request),
        keep_original="keep_original" in request.POST,
        by=request.user,
        now=timezone.now(),
    )


@signed_in(Permission.HANDLE_CASES)
@require_safe
def one_file(request: StaffRequest, reference: str, pk: UUID) -> HttpResponse:
    """What a file is, a look at it where that is safe, and the buttons to get it.

    A picture is shown only as we wrote it anew; sound and film by the browser's player.
    """
    context = case_page_context(request, reference, "overview")
    case, keyring = context["case"], request.keyring
    found = services.find_file(case, pk, by=request.user, keyring=keyring)
    if found.piece is None:
        raise Http404
    family = found.piece.type.split("/")[0]
    is_shown = found.piece.type in PICTURES and found.piece.is_cleaned
    context |= {
        "file": found,
        "piece": found.piece,
        "shown": "image" if is_shown else family if family != "image" else "",
        "is_scanned": bool(settings.CLAMD),
    }
    response = render(request, "cases/file.html", context)
    # Only here may a page play something: the sound or film itself.
    response["Content-Security-Policy"] = f"{PAGE_POLICY}; media-src 'self'"
    return response


@signed_in(Permission.HANDLE_CASES)
@require_safe
def file_content(
    request: StaffRequest, reference: str, pk: UUID, original: bool = False
) -> HttpResponse:
    """The bytes, as a download; each look is an event."""
    opened = services.open_file(
        find_case(request, reference),
        pk,
        by=request.user,
        keyring=request.keyring,
        now=timezone.now(),
        original=original,
    )
    return file_response(
        request,
        opened.reader,
        name=opened.name,
        media_type=opened.type,
        size=opened.size,
    )
