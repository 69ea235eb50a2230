"""The mailbox: how it stands, what was promised and said, and what waits for her."""

from rest_framework import serializers

from intake.api.inputs import STORY
from intake.api.outputs.reporting import PERSON
from weerbaar.web.shapes import DAY, Serializer, example

PROMISE = {
    "text": "Wij nemen contact met u op.",
    "dueDate": "2031-05-13",
    "isLate": False,
    "isYours": False,
}
MESSAGE = {
    "kind": "message",
    "isYours": False,
    "author": "Bram Visser",
    "writtenDate": "2031-05-12",
    "text": "Ik bel u vanmiddag om drie uur.",
}
CONSENT = {
    "id": "c4a9a8f2-95e1-4d3e-8a3a-6a3a2f6d4b10",
    "partner": "Ondersteuningsteam Weerbaar Bestuur",
    "state": "proposed",
    "text": "Het Ondersteuningsteam krijgt precies dit: …",
    "version": 1,
    "needsConsent": True,
    "mayTakeBack": False,
    "answer": "",
}


@example(**PERSON)
class PersonOutput(Serializer):
    """A handler as the reporter knows her."""

    name = serializers.CharField(help_text="Naam.")
    office = serializers.CharField(help_text="Functie.")


@example(**PERSON, lookedAtDate="2031-05-13")
class LookOutput(PersonOutput):
    """Somebody looked at the reporter's name."""

    lookedAtDate = serializers.DateField(help_text=DAY)


@example(**PROMISE)
class PromiseOutput(Serializer):
    """What was promised by when."""

    text = serializers.CharField(help_text="Wat is beloofd.")
    dueDate = serializers.DateField(help_text=DAY)
    isLate = serializers.BooleanField(help_text="De dag is voorbij.")
    isYours = serializers.BooleanField(help_text="Wij wachten op u.")


@example(**MESSAGE)
class MessageOutput(Serializer):
    """A message, either way."""

    kind = serializers.CharField(help_text="Soort bericht.")
    isYours = serializers.BooleanField(help_text="U schreef dit.")
    author = serializers.CharField(help_text="Wie het schreef; leeg bij u.")
    writtenDate = serializers.DateField(help_text=DAY)
    text = serializers.CharField(help_text="De woorden.")


@example(offeredDate="2031-05-12", dates=["2031-05-15", "2031-05-26"])
class OfferOutput(Serializer):
    """Aftercare that waits for a yes or no."""

    offeredDate = serializers.DateField(help_text=DAY)
    dates = serializers.ListField(
        child=serializers.DateField(), help_text="Wanneer wij vragen hoe het gaat."
    )


@example(
    id="5d8f7d1e-7c2b-4d1c-9f0e-8b7a6c5d4e33",
    dueDate="2031-05-15",
    state="planned",
    mayAnswer=True,
)
class MailboxCheckIn(Serializer):
    """A moment of asking how it goes."""

    id = serializers.UUIDField(help_text="Id.")
    dueDate = serializers.DateField(help_text=DAY)
    state = serializers.CharField(
        help_text="planned, answered, held, missed of cancelled."
    )
    mayAnswer = serializers.BooleanField(help_text="U kunt nu antwoorden.")


@example(**CONSENT)
class ConsentOutput(Serializer):
    """A referral and the exact text for it."""

    id = serializers.UUIDField(help_text="Id van de doorverwijzing.")
    partner = serializers.CharField(help_text="Naam van de partner.")
    state = serializers.CharField(help_text="Hoe het ermee staat.")
    text = serializers.CharField(help_text="De precieze tekst.")
    version = serializers.IntegerField(help_text="Versie van de tekst.")
    needsConsent = serializers.BooleanField(help_text="Wij wachten op uw keuze.")
    mayTakeBack = serializers.BooleanField(help_text="U kunt nog terug.")
    answer = serializers.CharField(help_text="Wat de partner antwoordde.")


