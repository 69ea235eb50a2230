"""The page of notices: what is ready, with a link; read and unread."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from weerbaar.notices import services
from weerbaar.notices.models import Notice
from weerbaar.web.access import StaffRequest, signed_in

ON_A_PAGE = 30


@signed_in()
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    """One's own notices, the newest first."""
    mine = Notice.objects.visible_to(request.user)
    page = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "has_unread": mine.unread().exists()}
    return render(request, "notices/notices.html", context)


@signed_in()
@require_POST
def read_one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Mark a notice as read and go to what it leads to."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(request.user, now=timezone.now(), only=pk)
    return redirect(notice.url or "notices")


@signed_in()
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark all one's notices as read."""
    services.mark_read(request.user, now=timezone.now())
    return redirect("notices")
