"""What was written and said, and who the reporter is."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.models import StatementKind
from weerbaar.web.shapes import DAY, Serializer, example


@example(
    id="0b6f6c2e-9a0a-4a53-8a2e-0b5e2d1c7f44",
    kind="note",
    writtenDate="2031-05-12",
    author="Bram Visser",
)
class StatementOutput(Serializer):
    """That something was written, by whom and when; not what."""

    id = serializers.UUIDField(help_text="Id van de tekst.")
    kind = serializers.CharField(help_text="Soort tekst.")
    writtenDate = serializers.DateField(source="written_on", help_text=DAY)
    author = serializers.SerializerMethodField(
        help_text="Naam van de schrijver; leeg bij de melder."
    )

    @extend_schema_field(str)
    def get_author(self, statement: Any) -> str:
        return statement.author.name if statement.author_id else ""


@example(
    id="0b6f6c2e-9a0a-4a53-8a2e-0b5e2d1c7f44",
    kind="note",
    writtenDate="2031-05-12",
    author="Bram Visser",
    text="De school weet ervan.",
)
class NoteOutput(Serializer):
    """Words among handlers, opened."""

    id = serializers.UUIDField(source="statement.id", help_text="Id van de tekst.")
    kind = serializers.CharField(
        source="statement.kind",
        help_text="note, handover, reason, consent of lessons.",
    )
    writtenDate = serializers.DateField(source="statement.written_on", help_text=DAY)
    author = serializers.CharField(
        source="statement.author.name", default="", help_text="Wie het schreef."
    )
    text = serializers.CharField(help_text="De woorden.")


@example(
    id="0b6f6c2e-9a0a-4a53-8a2e-0b5e2d1c7f44",
    kind="message",
    writtenDate="2031-05-12",
    isFromReporter=False,
    text="Ik bel u vanmiddag om drie uur.",
)
class ThreadOutput(Serializer):
    """Words between handler and reporter, opened."""

    id = serializers.UUIDField(source="statement.id", help_text="Id van de tekst.")
    kind = serializers.CharField(source="statement.kind", help_text="Soort tekst.")
    writtenDate = serializers.DateField(source="statement.written_on", help_text=DAY)
    isFromReporter = serializers.SerializerMethodField(
        help_text="De melder schreef dit."
    )
    text = serializers.CharField(help_text="De woorden.")

    @extend_schema_field(bool)
    def get_isFromReporter(self, opened: Any) -> bool:
        return bool(opened.statement.kind == StatementKind.REPLY)


@example(
    text="Er stond vanmorgen een man bij de school.",
    answers={"types": ["stalking"], "family": "yes"},
    writtenDate="2031-05-12",
)
class ReportOutput(Serializer):
    """The story and its answers."""

    text = serializers.CharField(help_text="Het verhaal van de melder.")
    answers = serializers.DictField(help_text="Antwoorden in codes.")
    writtenDate = serializers.DateField(allow_null=True, help_text=DAY)


@example(
    channel="phone",
    phone="06 1234 5678",
    email="",
    times="Na vier uur.",
    voicemail="no",
    cover="Zeg dat het over de bibliotheek gaat.",
)
class SafeContactOutput(Serializer):
    """How to reach the reporter; all empty means by the mailbox only."""

    channel = serializers.CharField(default="", help_text="Code: contact_channels.")
    phone = serializers.CharField(default="", help_text="Nummer.")
    email = serializers.CharField(default="", help_text="E-mailadres.")
    times = serializers.CharField(default="", help_text="Wanneer het kan.")
    voicemail = serializers.CharField(
        default="", help_text="Mag u iets inspreken: yes of no."
    )
    cover = serializers.CharField(
        default="", help_text="Wat u zegt als iemand anders opneemt."
    )


@example(name="Anna de Wit")
class IdentityOutput(Serializer):
    """Who the reporter is; empty when nobody knows."""

    name = serializers.CharField(default="", help_text="Naam van de melder.")
