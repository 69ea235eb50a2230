"""Our cookies for people without an account: for this session, only for us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from intake import services
from intake.models import CookieKind


def draft_cookie(request: HttpRequest) -> str:
    """The draft's cookie as the browser sent it; empty when there is none."""
    return request.COOKIES.get(settings.DRAFT_COOKIE_NAME, "")


def mailbox_cookie(request: HttpRequest) -> str:
    """The mailbox's cookie as the browser sent it; empty when there is none."""
    return request.COOKIES.get(settings.MAILBOX_COOKIE_NAME, "")


def cookies_of(request: HttpRequest) -> tuple[tuple[CookieKind, str], ...]:
    """Both cookies, with what each is for."""
    return (
        (CookieKind.DRAFT, draft_cookie(request)),
        (CookieKind.MAILBOX, mailbox_cookie(request)),
    )


def forget(request: HttpRequest) -> None:
    """Delete what is sealed under the cookies of somebody who leaves (UX-3)."""
    for kind, cookie in cookies_of(request):
        services.drop(kind, cookie)


def give(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie that ends with the browser, out of reach of scripts and others."""
    response.set_cookie(
        name,
        value,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Strict",
    )


def take(response: HttpResponse, name: str) -> None:
    """Remove a cookie of ours."""
    response.set_cookie(
        name,
        "",
        max_age=0,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Strict",
    )
