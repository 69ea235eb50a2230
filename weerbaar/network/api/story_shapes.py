"""What the endpoints of the practice stories take and answer."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from weerbaar import codes
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Edition
from weerbaar.stories.services import LONGEST, OfficeKind
from weerbaar.web.shapes import Serializer, Words, example

TEXT = {
    "title": "Eerst de uitgang, dan het gesprek",
    "happened": "Een bezoeker versperde de deur.",
    "done": "De gastvrouw legde de avond stil.",
    "helped": "Dat iemand dezelfde avond belde.",
    "lessons": "Spreek vooraf af wie de avond stillegt.",
    "officeKind": "executive",
    "topic": "",
}
STORY = {"id": "5b8f0f3e-8a55-4b7c-8d1b-0d6a0a4f9e21", **TEXT}


class TextOutput(Serializer):
    """The words of a story, and two codes at most."""

    title = serializers.CharField(help_text="Titel.")
    happened = serializers.CharField(help_text="Wat er gebeurde.")
    done = serializers.CharField(help_text="Wat er is gedaan.")
    helped = serializers.CharField(help_text="Wat hielp.")
    lessons = serializers.CharField(help_text="Wat anderen kunnen leren.")
    officeKind = serializers.ChoiceField(
        OfficeKind.values,
        source="office_kind",
        allow_blank=True,
        help_text="Soort ambt; leeg is weggelaten.",
    )
    topic = serializers.ChoiceField(
        [code.code for code in codes.entries("policy_topics")],
        allow_blank=True,
        help_text="Code: policy_topics; leeg is weggelaten.",
    )


@example(**STORY, publishedMonth="2031-05")
class StoryOutput(TextOutput):
    """A published story."""

    id = serializers.UUIDField(help_text="Id van het verhaal.")
    publishedMonth = serializers.SerializerMethodField(
        help_text="Maand van publicatie; de dag wordt niet bewaard."
    )

    @extend_schema_field(serializers.RegexField(r"^\d{4}-\d{2}$"))
    def get_publishedMonth(self, story: Edition) -> str:
        return f"{story.published_on:%Y-%m}"


@example(**STORY)
class EditionOutput(TextOutput):
    """A story that waits for an editor."""

    id = serializers.UUIDField(help_text="Id bij de redactie.")


@example(received=3)
class ReceivedOutput(Serializer):
    """What came out of the letterbox."""

    received = serializers.IntegerField(help_text="Hoeveel verhalen eruit kwamen.")


@example(reason="Een krant schrijft erover.")
class TakeOffInput(Serializer):
    """Why a story goes."""

    reason = Words(
        max_length=LONGEST, help_text="Reden; behandelaar en melder lezen die."
    )


@example(step="publish", points=list(CODES))
class EditionStepInput(Serializer):
    """What an editor decides: with every point of the checklist, or with a reason."""

    step = serializers.ChoiceField(
        ["publish", "send_back", "refuse"], help_text="Naam van de stap."
    )
    points = serializers.ListField(
        child=serializers.ChoiceField(CODES),
        required=False,
        max_length=len(CODES),
        help_text="Bij publish: elk punt van de controlelijst.",
    )
    reason = Words(
        required=False, max_length=LONGEST, help_text="Bij send_back en refuse: waarom."
    )
