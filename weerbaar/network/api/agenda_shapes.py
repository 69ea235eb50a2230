"""What the endpoints of the network's own work take and answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from weerbaar import codes
from weerbaar.network.agenda.models import PriorityTheme
from weerbaar.network.api.outputs import NUMBER
from weerbaar.network.figures import topic_total
from weerbaar.web.shapes import OfferedStep, Serializer, Words, example

ONE_OF_TWO = "Geef een onderwerp of een naam."
THEME = {
    "id": "0c4f8d3e-1f0a-4a53-9a36-6d1c2f7b9e10",
    "state": "proposed",
    "year": 2031,
    "topic": "asylum_reception",
    "name": "opvang asielzoekers",
    "sentence": "Rond de opvang lopen avonden vaker uit de hand.",
    "question": "Wat helpt een raad om zo'n avond veilig te houden?",
    "proposedBy": "Wethoudersvereniging",
    "support": ["Wethoudersvereniging"],
    "incidents": 55,
}
ACTIVITY = {
    "id": "4a0e3a55-6d0b-4f6f-8f3e-5b1d7c2a9e33",
    "state": "committed",
    "theme": THEME["id"],
    "title": "Regioavonden",
    "aim": "Acht avonden waarop raden oefenen.",
    "euros": 48000,
    "result": "",
}


@example(**THEME)
class ThemeOutput(Serializer):
    """A theme proposed or named, with its number of reports where it is counted."""

    id = serializers.UUIDField(help_text="Id van het thema.")
    state = serializers.CharField(help_text="proposed, named, not_chosen of withdrawn.")
    year = serializers.IntegerField(help_text="Jaar.")
    topic = serializers.CharField(help_text="Code: policy_topics; kan leeg.")
    name = serializers.CharField(help_text="Naam van het thema.")
    sentence = serializers.CharField(help_text="Waarom dit thema.")
    question = serializers.CharField(help_text="Vraag voor onderzoek; kan leeg.")
    proposedBy = serializers.CharField(
        source="organisation.name",
        default=None,
        allow_null=True,
        help_text="Welke partner het voorstelde; null bij de oudste.",
    )
    support = serializers.SerializerMethodField(help_text="Welke partners het steunen.")
    incidents = serializers.SerializerMethodField(help_text=NUMBER)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_support(self, theme: PriorityTheme) -> list[str]:
        return [one.organisation.name for one in theme.supports.all()]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_incidents(self, theme: PriorityTheme) -> int | None:
        release = self.context["releases"].get(theme.year)
        return topic_total(release.snapshot, theme.topic) if release else None


@example(
    year=2031,
    topic="asylum_reception",
    sentence=THEME["sentence"],
    question=THEME["question"],
)
class ThemeInput(Serializer):
    """A theme to propose: a policy topic, or a name of its own."""

    year = serializers.IntegerField(
        min_value=2000, max_value=2100, help_text="Voor welk jaar."
    )
    topic = serializers.ChoiceField(
        choices=[code.code for code in codes.entries("policy_topics")],
        default="",
        allow_blank=True,
        help_text="Code: policy_topics; leeg bij een eigen naam.",
    )
    name = Words(
        required=False, max_length=80, help_text="Eigen naam; leeg bij een onderwerp."
    )
    sentence = Words(max_length=300, help_text="Waarom dit thema, in één zin.")
    question = Words(required=False, max_length=300, help_text="Vraag voor onderzoek.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of topic and name."""
        if bool(attrs.get("topic")) == bool(attrs.get("name")):
            raise serializers.ValidationError({"name": ONE_OF_TWO})
        return attrs


@example(step="withdraw", label="Neem het voorstel terug", isPossible=True, reasons=[])
class ThemeStepOutput(OfferedStep):
    """A step that this person may take with a theme."""


@example(step="withdraw")
class ThemeStepInput(Serializer):
    """The step to take."""

    step = serializers.ChoiceField(
        choices=["choose", "pass_over", "withdraw"], help_text="Naam van de stap."
    )


@example(**ACTIVITY)
class ActivityOutput(Serializer):
    """What the network does about a theme, and the money for it."""

    id = serializers.UUIDField(help_text="Id van de activiteit.")
    state = serializers.CharField(help_text="committed, done of cancelled.")
    theme = serializers.UUIDField(source="theme_id", help_text="Id van het thema.")
    title = serializers.CharField(help_text="Naam.")
    aim = serializers.CharField(help_text="Wat het moet opleveren.")
    euros = serializers.IntegerField(help_text="Toegezegd, in hele euro's.")
    result = serializers.CharField(help_text="Wat het heeft opgeleverd; kan leeg.")


@example(
    title=ACTIVITY["title"],
    aim=ACTIVITY["aim"],
    euros=ACTIVITY["euros"],
)
class ActivityInput(Serializer):
    """Money to commit to an activity."""

    title = Words(max_length=120, help_text="Naam.")
    aim = Words(max_length=300, help_text="Wat het moet opleveren, in één zin.")
    euros = serializers.IntegerField(
        min_value=1, max_value=2_000_000_000, help_text="In hele euro's."
    )


@example(result="Zes avonden gehouden met 212 deelnemers.")
class ResultInput(Serializer):
    """What came of an activity."""

    result = Words(max_length=1000, help_text="Noem geen ambtsdrager en geen zaak.")
