"""What programs send to the endpoints of a case; property names are camelCase."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.header import CODED
from cases.models import Case, Purpose
from weerbaar.accounts.models import Organisation
from weerbaar.steps import steps_of
from weerbaar.web.shapes import (
    DAY,
    Serializer,
    Words,
    coded,
    coded_list,
    example,
)

LONGEST_LINE = 200
WHEN_AGREED = "Gebeld op 12 mei om 10.15 uur; zij is akkoord."
STEPS = {
    name: arrows[0].custom["step"]
    for name, arrows in sorted(steps_of(Case).items())
    if not arrows[0].custom["step"].hidden
}
CHOICES = sorted({code for says in STEPS.values() for code in says.codes})


def _one(name: str, sentence: str, **more: str) -> serializers.ChoiceField:
    return coded(
        CODED[name], required=False, allow_blank=True, help_text=sentence, **more
    )


def _many(name: str, sentence: str) -> serializers.ListField:
    return coded_list(CODED[name], required=False, help_text=sentence)


@example(types=["veiled_threat"], severity="serious", channels=["phone"])
class Classification(Serializer):
    """What classifies a case, in codes of the code lists."""

    subject = Words(
        max_length=LONGEST_LINE,
        required=False,
        default=serializers.empty,
        help_text="Onderwerpregel.",
    )
    types = _many("types", "Wat er gebeurde: incident_types.")
    severity = _one("severity", "Ernst: severity_levels.")
    office = _one("office", "Ambt: office_roles.")
    channels = _many("channels", "Waar of waarmee: channels.")
    perpetrators = _many("perpetrators", "Veroorzaker: perpetrator_kinds.")
    motive = _one("motive", "Aanleiding: motives.")
    topic = _one("topic", "Beleidsonderwerp: policy_topics.")
    effects = _many("effects", "Gevolgen: effects.")
    decisionInfluenced = _one(
        "decision_influenced",
        "Besluit beïnvloed: yes_no.",
        source="decision_influenced",
    )
    family = _one("family", "Gezin geraakt: yes_no.")
    police = _one("police", "Politie en justitie: criminal_procedure_status.")
    noAangifte = _one(
        "no_aangifte",
        "Waarom geen aangifte: non_report_reasons.",
        source="no_aangifte",
    )
    measures = _many("measures", "Maatregelen: measures.")
    isAcute = serializers.BooleanField(
        source="is_acute", required=False, help_text="Er is nu gevaar."
    )


@example(classification={"severity": "serious", "types": ["veiled_threat"]})
class CaseChange(Serializer):
    """A change of the classification; what is left out stays as it is."""

    classification = Classification(help_text="Kenmerken in codes.")


@example(
    organisation="lindeveen",
    subject="Bewonersavond over de opvang",
    meetingDate="2031-05-20",
    expected="Vorige keer werd er geschreeuwd en met stoelen gegooid.",
    before=["Bel de wijkagent."],
    after=["Bel de raadsleden."],
)
class PreventionInput(Serializer):
    """Advice before a tense meeting."""

    organisation = Words(max_length=50, help_text="Korte naam van uw organisatie.")
    subject = Words(max_length=LONGEST_LINE, help_text="Waar het over gaat.")
    meetingDate = serializers.DateField(
        source="meeting_on", help_text=f"De bijeenkomst. {DAY}"
    )
    expected = Words(required=False, help_text="Wat u verwacht.")
    before = serializers.ListField(
        child=Words(max_length=LONGEST_LINE),
        max_length=20,
        default=list,
        help_text="Wat er voor de bijeenkomst moet gebeuren; elk wordt een afspraak.",
    )
    after = serializers.ListField(
        child=Words(max_length=LONGEST_LINE),
        max_length=20,
        default=list,
        help_text="Wat er na de bijeenkomst moet gebeuren.",
    )

    def validate_organisation(self, slug: str) -> Organisation:
        """The organisation; who may open a case there is the service's business."""
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise serializers.ValidationError(_("This organisation does not exist."))
        return found


@example(text="De school weet ervan. De pers heeft twee keer gebeld.")
class NoteInput(Serializer):
    """An internal note."""

    text = Words(help_text="De notitie; de melder leest haar niet.")


@example(text="Ik bel u vanmiddag om drie uur.", answerByDate="2031-05-20")
class ToReporterInput(Serializer):
    """A message to the reporter."""

    text = Words(help_text="Het bericht; de melder leest het.")
    answerByDate = serializers.DateField(
        required=False, help_text=f"Wanneer u op antwoord hoopt. {DAY}"
    )


@example(reason="De politie vraagt vandaag met wie zij kan bellen.")
class ReasonInput(Serializer):
    """Why somebody needs to know who the reporter is."""

    reason = Words(
        required=False,
        help_text="Nodig bij een vertrouwelijke melding; de melder ziet dat u keek.",
    )


@example(step="respond", words="Wij doen aangifte namens u.", consent=WHEN_AGREED)
class StepInput(Serializer):
    """Taking a step."""

    step = serializers.ChoiceField([*STEPS], help_text="Naam van de stap.")
    words = Words(required=False, help_text="Tekst die bij de stap hoort.")
    choice = serializers.ChoiceField(
        CHOICES,
        allow_blank=True,
        default="",
        help_text="Code die bij de stap hoort; zie choices bij de stap.",
    )
    consent = Words(
        required=False,
        help_text="Wanneer en hoe de melder instemde, als de stap verder gaat.",
    )


@example(text="Bel de school.", dueDate="2031-05-20")
class TaskInput(Serializer):
    """A promise of one's own choice."""

    text = Words(max_length=LONGEST_LINE, help_text="Wat er moet gebeuren.")
    dueDate = serializers.DateField(source="due_on", help_text=DAY)


@example(reason="De melder was met vakantie.")
class MissInput(Serializer):
    """Why a promise was not kept."""

    reason = Words(help_text="De reden.")


@example(dueDate="2031-05-27")
class MoveInput(Serializer):
    """Another day for a promise."""

    dueDate = serializers.DateField(source="due_on", help_text=DAY)


@example(person="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11")
class ColleagueInput(Serializer):
    """A colleague to give the case to."""

    person = serializers.UUIDField(help_text="Id van de collega.")


@example(
    person="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11",
    note="Zij wil liever een vrouw spreken. Bel na vier uur.",
)
class HandOverInput(ColleagueInput):
    """A colleague who takes over, with what she needs to know."""

    note = Words(help_text="Wat de collega moet weten.")


@example(person="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11", untilDate="2031-06-01")
class DeputyInput(ColleagueInput):
    """A colleague who stands in."""

    untilDate = serializers.DateField(help_text=f"Tot en met. {DAY}")


@example(purpose="identity", reason="De politie vraagt met wie zij kan bellen.")
class ApprovalInput(Serializer):
    """What a second person is asked, and why."""

    purpose = serializers.ChoiceField(
        Purpose.values, help_text="identity, export of destruction."
    )
    reason = Words(help_text="Waarom; de tweede persoon leest het.")


@example(agree=True, word="")
class AnswerRequestInput(Serializer):
    """A yes or no; a no with a word."""

    agree = serializers.BooleanField(help_text="Stemt u in?")
    word = Words(required=False, help_text="Toelichting; nodig bij een nee.")


@example(person="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11", reason="Hij was erbij.")
class RecusalInput(ColleagueInput):
    """Who is concerned, and why."""

    reason = Words(help_text="De reden; andere behandelaars lezen haar.")
