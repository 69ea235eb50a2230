"""What goes in and out of the endpoints of a case; property names are camelCase."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.header import CODED, Header
from weerbaar import codes
from weerbaar.steps import Offer
from weerbaar.web.api import Serializer

MOST = 20_000
DAY = "Dag (jjjj-mm-dd)."


class CodeField(serializers.CharField):
    """A code of a code list; another one is refused."""

    def __init__(self, *, list_name: str, **kwargs: Any) -> None:
        super().__init__(allow_blank=True, required=False, **kwargs)
        self.list_name = list_name

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if code and code not in {c.code for c in codes.entries(self.list_name)}:
            raise serializers.ValidationError(f"Onbekende code in {self.list_name}.")
        return code


def _one(name: str, sentence: str) -> CodeField:
    return CodeField(list_name=CODED[name], help_text=sentence)


def _many(name: str, sentence: str) -> serializers.ListField:
    return serializers.ListField(
        child=CodeField(list_name=CODED[name]), required=False, help_text=sentence
    )


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


class CommitmentOutput(CasePromiseOutput):
    """A promise inside its case, with its words."""

    text = serializers.CharField(help_text="Wat is afgesproken, in woorden.")
    reason = serializers.CharField(help_text="Waarom het niet is nagekomen.")


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


class Classification(Serializer):
    """What classifies a case, in codes of the code lists."""

    subject = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="Onderwerpregel."
    )
    types = _many("types", "Wat er gebeurde: incident_types.")
    severity = _one("severity", "Ernst: severity_levels.")
    office = _one("office", "Ambt: office_roles.")
    channels = _many("channels", "Waar of waarmee: channels.")
    perpetrators = _many("perpetrators", "Veroorzaker: perpetrator_kinds.")
    motive = _one("motive", "Aanleiding: motives.")
    topic = _one("topic", "Beleidsonderwerp: policy_topics.")
    effects = _many("effects", "Gevolgen: effects.")
    decisionInfluenced = CodeField(
        list_name="yes_no",
        source="decision_influenced",
        help_text="Besluit beïnvloed: yes_no.",
    )
    family = _one("family", "Gezin geraakt: yes_no.")
    police = _one("police", "Politie en justitie: criminal_procedure_status.")
    measures = _many("measures", "Maatregelen: measures.")
    isAcute = serializers.BooleanField(
        source="is_acute", required=False, help_text="Er is nu gevaar."
    )


class AssignmentOutput(Serializer):
    """Somebody who is on the case."""

    name = serializers.CharField(source="user.name", help_text="Naam.")
    capacity = serializers.CharField(help_text="owner of deputy.")
    untilDate = serializers.DateField(source="until", allow_null=True, help_text=DAY)


class CaseOutput(CaseLine):
    """One case with its header opened."""

    revision = serializers.IntegerField(help_text="Versie van de kenmerken.")
    wish = serializers.CharField(help_text="Wat de melder nu wil: wishes.")
    anonymity = serializers.CharField(help_text="Keuze van de melder: anonymity.")
    classification = Classification(help_text="Kenmerken in codes.")
    people = AssignmentOutput(many=True, help_text="Wie eraan werken.")


class CaseChange(Serializer):
    """A change of the classification; what is left out stays as it is."""

    classification = Classification(help_text="Kenmerken in codes.")


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


class NoteInput(Serializer):
    """An internal note."""

    text = serializers.CharField(
        max_length=MOST, help_text="De notitie; de melder leest haar niet."
    )


class ToReporterInput(Serializer):
    """A message to the reporter."""

    text = serializers.CharField(
        max_length=MOST, help_text="Het bericht; de melder leest het."
    )
    answerByDate = serializers.DateField(
        required=False, help_text="Wanneer u op antwoord hoopt (jjjj-mm-dd)."
    )


class ReportOutput(Serializer):
    """The story and its answers."""

    text = serializers.CharField(help_text="Het verhaal van de melder.")
    answers = serializers.DictField(help_text="Antwoorden in codes.")
    writtenDate = serializers.DateField(help_text=DAY)


class StepOutput(Serializer):
    """A step that the workflow offers this person now."""

    step = serializers.CharField(source="name", help_text="Naam van de stap.")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="De stap in woorden."
    )
    isPossible = serializers.BooleanField(
        source="possible", help_text="Kan de stap nu worden gezet?"
    )
    reasons = serializers.SerializerMethodField(help_text="Waarom nog niet.")
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

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, offer: Offer) -> list[str]:
        return [str(reason) for reason in offer.reasons]

    @extend_schema_field(bool)
    def get_needsWords(self, offer: Offer) -> bool:
        return bool(offer.step.words and offer.step.words.required)

    @extend_schema_field(bool)
    def get_isForReporter(self, offer: Offer) -> bool:
        return bool(offer.step.words and offer.step.words.to_reporter)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_choices(self, offer: Offer) -> list[str]:
        if not offer.step.choices:
            return []
        return [*offer.step.only] or [
            c.code for c in codes.entries(offer.step.choices[1])
        ]

    @extend_schema_field(bool)
    def get_needsConsent(self, offer: Offer) -> bool:
        return bool(self.context["needs_consent"](offer.name))


class StepInput(Serializer):
    """Taking a step."""

    step = serializers.CharField(max_length=40, help_text="Naam van de stap.")
    words = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="Tekst die bij de stap hoort.",
    )
    choice = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        default="",
        help_text="Code die bij de stap hoort.",
    )
    consent = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="Wanneer en hoe de melder instemde, als de stap verder gaat.",
    )


class StateOutput(Serializer):
    """Where the case stands after a step."""

    reference = serializers.CharField(help_text="Kenmerk van de zaak.")
    state = serializers.CharField(help_text="Stand in de werkstroom.")


class TaskInput(Serializer):
    """A promise of one's own choice."""

    text = serializers.CharField(max_length=200, help_text="Wat er moet gebeuren.")
    dueDate = serializers.DateField(source="due_on", help_text=DAY)


class MissInput(Serializer):
    """Why a promise was not kept."""

    reason = serializers.CharField(max_length=MOST, help_text="De reden.")


class MoveInput(Serializer):
    """Another day for a promise."""

    dueDate = serializers.DateField(source="due_on", help_text=DAY)


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
        return moment.about.name if moment.about else ""


def classification_of(header: Header) -> Any:
    """The header as the API shows it."""
    return Classification(header).data
