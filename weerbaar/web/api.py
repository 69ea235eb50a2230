"""The API's manners: strict queries, checked bodies, pages, versions and repetitions.

Follows the NLGov REST API Design Rules 2.2 (API-12 to API-14, API-30, API-32); what is
refused becomes an answer in `weerbaar.web.problems`.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from weerbaar.web.openapi import LONGEST_KEY, SHORTEST_KEY
from weerbaar.web.refusals import InvalidInput
from weerbaar.web.shapes import HIGHEST

LARGEST_PAGE = 100


class VersionChanged(exceptions.APIException):
    """If-Match names another version than the newest (API-32)."""

    status_code = 412
    default_detail = _("Read the newest version first.")


class VersionMissing(exceptions.APIException):
    """A change without If-Match would overwrite what somebody else wrote (API-32)."""

    status_code = 428
    default_detail = _("Send the ETag of the version you read as If-Match.")


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
    """For views: only the query keys that are named, and bodies of a declared shape.

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

    def given(self, shape: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body, held to its shape. Raises ValidationError."""
        found = shape(data=self.request.data)  # type: ignore[attr-defined]
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)


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
