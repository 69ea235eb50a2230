"""What programs send to the reporter's endpoints; every mistake is told at once."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from aftercare.services import MOODS, NEEDS
from intake import services
from intake.services import Contact, Report
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.trust import receiving
from weerbaar.web.shapes import (
    DAY,
    HIGHEST,
    Serializer,
    Words,
    coded,
    coded_list,
    example,
)

STORY = "Er stond vanmorgen een man bij de school van mijn kinderen."
LONGEST_LINE = 200
MOST_EXCLUDED = 100
COUNTED = {True: "yes", False: "no", None: ""}


def _maybe(name: str, sentence: str, default: str = "") -> serializers.ChoiceField:
    """One code of a list; empty means not told."""
    return coded(name, default=default, allow_blank=True, help_text=sentence)


@example(channel="phone", phone="06 1234 5678", times="Na vier uur.", voicemail="no")
class ContactInput(Serializer):
    """How to reach the reporter without harm."""

    channel = _maybe("contact_channels", "Hoe: contact_channels.")
    phone = Words(max_length=30, required=False, help_text="Nummer.")
    email = Words(max_length=LONGEST_LINE, required=False, help_text="E-mailadres.")
    times = Words(max_length=LONGEST_LINE, required=False, help_text="Wanneer.")
    voicemail = serializers.ChoiceField(
        choices=["yes", "no"],
        default="",
        allow_blank=True,
        help_text="Mag er iets worden ingesproken?",
    )
    cover = Words(
        max_length=LONGEST_LINE,
        required=False,
        help_text="Wat wij zeggen als iemand anders opneemt.",
    )


class ReceivingField(serializers.PrimaryKeyRelatedField):  # type: ignore[type-arg]
    """An organisation that can receive a report: its root is pinned."""

    queryset = Organisation.objects.none()

    def get_queryset(self) -> Any:
        return receiving()


@example(
    organisation="0e3f1c52-8d7a-4c31-9a59-0c1f6f1f2a01",
    types=["veiled_threat"],
    wish="think_along",
    anonymity="anonymous",
    story=STORY,
    occurredDate="2026-05-12",
)
class ReportInput(Serializer):
    """A report; four properties are needed, as on the form."""

    organisation = ReceivingField(
        pk_field=serializers.UUIDField(),
        help_text="Waar u meldt; zie organisations.",
    )
    types = coded_list(
        "incident_types", help_text="Wat er gebeurde. Leeg: weet ik niet."
    )
    wish = coded("wishes", help_text="Wat er moet gebeuren: wishes.")
    anonymity = coded("anonymity", help_text="Met naam, vertrouwelijk of anoniem.")
    reporterRole = _maybe("reporter_roles", "Wie u bent: reporter_roles.", "self")
    office = _maybe("office_roles", "Het ambt: office_roles.")
    excluded = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=MOST_EXCLUDED,
        help_text="Wie de melding niet mogen zien; zie receivers.",
    )
    story = Words(
        required=False,
        trim_whitespace=False,
        help_text="Het verhaal, in eigen woorden.",
    )
    occurredDate = serializers.DateField(
        default=None, allow_null=True, help_text=f"Wanneer het gebeurde. {DAY}"
    )
    channels = coded_list("channels", default=list, help_text="Waar of waarmee.")
    perpetrators = coded_list("perpetrator_kinds", default=list, help_text="Door wie.")
    family = _maybe("yes_no", "Is het gezin geraakt?")
    decisionInfluenced = _maybe("yes_no", "Is een besluit beïnvloed?")
    name = Words(
        max_length=120, required=False, help_text="Uw naam; niet bij anonymous."
    )
    contact = ContactInput(default=dict, help_text="Hoe u veilig bereikbaar bent.")
    mayReread = serializers.BooleanField(
        default=False, help_text="U wilt de melding later zelf kunnen teruglezen."
    )

    countAnonymously = serializers.BooleanField(
        default=None,
        allow_null=True,
        help_text="De melding mag anoniem meetellen. Niet gekozen: telt niet mee.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The same rules as on the form, from the same place."""
        contact = {name: "" for name in Contact.__dataclass_fields__} | attrs["contact"]
        mistakes: dict[str, Any] = {}
        if services.lacks_phone(
            wish=attrs["wish"], channel=contact["channel"], phone=contact["phone"]
        ):
            mistakes["phone"] = [_("Fill in the number that we may call.")]
        if services.lacks_email(channel=contact["channel"], email=contact["email"]):
            mistakes["email"] = [_("Fill in a whole e-mail address.")]
        found: dict[str, Any] = {"contact": mistakes} if mistakes else {}
        if services.lacks_name(anonymity=attrs["anonymity"], name=attrs["name"]):
            found["name"] = [_("Fill in your name, or choose “without my name”.")]
        if found:
            raise serializers.ValidationError(found)
        return {**attrs, "contact": contact}

    def report(self, today: date) -> Report:
        """The report that was sent. Raises ValidationError for a day still to come."""
        given = self.validated_data
        if given["occurredDate"] and given["occurredDate"] > today:
            mistake = _("This day is still to come.")
            raise serializers.ValidationError({"occurredDate": [mistake]})
        return Report(
            organisation=given["organisation"],
            types=given["types"],
            wish=given["wish"],
            anonymity=given["anonymity"],
            reporter_role=given["reporterRole"] or "self",
            office=given["office"],
            recused=[str(pk) for pk in given["excluded"]],
            story=given["story"],
            occurred=given["occurredDate"],
            channels=given["channels"],
            perpetrators=given["perpetrators"],
            family=given["family"],
            decision_influenced=given["decisionInfluenced"],
            name=given["name"],
            contact=Contact(**given["contact"]),
            may_reread=given["mayReread"],
            counted=COUNTED[given["countAnonymously"]],
        )


