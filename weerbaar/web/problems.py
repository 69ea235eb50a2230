"""Problem+json for every refusal and every mistake in a body or query (RFC 9457).

Follows the NLGov REST API Design Rules 2.2 (API-6, API-12 to API-14).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from weerbaar.vault.core import Erased, Locked, NoAccess
from weerbaar.web.answers import (
    NO_DATABASE,
    PROBLEM,
    Gone,
    NotFound,
    VaultClosed,
    problem_body,
)
from weerbaar.web.refusals import InvalidInput, NotAllowed, Refusal, Unavailable

TITLES: dict[int, str | Promise] = {
    400: InvalidInput.title,
    401: _("Sign in first"),
    403: NotAllowed.title,
    404: _("Not found"),
    405: _("This method does not exist here"),
    406: _("We cannot answer in this form"),
    412: _("Somebody else changed this"),
    413: _("This is too large"),
    415: _("We cannot read this form of content"),
    428: _("Say which version you read"),
    429: _("Too many attempts"),
}


def problem(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's exception handler: a refusal as RFC 9457; None for a mistake of ours."""
    if isinstance(exc, exceptions.APIException):
        return _drf_problem(exc)
    refusal = _as_refusal(exc)
    if refusal is None:
        return None
    set_rollback()
    body = problem_body(refusal.status, refusal.title, refusal.detail)
    response = Response(body, status=refusal.status, content_type=PROBLEM)
    if refusal.retry_seconds:
        response["Retry-After"] = str(refusal.retry_seconds)
    return response


def _as_refusal(exc: Exception) -> Refusal | None:
    match exc:
        case Refusal():
            return exc
        case Erased():
            return Gone()
        case Http404() | NoAccess():
            return NotFound(_("There is nothing at this address."), title=TITLES[404])
        case PermissionDenied():
            return NotAllowed()
        case Locked():
            return VaultClosed()
        case _ if isinstance(exc, NO_DATABASE):
            return Unavailable()
    return None


def _drf_problem(exc: exceptions.APIException) -> Response:
    set_rollback()
    status = exc.status_code
    if isinstance(exc, exceptions.ValidationError):
        errors = list(_pointers(exc.get_full_details()))
        detail: str | Promise = InvalidInput.detail
    else:
        errors, detail = [], _plain(exc.detail)
    title = TITLES.get(status, InvalidInput.title)
    headers = {
        "WWW-Authenticate": getattr(exc, "auth_header", None),
        "Retry-After": _seconds(getattr(exc, "wait", None)),
    }
    return Response(
        problem_body(status, title, detail, errors),
        status=status,
        content_type=PROBLEM,
        headers={name: value for name, value in headers.items() if value},
    )


def _seconds(wait: float | None) -> str | None:
    return None if wait is None else str(int(wait) + 1)


def _plain(detail: Any) -> str:
    """The words of an error; never the `ErrorDetail(…)` around them (API-6)."""
    while isinstance(detail, list | tuple | dict) and detail:
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)


def _pointers(details: Any, path: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """Each mistake with the JSON pointer, or query key, of what it is about."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield _error(path, str(details["message"]), str(details["code"]))
    elif isinstance(details, dict):
        for key, value in details.items():
            own = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _pointers(value, path if own else (*path, str(key)))
    elif isinstance(details, list):
        nested = any(isinstance(d, dict) and "message" not in d for d in details)
        for index, value in enumerate(details):
            yield from _pointers(value, (*path, str(index)) if nested else path)


def _error(path: tuple[str, ...], message: str, code: str) -> dict[str, str]:
    if path and code.startswith("query"):
        return {"detail": message, "parameter": path[-1]}
    steps = (step.replace("~", "~0").replace("/", "~1") for step in path)
    return {"detail": message, "pointer": "#" + "".join(f"/{step}" for step in steps)}
