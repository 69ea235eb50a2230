"""The API's manners: problem+json for every refusal, pages, strict queries, ETags.

Follows the NLGov REST API Design Rules 2.2 (API-12 to API-14, API-30, API-32).
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, pagination
from rest_framework.request import Request
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
from weerbaar.web.openapi import LONGEST_KEY, SHORTEST_KEY
from weerbaar.web.refusals import InvalidInput, NotAllowed, Refusal, Unavailable
from weerbaar.web.shapes import HIGHEST

Errors = list[dict[str, str]]
LARGEST_PAGE = 100
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


class VersionChanged(exceptions.APIException):
    """If-Match names another version than the newest (API-32)."""

    status_code = 412
    default_detail = _("Read the newest version first.")


class VersionMissing(exceptions.APIException):
    """A change without If-Match would overwrite what somebody else wrote (API-32)."""

    status_code = 428
    default_detail = _("Send the ETag of the version you read as If-Match.")


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


def refuse_query(name: str, message: str | Promise) -> exceptions.ValidationError:
    """A mistake in the address, told with the name of its query key (API-13)."""
    detail = {name: [exceptions.ErrorDetail(str(message), code="query")]}
    return exceptions.ValidationError(detail)


def known_query(request: Request, *names: str) -> None:
    """Refuse query keys that mean nothing here: a misspelt filter shows too much."""
    unknown = sorted(set(request.query_params) - set(names))
    if unknown:
        message = str(_("This query key does not exist here."))
        raise exceptions.ValidationError(
            {n: [exceptions.ErrorDetail(message, code="query")] for n in unknown}
        )


class StrictQuery:
    """For views: only the query keys that are named, and those of the pages.

    Only the methods in use: OPTIONS would describe the code behind (API-6).
    """

    http_method_names: Sequence[str] = (
        "get",
        "head",
        "post",
        "put",
        "patch",
        "delete",
    )
    query_keys: Sequence[str] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        paged = getattr(self, "pagination_class", None) and request.method == "GET"
        known_query(request, *self.query_keys, *(("page", "pageSize") if paged else ()))


def _query(name: str, told: str, limits: dict[str, int]) -> dict[str, Any]:
    schema = {"type": "integer", **limits}
    return {"name": name, "in": "query", "description": told, "schema": schema}


class Pages(pagination.PageNumberPagination):
    """`count, next, previous, results`; `page` from 1, `pageSize` to 100 (API-30)."""

    page_size = 25
    page_size_query_param = "pageSize"
    max_page_size = LARGEST_PAGE
    invalid_page_message: Any = _("There is no page {page_number}.")

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> Any:
        asked = request.query_params
        if not _is_number(asked.get("pageSize", "1"), LARGEST_PAGE):
            raise refuse_query("pageSize", _("Ask for 1 to 100 on a page."))
        if not _is_number(asked.get("page", "1"), HIGHEST):
            raise refuse_query("page", _("Ask for a page from 1 on."))
        try:
            return super().paginate_queryset(queryset, request, view)
        except exceptions.NotFound as refusal:
            raise refuse_query("page", str(refusal.detail)) from refusal

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """How the description tells of the two query keys."""
        whole = {"minimum": 1, "maximum": HIGHEST}
        largest = {"minimum": 1, "maximum": LARGEST_PAGE}
        return [
            _query("page", "Welke bladzijde, vanaf 1.", whole),
            _query("pageSize", "Hoeveel op een bladzijde, tot 100.", largest),
        ]


def _is_number(typed: str, largest: int) -> bool:
    """Plain figures only: no sign, no space, no figures of another script."""
    plain = typed.isascii() and typed.isdigit() and len(typed) <= len(str(largest))
    return plain and 1 <= int(typed) <= largest


class WeakKey(InvalidInput):
    """An Idempotency-Key that another program could hit upon, or that is no key."""

    title = _("The Idempotency-Key does not fit")
    detail = _("Use a random key of 16 to 200 characters, such as a UUID version 4.")


def idempotency_key(request: Request) -> str:
    """The key with which a repetition is known; empty without. Raises WeakKey."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise WeakKey
    return key


def etag_of(*parts: object) -> str:
    """A strong ETag of what a representation depends on: its id and revision."""
    digest = sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return f'"{digest[:32]}"'


def require_match(request: Request, etag: str) -> None:
    """Only who read the newest version may change it.

    Raises VersionMissing or VersionChanged.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise VersionMissing
    if given.strip() != "*" and etag not in [tag.strip() for tag in given.split(",")]:
        raise VersionChanged
