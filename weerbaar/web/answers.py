"""Answers that are not the page somebody asked for: refusals and failures, drawn once.

Under /api/ each of them is problem+json (RFC 9457); elsewhere a page in our own look
with the telephone numbers and with everything that was typed. A failure is told without
touching the database: that page must also come when it is away (UX-7).
"""

import sys
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar.vault.core import Erased, Locked, NoAccess
from weerbaar.web.kept import Kept, keep
from weerbaar.web.refusals import NotAllowed, Refusal, Unavailable

API = "/api/"
PROBLEM = "application/problem+json"
# From here on it is our side that failed, perhaps for want of the database.
SERVER = 500
NO_DATABASE = (OperationalError, InterfaceError)


class NotFound(Refusal):
    """No such page, or none that you may know of."""

    status = 404
    title = _("This page does not exist")
    detail = _("The address may be wrong, or the page has been removed.")


class Gone(Refusal):
    """Its term was over and it was destroyed: nobody can open it any more."""

    status = 410
    title = _("This no longer exists")
    detail = _("It was destroyed at the end of its term, and nobody can open it.")


class Failed(Refusal):
    """A mistake of ours."""

    status = 500
    is_passing = True
    title = _("Something went wrong on our side")
    detail = _("We are sorry. Try again in a few minutes.")


class SignedOut(NotAllowed):
    """Somebody sent words after her session had ended."""

    title = _("You have been signed out")
    detail = _(
        "Your text still stands here. Sign in again in a new tab, come back to this "
        "page and send it again."
    )


class VaultClosed(NotAllowed):
    """The vault of the signed-in person is not open in this session."""

    title = _("Your vault is closed")
    detail = _("Open your vault and try again.")


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API)


def answer(
    request: HttpRequest, exception: BaseException | None
) -> HttpResponse | None:
    """The answer to an exception that has a meaning; None for a mistake of ours."""
    match exception:
        case Refusal():
            return refuse(request, exception)
        case Locked():
            return _locked(request)
        case Erased():
            return refuse(request, Gone())
        case NoAccess():
            return refuse(request, NotFound())
        case _ if isinstance(exception, NO_DATABASE):
            return refuse(request, Unavailable())
    return None


def answer_current(request: HttpRequest) -> HttpResponse:
    """The answer to the exception that is being handled, whatever it is."""
    return answer(request, sys.exc_info()[1]) or refuse(request, Failed())


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as problem+json or as a page that keeps what was typed."""
    response = (
        problem_response(refusal.status, refusal.title, refusal.detail)
        if is_api(request)
        else page(request, refusal)
    )
    if refusal.retry_seconds:
        response["Retry-After"] = str(refusal.retry_seconds)
    return response


def page(
    request: HttpRequest, refusal: Refusal, *, kept: Kept | None = None, **more: Any
) -> HttpResponse:
    """The error page; `kept` is what was typed, read from the post when not given."""
    is_staff = settings.VAULT_COOKIE_NAME in request.COOKIES
    # With her menu, so that there is a way on; not when the database may be gone.
    shell = "staff_base" if refusal.status < SERVER else "base"
    context = {
        "refusal": refusal,
        "kept": keep(request) if kept is None else kept,
        "shell_template": f"web/{shell if is_staff else 'reporter_base'}.html",
        **more,
    }
    content = render_to_string("web/error.html", context, request)
    return HttpResponse(content, status=refusal.status)


def problem_response(
    status: int,
    title: str | Promise,
    detail: str | Promise,
    errors: list[dict[str, str]] | None = None,
) -> JsonResponse:
    """problem+json outside DRF: unknown address, broken request, failure (API-12)."""
    body = problem_body(status, title, detail, errors)
    return JsonResponse(body, status=status, content_type=PROBLEM)


def problem_body(
    status: int,
    title: str | Promise,
    detail: str | Promise,
    errors: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """The members of RFC 9457, with every mistake at once (API-14)."""
    body: dict[str, Any] = {
        "status": status,
        "title": str(title),
        "detail": str(detail),
    }
    return body | ({"errors": errors} if errors else {})


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; but first show the words that were sent."""
    return _detour(request, settings.LOGIN_URL, SignedOut())


def _locked(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return refuse(request, VaultClosed())
    return _detour(request, "vault-open", VaultClosed(SignedOut.detail))


def _detour(request: HttpRequest, url_name: str, refusal: Refusal) -> HttpResponse:
    """A redirect with `next`; with words at stake, a page that keeps them."""
    kept = keep(request)
    way_back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    url = f"{reverse(url_name)}?{urlencode({'next': way_back})}"
    if kept.texts:
        return page(request, refusal, kept=kept, way_url=url)
    return HttpResponseRedirect(url)
