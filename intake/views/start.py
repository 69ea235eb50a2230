"""The way in: what this is, what we cannot promise, and the first cookie."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from intake import services
from intake.models import CookieKind
from intake.views import cookies
from intake.views.storage import empty_draft
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.roles import Permission
from weerbaar.web.answers import sign_in_first
from weerbaar.web.refusals import NotAllowed, NotPossibleNow

# A browser says where a request came from; only our own page may begin a draft.
OWN_PAGES = {None, "same-origin", "none"}


class NotReceivingYet(NotPossibleNow):
    """An organisation without a pinned root: nobody there could be trusted to read."""

    title = _("This organisation cannot receive reports here yet")
    detail = _(
        "Call the support team: 070-373 83 14, day and night. Or call your griffier or "
        "secretary."
    )


@require_safe
def start(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """Danger first, then what this is and who reads it (UX-1); sets no cookie (R-1)."""
    behalf = request.GET.get("namens", "")
    if behalf and not request.user.is_authenticated:
        return sign_in_first(request)
    chosen = _organisation(behalf or organisation)
    if behalf:
        _may_take(request, chosen)
    context = {
        "organisation": chosen,
        "on_behalf": bool(behalf),
        "takes_for": [] if behalf else _takes_for(request),
    }
    return render(request, "intake/start.html", context)


def _takes_for(request: HttpRequest) -> list[Organisation]:
    """Where a signed-in handler can take a report for somebody on the phone (R-13)."""
    user: Any = request.user
    if not user.is_authenticated:
        return []
    found: list[Organisation] = user.organisations(Permission.HANDLE_CASES)
    return found


def _organisation(slug: str) -> Organisation | None:
    """The organisation a link names; a wrong link is told, not passed over."""
    if not slug:
        return None
    found = services.organisation_named(slug)
    if found is not None:
        return found
    if services.receives_later(slug):
        raise NotReceivingYet
    raise Http404


def _may_take(request: HttpRequest, organisation: Organisation | None) -> None:
    user: Any = request.user
    if not (
        user.is_authenticated
        and organisation
        and user.may(Permission.HANDLE_CASES, organisation)
    ):
        raise NotAllowed


# Exempt: the first post must come from a page without a cookie, so there is no
# token yet. It changes nothing that exists: it makes an empty draft of its own.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def before(request: HttpRequest) -> HttpResponse:
    """Leaving quickly, and what we cannot promise, before anything is told (UX-2,
    UX-26).
    """
    given = request.POST if request.method == "POST" else request.GET
    behalf = given.get("namens", "")
    organisation = _organisation(behalf or given.get("organisatie", ""))
    if behalf:
        _may_take(request, organisation)
    if request.method == "POST":
        return _begin(request, organisation, on_behalf=bool(behalf))
    return render(request, "intake/before.html", {"organisation": organisation})


def _begin(
    request: HttpRequest, organisation: Organisation | None, *, on_behalf: bool
) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site") not in OWN_PAGES:
        raise NotAllowed
    services.drop(CookieKind.DRAFT, cookies.draft_cookie(request))
    slug = organisation.slug if organisation else ""
    draft = empty_draft(organisation=slug, on_behalf=on_behalf)
    cookie = services.begin(CookieKind.DRAFT, draft, now=timezone.now())
    response = redirect("report-step", step="1")
    cookies.give(response, settings.DRAFT_COOKIE_NAME, cookie)
    return response


@require_safe
def after(request: HttpRequest) -> HttpResponse:
    """What happens after a report, and how long it takes (R-24); sets no cookie."""
    return render(request, "intake/after.html", {"road": services.road()})


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody pressed "stay": what she filled in, or opened, lives on (UX-5)."""
    now = timezone.now()
    alive = 0
    for kind, cookie in cookies.cookies_of(request):
        try:
            services.touch(kind, cookie, now=now)
            alive += 1
        except services.Expired:
            continue
    return HttpResponse(status=204 if alive else 410)


def gone(request: HttpRequest, draft: str = "") -> HttpResponse:
    """The draft is gone: nothing was kept. Without a cookie, the start (UX-3)."""
    if not cookies.draft_cookie(request) and not draft:
        return redirect("report-start")
    response = render(request, "intake/gone.html", {"saved": bool(draft)}, status=410)
    if draft:
        cookies.give(response, settings.DRAFT_COOKIE_NAME, draft)
    else:
        cookies.take(response, settings.DRAFT_COOKIE_NAME)
    return response


def check_url(step: str) -> str:
    """A step's address when one comes from the check page, and goes back there."""
    return f"{reverse('report-step', kwargs={'step': step})}?wijzig=1"
