"""Files of a case, and requests that take two people."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from weerbaar.web.shapes import DAY, Serializer, example

FILE = {
    "id": "0a6f7c1e-2f53-4a5f-9d0a-0d7a4b2b6c77",
    "name": "brief.pdf",
    "mediaType": "application/pdf",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "addedDate": "2031-05-12",
    "isOfReporter": True,
    "removed": ["place"],
    "hasOriginal": False,
    "scan": "clean",
}


@example(**FILE)
class FileOutput(Serializer):
    """A file of a case."""

    id = serializers.UUIDField(source="attachment.pk", help_text="Id van het bestand.")
    name = serializers.CharField(source="piece.name", help_text="Naam.")
    mediaType = serializers.CharField(
        source="piece.type", help_text="Soort, naar wat erin staat."
    )
    size = serializers.IntegerField(source="piece.file.size", help_text="In bytes.")
    sha256 = serializers.CharField(
        source="piece.file.sha256", help_text="SHA-256 van wat u krijgt."
    )
    addedDate = serializers.DateField(source="attachment.added_on", help_text=DAY)
    isOfReporter = serializers.SerializerMethodField(help_text="Kwam van de melder.")
    removed = serializers.ListField(
        child=serializers.CharField(),
        source="piece.removed",
        help_text="Wat eruit is gehaald: place, device, time, other.",
    )
    hasOriginal = serializers.SerializerMethodField(
        help_text="Het onveranderde bestand is bewaard."
    )
    scan = serializers.CharField(
        source="piece.scan", help_text="clean, unscanned of no_scanner."
    )

    @extend_schema_field(bool)
    def get_isOfReporter(self, found: Any) -> bool:
        return found.attachment.added_by_id is None

    @extend_schema_field(bool)
    def get_hasOriginal(self, found: Any) -> bool:
        return found.attachment.original is not None


@example(
    id="9d1c2b3a-5e4f-4a6b-8c7d-0e1f2a3b4c5d",
    reference="7F3K-9QXM",
    purpose="identity",
    state="asked",
    askedBy="Bram Visser",
    askedAt="2031-05-12T10:30:00Z",
    endsAt="2031-05-19T10:30:00Z",
    answeredAs="",
    reason="De politie vraagt met wie zij kan bellen.",
    answer="",
)
class ApprovalOutput(Serializer):
    """A request that a second person answers."""

    id = serializers.UUIDField(help_text="Id van het verzoek.")
    reference = serializers.CharField(help_text="Kenmerk van de zaak.")
    purpose = serializers.CharField(help_text="identity, export of destruction.")
    state = serializers.CharField(
        help_text="asked, granted, refused, withdrawn, lapsed of ended."
    )
    askedBy = serializers.CharField(help_text="Wie het vroeg.")
    askedAt = serializers.DateTimeField(
        default_timezone=UTC, help_text="Wanneer, in UTC."
    )
    endsAt = serializers.DateTimeField(
        default_timezone=UTC, help_text="Tot wanneer het wacht, of geldt; in UTC."
    )
    answeredAs = serializers.CharField(
        help_text="custodian of handler; leeg: nog niet."
    )
    reason = serializers.CharField(help_text="Waarom het gevraagd is.")
    answer = serializers.CharField(help_text="Toelichting bij het antwoord.")
