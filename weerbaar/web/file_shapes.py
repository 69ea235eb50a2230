"""Files at the programs' door: one per request, as multipart; given as bytes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from weerbaar.web.shapes import Serializer

BYTES = {
    (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY),
    (206, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY),
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Voorbeeld",
            {"file": "(inhoud van het bestand)", "keepOriginal": False},
            media_type="multipart/form-data",
        )
    ]
)
class FileInput(Serializer):
    """A file, and whether the untouched one is kept beside the cleaned one."""

    file = serializers.FileField(help_text="Het bestand, met zijn naam.")
    keepOriginal = serializers.BooleanField(
        default=False,
        help_text="Bewaar ook het onveranderde bestand, voor een aangifte.",
    )

    def _mistakes(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """A form has words only: "true" is true here."""
        for name in sorted(set(data) - set(self.fields)):
            yield name, [_("This property does not exist here.")]


class Octets(JSONRenderer):
    """Bytes as they are; a refusal stays what it is everywhere."""

    media_type = "application/octet-stream"
    format = "octets"


class GivesBytes:
    """For views that give the bytes of a file."""

    renderer_classes: Sequence[Any] = (JSONRenderer, Octets)
