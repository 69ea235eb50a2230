"""OData v4 over the figures in force, outside /api/v1/: its names are StatLine's.

`/odata/v1/Datasets`, then `/odata/v1/Weerbaar/T2-2026/Observations` and its siblings;
`$metadata` beside each says in XML what they consist of.
Read only, and not in our OpenAPI description, whose rules ask for other names.
"""

import json
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from weerbaar.network.api.views import ReadsFigures
from weerbaar.network.models import Release
from weerbaar.network.publishing import statline
from weerbaar.network.publishing.csdl import as_csdl
from weerbaar.network.publishing.cube import Cube, cubes_of
from weerbaar.network.publishing.filtering import FilterRefused, read_filter
from weerbaar.web.api import known_query, refuse_query

ROWS_KEYS = ("$filter", "$select", "$top", "$skip")
HIGHEST = 1_000_000


class ReadsPublished(ReadsFigures):
    """Members of the network; everybody where the figures are public."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return settings.PUBLIC_FIGURES or super().has_permission(request, view)


@extend_schema(exclude=True)
class Odata(APIView):
    """What every address of the service has: the door, and how it answers."""

    http_method_names = ("get", "head")
    permission_classes = (ReadsPublished,)
    query_keys: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known_query(request, *self.query_keys)

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal in the protocol's own form (OData JSON Format 4.01, 21)."""
        response = super().handle_exception(exc)
        told = response.data or {}
        details = [
            {"code": "query", "target": e.get("parameter"), "message": e["detail"]}
            for e in told.get("errors", ())
        ]
        error = {"code": str(response.status_code), "message": told.get("detail", "")}
        response.data = {"error": error | ({"details": details} if details else {})}
        response.content_type = "application/json"
        return response

    def releases(self) -> list[Release]:
        """The figures in force that this visitor may read."""
        return list(Release.objects.open_to(self.request.user).in_force())

    def find(self, catalog: str, identifier: str) -> tuple[Release, Cube]:
        """The dataset of an address. Raises Http404."""
        try:
            if catalog != statline.CATALOG:
                raise KeyError(catalog)
            return statline.find(self.releases(), identifier)
        except KeyError:
            raise Http404 from None

    def answer(self, fragment: str, body: dict[str, Any], at: str = "") -> Response:
        """`at` is the dataset, which is a service of its own."""
        context = f"{settings.SITE_ADDRESS}/odata/v1/{at}$metadata{fragment}"
        return Response(
            {"@odata.context": context, **body},
            headers={"OData-Version": "4.0"},
        )


class AsXml(BaseRenderer):
    """XML that is already made; a refusal stays in the protocol's own form."""

    media_type = "application/xml"
    format = "xml"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        return data if isinstance(data, bytes) else json.dumps(data).encode()


class Service(Odata):
    """What there is: the list of datasets."""

    def get(self, request: Request) -> Response:
        return self.answer("", {"value": [_listed("Datasets")]})


@extend_schema(exclude=True)
class Metadata(Odata):
    """The description of the service, or of one dataset, for programs."""

    renderer_classes = (AsXml,)

    def get(
        self, request: Request, catalog: str = "", identifier: str = ""
    ) -> Response:
        shapes = statline.catalogue_shapes()
        if identifier:
            _release, cube = self.find(catalog, identifier)
            shapes = statline.shapes(cube)
        return Response(as_csdl(shapes), headers={"OData-Version": "4.0"})


class Datasets(Odata):
    """Every table in force, of every year."""

    query_keys = ROWS_KEYS

    def get(self, request: Request) -> Response:
        rows = [
            statline.dataset(release, cube)
            for release in self.releases()
            for cube in cubes_of(release)
        ]
        return self.answer(
            "#Datasets", {"value": asked(request, rows, list(statline.DATASET))}
        )


class Dataset(Odata):
    """What one dataset consists of."""

    def get(self, request: Request, catalog: str, identifier: str) -> Response:
        _release, cube = self.find(catalog, identifier)
        listed = [_listed(n, s.is_single) for n, s in statline.shapes(cube).items()]
        return self.answer("", {"value": listed}, f"{catalog}/{identifier}/")


class Part(Odata):
    """The properties, dimensions, codes or observations of a dataset."""

    query_keys = ROWS_KEYS

    def get(
        self, request: Request, catalog: str, identifier: str, part: str
    ) -> Response:
        release, cube = self.find(catalog, identifier)
        at = f"{catalog}/{identifier}/"
        if part == "Properties":
            return self.answer("#Properties", statline.dataset(release, cube), at)
        found = statline.parts(cube)
        if part not in found:
            raise Http404
        rows = found[part]()
        told = {"value": asked(request, rows, list(rows[0]))}
        return self.answer(f"#{part}", told, at)


def _listed(name: str, is_single: bool = False) -> dict[str, str]:
    kind = "Singleton" if is_single else "EntitySet"
    return {"name": name, "kind": kind, "url": name}


def asked(
    request: Request, rows: list[dict[str, Any]], names: list[str]
) -> list[dict[str, Any]]:
    """The rows and columns that the query options ask for. Raises ValidationError."""
    query = request.query_params
    if text := query.get("$filter"):
        try:
            test = read_filter(text, names)
        except FilterRefused as refused:
            raise _refused("$filter", str(refused)) from refused
        rows = [row for row in rows if test(row)]
    first = _number(query.get("$skip"), 0, "$skip")
    rows = rows[first : first + _number(query.get("$top"), HIGHEST, "$top")]
    if chosen := query.get("$select"):
        wanted = [name.strip() for name in chosen.split(",")]
        if not set(wanted) <= set(names):
            raise _refused("$select", ", ".join(sorted(set(wanted) - set(names))))
        rows = [{name: row[name] for name in wanted} for row in rows]
    return rows


def _number(text: str | None, default: int, name: str) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))):
        raise _refused(name, text)
    return int(text)


def _refused(name: str, what: str) -> ValidationError:
    """Says which option is not understood, and what this service takes."""
    words = _(
        "Not understood: %(what)s. Names of columns with eq, and, or and brackets."
    )
    return refuse_query(name, words % {"what": what[:60]})
