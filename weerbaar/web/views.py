"""The pages of the house itself: start, leaving, statements, health, errors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from weerbaar.web import answers
from weerbaar.web.kept import keep, keep_oversized
from weerbaar.web.refusals import InvalidInput, NotAllowed, Refusal

PLAIN = "text/plain; charset=utf-8"
SECURITY_TXT_DAYS = 180
OWN_PAGES = {None, "same-origin", "none"}
# Set by the room of the reporter, which stands above this one.
_forgetting: list[Callable[[HttpRequest], None]] = []


def when_leaving(forget: Callable[[HttpRequest], None]) -> None:
    """Tell the shell what else to let go when somebody leaves; once, at start-up."""
    _forgetting[:] = [forget]


class TooLong(Refusal):
    """A post beyond what we read at once; what can be read of it is given back."""

    status = 413
    title = _("Your text is too long")
    detail = _(
        "Nothing has been saved. A text may have 20,000 characters. Make it shorter "
        "and send it again, or send it in parts."
    )


class NotSentByUs(Refusal):
    """A post without the token of our own form: old page, or another site."""

    status = 403
    is_passing = True
    title = _("We could not check where this came from")
    detail = _("This happens when a page has been open for a long time.")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For whom this is, and three doors (UX-1)."""
    start = reverse("home")
    # The reporter's door stands in a package above: known by address, not by name.
    doors = {
        "report": f"{start}melden/",
        "mailbox": f"{start}mijn-melding/",
        "sign_in": reverse(settings.LOGIN_URL),
    }
    return render(request, "web/pages/home.html", {"doors": doors})


@require_safe
def safe_use(request: HttpRequest) -> HttpResponse:
    """How to use this safely, and what it cannot hide (R-5)."""
    return render(request, "web/pages/safe_use.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (WEB-9)."""
    return render(request, "web/pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, how long, who can read it, and what an attacker learns."""
    return render(request, "web/pages/privacy.html")


@require_safe
def expired(request: HttpRequest) -> HttpResponse:
    """Where a reporter arrives when her time is over: nothing was kept (UX-5)."""
    return render(request, "web/pages/expired.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, leaving as little as we can (UX-3).

    Only a page of ours, or typing the address, gets here: another site may not end
    somebody's session. Leaving never fails: also without the database we let go.
    """
    if request.headers.get("Sec-Fetch-Site") not in OWN_PAGES:
        raise NotAllowed
    try:
        request.session.flush()
        for forget in _forgetting:
            forget(request)
    except DatabaseError:
        request.session.modified = False
    response = HttpResponseRedirect(settings.EXIT_URL)
    response.status_code = 303
    for name in (
        settings.DRAFT_COOKIE_NAME,
        settings.MAILBOX_COOKIE_NAME,
        settings.VAULT_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
    ):
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody pressed "stay": the visit itself is what keeps a session awake."""
    return HttpResponse(status=204)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """This process answers, and so do both its databases."""
    for one in connections.all():
        with one.cursor() as cursor:
            cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to tell us of a weakness (RFC 9116); it never expires unseen."""
    expires = timezone.now() + timedelta(days=SECURITY_TXT_DAYS)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00.000Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_ADDRESS}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may look at the start and the information pages only (SEC-9)."""
    return render(request, "web/robots.txt", content_type=PLAIN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post we do not trust: its words again with a fresh token, but only ours."""
    if answers.is_api(request):
        return answers.refuse(request, NotSentByUs())
    return answers.page(request, NotSentByUs(), kept=keep(request))


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if not isinstance(exception, RequestDataTooBig):
        return answers.refuse(request, InvalidInput())
    if answers.is_api(request):
        return answers.refuse(request, TooLong())
    return answers.page(request, TooLong(), kept=keep_oversized(request))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answers.refuse(request, NotAllowed())


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return answers.refuse(request, answers.NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    return answers.answer_current(request)
