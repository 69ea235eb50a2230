"""What programs send to the endpoints of a referral; property names are camelCase."""

from rest_framework import serializers

from cases.models import RECORDED
from weerbaar.web.shapes import DAY, HIGHEST, Serializer, Words, coded, example

SUMMARY = "Zij wil graag praten met een oud-wethouder die dit ook meemaakte."


@example(summary=SUMMARY, contact="Bel haar na vier uur.", advice="Bewaar alles.")
class DraftInput(Serializer):
    """What goes to the partner; a part that the partner may not get is refused."""

    summary = Words(required=False, help_text="Samenvatting voor deze partner.")
    wish = Words(required=False, help_text="Wat de persoon wil.")
    contact = Words(
        required=False, help_text="Hoe de partner de persoon veilig bereikt."
    )
    advice = Words(
        required=False,
        help_text="Advies voor de melder alleen; het gaat niet naar de partner.",
    )


@example(partner="support_team_nwb", summary=SUMMARY)
class ProposalInput(DraftInput):
    """A referral to propose."""

    partner = coded("partners", help_text="Code: partners.")
    region = coded(
        "riec_regions",
        default="",
        allow_blank=True,
        help_text="Bij een RIEC: code uit riec_regions.",
    )


@example(agrees=True, how="phone", givenDate="2031-05-13", version=1)
class ReferralConsentInput(Serializer):
    """What the reporter said outside the mailbox."""

    agrees = serializers.BooleanField(help_text="De melder stemt in met deze tekst.")
    how = serializers.ChoiceField(
        [how.value for how in RECORDED], help_text="Hoe de melder dat zei."
    )
    givenDate = serializers.DateField(
        source="given_on",
        required=False,
        allow_null=True,
        default=None,
        help_text=f"Wanneer; leeg is vandaag. {DAY}",
    )
    version = serializers.IntegerField(
        min_value=1, max_value=HIGHEST, help_text="De versie van de tekst."
    )


@example(step="send")
class HandlerStepInput(Serializer):
    """A step of the handler; consent has an endpoint of its own."""

    step = serializers.ChoiceField(
        ["send", "withdraw", "complete"], help_text="Naam van de stap."
    )


@example(step="decline", words="Wij hebben tot juni niemand.")
class DeskStepInput(Serializer):
    """A step of the partner."""

    step = serializers.ChoiceField(
        ["receive", "accept", "decline", "complete"], help_text="Naam van de stap."
    )
    words = Words(
        required=False, help_text="Bij decline: waarom u dit niet kunt oppakken."
    )


@example(text="Een oud-wethouder uit de regio belt haar donderdag.")
class DeskAnswerInput(Serializer):
    """A question or answer of the partner."""

    text = Words(help_text="Uw antwoord.")
