"""The steps that a case can take, and what happened in it."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.api.outputs.case import LINE
from weerbaar.steps import Offer
from weerbaar.web.shapes import OfferedStep, Serializer, example


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