REQUEST = {
    "purpose": "identity",
    "state": "granted",
    "answeredAs": "custodian",
    "askedDate": "2031-05-12",
    "text": "Een behandelaar vroeg uw naam te zien. Een naambewaarder stemde in.",
}


@example(**REQUEST)
class AskedOutput(Serializer):
    """What a second person was asked about the reporter or the report."""

    purpose = serializers.CharField(help_text="identity, export of destruction.")
    state = serializers.CharField(help_text="Hoe het ermee staat.")
    answeredAs = serializers.CharField(help_text="custodian of handler; leeg: niemand.")
    askedDate = serializers.DateField(help_text=DAY)
    text = serializers.CharField(help_text="Hetzelfde in gewone woorden.")


@example(text="Een behandelaar heeft zich teruggetrokken.", onDate="2031-05-12")
class ChangeOutput(Serializer):
    """Who no longer sees the report, by role, or that it was exported."""

    text = serializers.CharField(help_text="Wat er gebeurde.")
    onDate = serializers.DateField(help_text=DAY)


@example(
    organisation="Gemeente Lindeveen",
    state="triage",
    stateName="In beoordeling",
    stateText="Wij lezen uw melding en bespreken met u wat nodig is.",
    handler=PERSON,
    promises=[PROMISE],
    messages=[MESSAGE],
    aftercareOffer=None,
    checkIns=[],
    consents=[CONSENT],
    nameLookedAt=[],
    requests=[REQUEST],
    changes=[],
    countAnonymously=True,
    mayChangeCounting=True,
    mayWithdraw=True,
    mayReread=False,
)
class MailboxOutput(Serializer):
    """The mailbox."""

    organisation = serializers.CharField(help_text="Waar u meldde.")
    state = serializers.CharField(help_text="Stand in de werkstroom.")
    stateName = serializers.CharField(help_text="De stand in gewone woorden.")
    stateText = serializers.CharField(help_text="Wat dat betekent.")
    handler = PersonOutput(allow_null=True, help_text="Wie uw melding behandelt.")
    promises = PromiseOutput(many=True, help_text="Wat is beloofd.")
    messages = MessageOutput(many=True, help_text="Berichten, het oudste eerst.")
    aftercareOffer = OfferOutput(allow_null=True, help_text="Nazorg die wacht op u.")
    checkIns = MailboxCheckIn(many=True, help_text="Nazorgmomenten.")
    consents = ConsentOutput(many=True, help_text="Doorverwijzingen.")
    nameLookedAt = LookOutput(many=True, help_text="Wie uw naam opende.")
    requests = AskedOutput(many=True, help_text="Waar twee mensen voor nodig zijn.")
    changes = ChangeOutput(many=True, help_text="Wie uw melding niet meer ziet.")
    countAnonymously = serializers.BooleanField(
        allow_null=True, help_text="De melding telt anoniem mee; null: niet gekozen."
    )
    mayChangeCounting = serializers.BooleanField(
        help_text="U kunt dat nog wijzigen: de cijfers zijn niet definitief."
    )
    mayWithdraw = serializers.BooleanField(help_text="U kunt de melding intrekken.")
    mayReread = serializers.BooleanField(help_text="U kunt de melding teruglezen.")


@example(text=STORY, writtenDate="2031-05-12")
class OwnReportOutput(Serializer):
    """The own report, for who chose to keep it readable."""

    text = serializers.CharField(help_text="Uw verhaal.")
    writtenDate = serializers.DateField(help_text=DAY)


@example(
    id="0a6f7c1e-2f53-4a5f-9d0a-0d7a4b2b6c77",
    name="",
    addedDate="2031-05-12",
    mayRead=False,
)
class SentFileOutput(Serializer):
    """A file of hers that arrived."""

    id = serializers.UUIDField(help_text="Id van het bestand.")
    name = serializers.CharField(help_text="Naam; leeg als u haar niet terugleest.")
    addedDate = serializers.DateField(help_text=DAY)
    mayRead = serializers.BooleanField(help_text="U kunt het bestand teruglezen.")
