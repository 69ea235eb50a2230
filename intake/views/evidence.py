"""Files in the mailbox: adding some, seeing that they came, and getting them back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.services import file_door
from intake import services
from intake.forms import FilesForm
from intake.services import Access
from intake.views.cookies import mailbox_cookie
from intake.views.mailbox import posted, redirect_told, with_access
from weerbaar.vault.upload import takes_files, turned_away
from weerbaar.web.files import file_response


def _may_add(request: HttpRequest) -> bool:
    try:
        services.resume(mailbox_cookie(request), now=timezone.now())
    except (services.Expired, services.UnknownReceipt):
        return False
    return True


@takes_files(file_door(_may_add))
@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def files(request: HttpRequest, access: Access) -> HttpResponse:
    """Her files; one that is refused is told, and the others are added."""
    form = FilesForm(posted(request))
    if form.is_valid():
        received = _receive(request, access)
        for mistake in received.mistakes:
            form.add_error("attachments", mistake)
        if received.pieces and not received.mistakes:
            return redirect_told("files")
        if not received.mistakes:
            form.add_error("attachments", _("Choose one or more files."))
    context = {
        "form": form,
        "files": services.sent_files(access),
        "most": settings.EVIDENCE_FILES,
    }
    return render(request, "intake/mailbox/files.html", context)


def _receive(request: HttpRequest, access: Access) -> services.Received:
    return services.send_files(
        access,
        request.FILES.getlist("attachments"),  # type: ignore[arg-type]
        turned_away(request),
        keep_original="keep_original" in request.POST,
        now=timezone.now(),
    )


@require_safe
@with_access
def file_content(request: HttpRequest, access: Access, pk: UUID) -> HttpResponse:
    """Her own file back, when she chose to be able to read back."""
    opened = services.open_sent(access, pk, now=timezone.now())
    return file_response(
        request,
        opened.reader,
        name=opened.name,
        media_type=opened.type,
        size=opened.size,
    )