@example(text="Hij stond er vanmorgen weer.")
class MessageInput(Serializer):
    """A message to the handlers."""

    text = Words(trim_whitespace=False, help_text="Uw bericht.")


@example(wish="call_me")
class WishInput(Serializer):
    """What should be done."""

    wish = coded("wishes", help_text="Wat er nu moet gebeuren: wishes.")


@example(countAnonymously=True)
class CountingInput(Serializer):
    """To be counted anonymously, or not."""

    countAnonymously = serializers.BooleanField(
        help_text="De melding mag anoniem meetellen."
    )


@example(accept=True)
class OfferInput(Serializer):
    """Yes or no to aftercare."""

    accept = serializers.BooleanField(help_text="U wilt nazorg.")


@example(mood="so_so", needs="talk", text="Ik slaap slecht.", stop=False)
class AnswerInput(Serializer):
    """How she is doing."""

    mood = serializers.ChoiceField(choices=MOODS, help_text="Hoe het gaat.")
    needs = serializers.ChoiceField(choices=NEEDS, help_text="Wat u nodig hebt.")
    text = Words(required=False, help_text="In eigen woorden.")
    stop = serializers.BooleanField(default=False, help_text="U wilt geen nazorg meer.")


@example(choice="yes", version=1)
class ConsentInput(Serializer):
    """Yes to exactly one version of the text, no, or taken back."""

    choice = serializers.ChoiceField(
        choices=["yes", "no", "take_back"], help_text="Ja, nee, of toch niet meer."
    )
    version = serializers.IntegerField(
        default=0,
        min_value=0,
        max_value=HIGHEST,
        help_text="Bij ja: de versie van de tekst die u las.",
    )


@example(person="6a0f0c1e-2f53-4a5f-9d0a-0d7a4b2b6c11")
class ExclusionInput(Serializer):
    """Who may not see the report any more."""

    person = serializers.UUIDField(help_text="Id van de persoon; zie exclusions.")
