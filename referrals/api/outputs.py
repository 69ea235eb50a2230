"""What the endpoints of a referral answer; property names are camelCase."""

from rest_framework import serializers

from referrals.api.inputs import SUMMARY
from referrals.disclosure import Section
from weerbaar.web.shapes import DAY, OfferedStep, Serializer, example

LINE = {
    "id": "c4a9a8f2-95e1-4d3e-8a3a-6a3a2f6d4b10",
    "partner": "support_team_nwb",
    "region": "",
    "partnerName": "Ondersteuningsteam Weerbaar Bestuur",
    "way": "package",
    "state": "consented",
    "version": 1,
    "proposedDate": "2031-05-13",
    "consentedDate": "2031-05-13",
    "sentDate": None,
    "receivedDate": None,
    "answeredDate": None,
    "endedDate": None,
}
PIECE = {"section": "summary", "text": SUMMARY}
ANSWER = {
    "id": "e0d2c8b1-3a4f-4f6e-9b57-2d1f0a8c7e66",
    "writtenDate": "2031-05-14",
    "text": "Een oud-wethouder uit de regio belt haar donderdag.",
    "releasedDate": None,
}
DESK = {
    "id": LINE["id"],
    "partner": "support_team_nwb",
    "state": "received",
    "sentDate": "2031-05-13",
    "answerByDate": "2031-05-20",
}


@example(
    partner="support_team_nwb",
    region="",
    name="Ondersteuningsteam Weerbaar Bestuur",
    way="package",
    sections=["summary", "wish", "contact"],
    phone="070-373 83 14",
    hours="Dag en nacht",
    why="De melder wil praten met iemand die dit ook meemaakte.",
)
class PartnerChoice(Serializer):
    """A partner that the case can be referred to; those that fit come first."""

    partner = serializers.CharField(source="partner.code", help_text="Code: partners.")
    region = serializers.CharField(
        source="partner.region", help_text="Code: riec_regions; leeg bij anderen."
    )
    name = serializers.CharField(source="partner.name", help_text="Naam.")
    way = serializers.CharField(source="partner.way", help_text="Manier.")
    sections = serializers.ListField(
        source="partner.choosable",
        child=serializers.ChoiceField(Section.values),
        help_text="De onderdelen die u voor deze partner kunt schrijven.",
    )
    phone = serializers.CharField(source="partner.phone", help_text="Nummer.")
    hours = serializers.CharField(source="partner.hours", help_text="Bereikbaarheid.")
    why = serializers.CharField(help_text="Waarom voorgesteld; leeg: niet.")


@example(**LINE)
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


@example(version=1, givenDate="2031-05-13", how="phone", counts=True)
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


@example(**ANSWER)
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


@example(**PIECE)
class PackagePiece(Serializer):
    """One part of what leaves."""

    section = serializers.ChoiceField(Section.values, help_text="Onderdeel.")
    text = serializers.CharField(help_text="De woorden.")


@example(
    **LINE,
    text=f"Het Ondersteuningsteam krijgt precies dit:\n\nSamenvatting:\n{SUMMARY}",
    pieces=[PIECE],
    consents=[
        {"version": 1, "givenDate": "2031-05-13", "how": "phone", "counts": True}
    ],
    answers=[],
)
class ReferralOutput(ReferralLine):
    """One referral with the exact text, for its handlers."""

    text = serializers.CharField(help_text="De tekst zoals de melder haar leest.")
    pieces = PackagePiece(many=True, help_text="De onderdelen die de partner krijgt.")
    consents = ReferralConsentOutput(many=True, help_text="Toestemmingen.")
    answers = ReferralAnswerOutput(many=True, help_text="Antwoorden van de partner.")


@example(step="send", label="Versturen", isPossible=True, reasons=[])
class ReferralStepOutput(OfferedStep):
    """A step that this person may take now, or why not yet."""


@example(**DESK)
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


@example(**DESK, pieces=[PIECE], answers=[ANSWER])
class DeskOutput(DeskLine):
    """One package; before it is received it stays closed."""

    pieces = PackagePiece(
        many=True, allow_null=True, help_text="Wat u kreeg; leeg tot u het opent."
    )
    answers = ReferralAnswerOutput(many=True, help_text="Uw antwoorden.")
