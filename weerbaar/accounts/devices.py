"""Which browser a person signed in with before: a signed mark in its own cookie.

Not by address, which changes on the train and would have to be kept. The cookie holds a
mark for each person, from which nobody can tell who it is.
"""

import json
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from weerbaar.accounts.models import User

# A browser keeps no cookie longer than 400 days.
SECONDS = 400 * 24 * 3600
# On a desk that several people share; who was there longest ago is asked again.
MOST = 8


def is_known(request: HttpRequest, user: User) -> bool:
    """Did this person sign in with this browser before?"""
    return _mark(user) in _marks(request)


def remember(request: HttpRequest, user: User) -> None:
    """Have the mark of this person set, when the answer goes out."""
    others = [mark for mark in _marks(request) if mark != _mark(user)]
    request._device_marks = [_mark(user), *others][:MOST]  # type: ignore[attr-defined]


def leave(request: HttpRequest, response: HttpResponseBase) -> None:
    """Set the cookie, when somebody signed in with this request."""
    marks: list[str] | None = getattr(request, "_device_marks", None)
    if marks is None:
        return
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        _signer().sign(json.dumps(marks)),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> list[str]:
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        marks: Any = json.loads(_signer().unsign(value, max_age=SECONDS))
    except (BadSignature, ValueError):
        return []
    return list(marks)


def _mark(user: User) -> str:
    whole = salted_hmac("device", str(user.pk), algorithm="sha256")
    return str(whole.hexdigest()[:16])


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="device")
