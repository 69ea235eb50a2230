"""What goes in and out of the endpoints of a referral; property names are camelCase."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from referrals.disclosure import Section
from referrals.models import RECORDED
from weerbaar.steps import Offer
from weerbaar.web.api import Serializer

MOST = 20_000
DAY = "Dag (jjjj-mm-dd)."


class ReferralLine(Serializer):
    """A referral in a list: where it stands, and nothing of what was shared."""

    id = serializers.UUIDField(help_text="Id van de doorverwijzing.")
    partner = serializers.CharField(source="partner.code", help_text="Code: partners.")
    region = serializers.CharField(
        source="partner.region", help_text="Code: riec_regions; leeg bij anderen."
    )
    partnerName = serializers.CharField(
        source="partner.name", help_text="Naam van de partner."
    )
    way = serializers.CharField(
        source="partner.way",
        help_text="Manier: package, warm_handover, advice_request, reference_only "
        "of information.",
    )
    state = serializers.CharField(help_text="Stand in de werkstroom.")
    version = serializers.IntegerField(help_text="Versie van de tekst.")
    proposedDate = serializers.DateField(source="proposed_on", help_text=DAY)
    consentedDate = serializers.DateField(
        source="consented_on", allow_null=True, help_text=DAY
    )
    sentDate = serializers.DateField(source="sent_on", allow_null=True, help_text=DAY)
    receivedDate = serializers.DateField(
        source="received_on", allow_null=True, help_text=DAY
    )
    answeredDate = serializers.DateField(
        source="answered_on", allow_null=True, help_text=DAY
    )
    endedDate = serializers.DateField(source="ended_on", allow_null=True, help_text=DAY)


class ReferralConsentOutput(Serializer):
    """A consent, and whether it counts for the text as it stands now."""

    version = serializers.IntegerField(
        source="consent.version", help_text="Voor welke versie van de tekst."
    )
    givenDate = serializers.DateField(source="consent.given_on", help_text=DAY)
    how = serializers.CharField(
        source="consent.how", help_text="mailbox, phone, in_person of letter."
    )
    counts = serializers.BooleanField(help_text="Geldt voor de huidige tekst.")


class ReferralAnswerOutput(Serializer):
    """A word of the partner."""

    id = serializers.UUIDField(source="pk", help_text="Id van het antwoord.")
    writtenDate = serializers.DateField(source="answer.written_on", help_text=DAY)
    text = serializers.CharField(help_text="Wat de partner schreef.")
    releasedDate = serializers.DateField(
        source="answer.released_on",
        allow_null=True,
        help_text="Sinds wanneer de melder het kan lezen.",
    )


class PackagePiece(Serializer):
    """One part of what leaves."""

    section = serializers.ChoiceField(Section.values, help_text="Onderdeel.")
    text = serializers.CharField(help_text="De woorden.")


class ReferralOutput(ReferralLine):
    """One referral with the exact text, for its handlers."""

    text = serializers.CharField(help_text="De tekst zoals de melder haar leest.")
    pieces = PackagePiece(many=True, help_text="De onderdelen die de partner krijgt.")
    consents = ReferralConsentOutput(many=True, help_text="Toestemmingen.")
    answers = ReferralAnswerOutput(many=True, help_text="Antwoorden van de partner.")


class DraftInput(Serializer):
    """What goes to the partner; a part that the partner may not get is refused."""

    summary = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        help_text="Samenvatting, geschreven voor deze partner.",
    )
    wish = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        help_text="Wat de persoon wil.",
    )
    contact = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        help_text="Hoe de partner de persoon veilig bereikt.",
    )
    advice = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="Advies voor de melder alleen; het gaat niet naar de partner.",
    )


class ProposalInput(DraftInput):
    """A referral to propose."""

    partner = serializers.CharField(max_length=40, help_text="Code: partners.")
    region = serializers.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        default="",
        help_text="Bij een RIEC: code uit riec_regions.",
    )


class ReferralConsentInput(Serializer):
    """What the reporter said outside the mailbox."""

    agrees = serializers.BooleanField(help_text="De melder stemt in met deze tekst.")
    how = serializers.ChoiceField(
        [how.value for how in RECORDED], help_text="Hoe de melder dat zei."
    )
    givenDate = serializers.DateField(
        source="given_on", required=False, default=None, help_text=DAY
    )
    version = serializers.IntegerField(help_text="De versie van de tekst.")


class ReferralStepOutput(Serializer):
    """A step that this person may take now, or why not yet."""

    step = serializers.CharField(source="name", help_text="Naam van de stap.")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="De stap in woorden."
    )
    isPossible = serializers.BooleanField(
        source="possible", help_text="Kan de stap nu worden gezet?"
    )
    reasons = serializers.SerializerMethodField(help_text="Waarom nog niet.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reasons(self, offer: Offer) -> list[str]:
        return [str(reason) for reason in offer.reasons]


class HandlerStepInput(Serializer):
    """A step of the handler; consent has an endpoint of its own."""

    step = serializers.ChoiceField(
        ["send", "withdraw", "complete"], help_text="Naam van de stap."
    )


class DeskStepInput(Serializer):
    """A step of the partner."""

    step = serializers.ChoiceField(
        ["receive", "accept", "decline", "complete"], help_text="Naam van de stap."
    )
    words = serializers.CharField(
        max_length=MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="Bij decline: waarom u dit niet kunt oppakken.",
    )


class DeskAnswerInput(Serializer):
    """A question or answer of the partner."""

    text = serializers.CharField(max_length=MOST, help_text="Uw antwoord.")


class DeskLine(Serializer):
    """A package in the desk's list; nothing of it is opened."""

    id = serializers.UUIDField(source="referral.pk", help_text="Id.")
    partner = serializers.CharField(
        source="referral.partner.code", help_text="Code: partners."
    )
    state = serializers.CharField(
        source="referral.state", help_text="Stand in de werkstroom."
    )
    sentDate = serializers.DateField(source="referral.sent_on", help_text=DAY)
    answerByDate = serializers.DateField(
        source="answer_by", allow_null=True, help_text=DAY
    )


class DeskOutput(DeskLine):
    """One package; before it is received it stays closed."""

    pieces = PackagePiece(
        many=True, allow_null=True, help_text="Wat u kreeg; leeg tot u het opent."
    )
    answers = ReferralAnswerOutput(many=True, help_text="Uw antwoorden.")
