"""What the endpoints of a case answer; property names are camelCase."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.inputs import Classification
from weerbaar.steps import Offer
from weerbaar.web.shapes import DAY, OfferedStep, Serializer, example

PROMISE = {
    "id": "1f0c7d0a-31f5-4b2b-8a57-1f9d0e3a6c55",
    "kind": "reception_talk",
    "state": "open",
    "awaits": "us",
    "dueDate": "2031-05-15",
    "isOverdue": False,
}
LINE = {
    "reference": "7F3K-9QXM",
    "organisation": "lindeveen",
    "kind": "incident",
    "state": "triage",
    "openedDate": "2031-05-12",
    "movedDate": "2031-05-12",
    "closedDate": None,
    "nextPromise": PROMISE,
}
BRAM = {
    "id": "6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11",
    "name": "Bram Visser",
    "capacity": "owner",
    "untilDate": None,
}


@example(**PROMISE)
class CasePromiseOutput(Serializer):
    """A promise; its words stand only in the case itself."""

    id = serializers.UUIDField(help_text="Id van de afspraak.")
    kind = serializers.CharField(help_text="Soort afspraak.")
    state = serializers.CharField(help_text="open, kept, missed of cancelled.")
    awaits = serializers.CharField(help_text="Wie aan zet is: us, reporter, partner.")
    dueDate = serializers.DateField(source="due_on", help_text=DAY)
    isOverdue = serializers.SerializerMethodField(help_text="De dag is voorbij.")

    @extend_schema_field(bool)
    def get_isOverdue(self, promise: Any) -> bool:
        return bool(promise.is_overdue(self.context["today"]))


@example(**PROMISE, text="", reason="")
class CommitmentOutput(CasePromiseOutput):
    """A promise inside its case, with its words."""

    text = serializers.CharField(help_text="Wat is afgesproken, in woorden.")
    reason = serializers.CharField(help_text="Waarom het niet is nagekomen.")


@example(**LINE)
class CaseLine(Serializer):
    """A case in the worklist: nothing sealed is opened for a list."""

    reference = serializers.CharField(help_text="Kenmerk van de zaak.")
    organisation = serializers.CharField(
        source="organisation.slug", help_text="Korte naam van de organisatie."
    )
    kind = serializers.CharField(help_text="incident of prevention.")
    state = serializers.CharField(help_text="Stand in de werkstroom.")
    openedDate = serializers.DateField(source="opened_on", help_text=DAY)
    movedDate = serializers.DateField(source="moved_on", help_text=DAY)
    closedDate = serializers.DateField(
        source="closed_on", allow_null=True, help_text=DAY
    )
    nextPromise = serializers.SerializerMethodField(
        help_text="De eerste afspraak die openstaat."
    )

    @extend_schema_field(CasePromiseOutput(allow_null=True))
    def get_nextPromise(self, case: Any) -> Any:
        promised = case.promised
        return (
            CasePromiseOutput(promised[0], context=self.context).data
            if promised
            else None
        )


@example(**BRAM)
class AssignmentOutput(Serializer):
    """Somebody who is on the case."""

    id = serializers.UUIDField(source="user.pk", help_text="Id van de collega.")
    name = serializers.CharField(source="user.name", help_text="Naam.")
    capacity = serializers.CharField(help_text="owner of deputy.")
    untilDate = serializers.DateField(source="until", allow_null=True, help_text=DAY)


@example(id=BRAM["id"], name=BRAM["name"])
class ColleagueOutput(Serializer):
    """Somebody who may be given the case."""

    id = serializers.UUIDField(source="pk", help_text="Id van de collega.")
    name = serializers.CharField(help_text="Naam.")


@example(
    **LINE,
    revision=3,
    wish="think_along",
    anonymity="confidential",
    countAnonymously=True,
    classification={
        "subject": "Berichten na de raadsvergadering",
        "types": ["veiled_threat"],
        "severity": "serious",
        "office": "alderman",
        "channels": ["phone"],
        "perpetrators": ["resident"],
        "motive": "",
        "topic": "asylum_reception",
        "effects": [],
        "decisionInfluenced": "no",
        "family": "yes",
        "police": "",
        "measures": [],
        "isAcute": False,
    },
    people=[BRAM],
)
class CaseOutput(CaseLine):
    """One case with its header opened."""

    revision = serializers.IntegerField(help_text="Versie van de kenmerken.")
    wish = serializers.CharField(help_text="Wat de melder nu wil: wishes.")
    anonymity = serializers.CharField(help_text="Keuze van de melder: anonymity.")
    countAnonymously = serializers.BooleanField(
        allow_null=True,
        help_text="De melder laat de melding anoniem meetellen; null: niet gekozen.",
    )
    classification = Classification(help_text="Kenmerken in codes.")
    people = AssignmentOutput(many=True, help_text="Wie eraan werken.")


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
        return bool(opened.statement.kind == "reply")


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


@example(
    step="respond",
    label="Maatregelen afspreken",
    isPossible=True,
    reasons=[],
    needsWords=True,
    isForReporter=True,
    choices=[],
    needsConsent=False,
)
class StepOutput(OfferedStep):
    """A step that the workflow offers this person now."""

    needsWords = serializers.SerializerMethodField(
        help_text="De stap vraagt een tekst."
    )
    isForReporter = serializers.SerializerMethodField(
        help_text="De melder leest die tekst."
    )
    choices = serializers.SerializerMethodField(help_text="Codes om uit te kiezen.")
    needsConsent = serializers.SerializerMethodField(
        help_text="De stap gaat verder dan de wens van de melder."
    )

    @extend_schema_field(bool)
    def get_needsWords(self, offer: Offer) -> bool:
        return bool(offer.step.words and offer.step.words.required)

    @extend_schema_field(bool)
    def get_isForReporter(self, offer: Offer) -> bool:
        return bool(offer.step.words and offer.step.words.to_reporter)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_choices(self, offer: Offer) -> list[str]:
        return offer.step.codes

    @extend_schema_field(bool)
    def get_needsConsent(self, offer: Offer) -> bool:
        return bool(self.context["needs_consent"](offer.name))


@example(reference=LINE["reference"], state="response")
class StateOutput(Serializer):
    """Where the case stands after a step."""

    reference = serializers.CharField(help_text="Kenmerk van de zaak.")
    state = serializers.CharField(help_text="Stand in de werkstroom.")


@example(
    kind="case.assigned",
    at="2031-05-12T08:30:00Z",
    actorKind="person",
    actor="Bram Visser",
    about="Sanne de Boer",
    facts={},
)
class EventOutput(Serializer):
    """A line of the timeline; it holds no words."""

    kind = serializers.CharField(source="event.kind", help_text="Wat er gebeurde.")
    at = serializers.DateTimeField(
        source="event.at",
        default_timezone=UTC,
        help_text="Wanneer; bij de melder het begin van het dagdeel.",
    )
    actorKind = serializers.CharField(
        source="event.actor_kind", help_text="person, reporter of system."
    )
    actor = serializers.SerializerMethodField(help_text="Naam, als het een mens was.")
    about = serializers.SerializerMethodField(help_text="Wie het betrof.")
    facts = serializers.DictField(source="event.facts", help_text="Codes en dagen.")

    @extend_schema_field(str)
    def get_actor(self, moment: Any) -> str:
        return moment.person.name if moment.person else ""

    @extend_schema_field(str)
    def get_about(self, moment: Any) -> str:
        return ", ".join(person.name for person in moment.about)


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
