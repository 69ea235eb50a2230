"""The mailbox for programs: the same verbs as on the pages, behind a receipt."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from intake import services
from intake.api.authentication import MailboxView
from intake.api.content import mailbox_content, referral_content
from intake.api.inputs import (
    AnswerInput,
    ConsentInput,
    CountingInput,
    ExclusionInput,
    MessageInput,
    OfferInput,
    WishInput,
)
from intake.api.outputs import (
    ConsentOutput,
    MailboxOutput,
    OwnReportOutput,
    ReceiverOutput,
)
from weerbaar.web.openapi import NOT_NOW


class Mailbox(MailboxView):
    """How the report stands, what was promised, and the messages."""

    @extend_schema(
        operation_id="readMailbox",
        tags=["mijn melding"],
        summary="Postvak",
        description="Stand, behandelaar, afspraken, berichten en toestemmingen.",
        responses=MailboxOutput,
    )
    def get(self, request: Request) -> Response:
        now = timezone.now()
        services.note_opening(self.access(request), now=now)
        return Response(mailbox_content(self.access(request), now))


class OwnReport(MailboxView):
    """Reading the own report back, for who chose so."""

    @extend_schema(
        operation_id="readOwnReport",
        tags=["mijn melding"],
        summary="Eigen melding",
        description="Lees de eigen melding terug. Kan als u dat bij het melden koos.",
        responses={
            200: OwnReportOutput,
            409: NOT_NOW,
        },
    )
    def get(self, request: Request) -> Response:
        opened = services.reread(self.access(request), now=timezone.now())
        day = opened.statement.written_on.isoformat()
        return Response({"text": opened.text, "writtenDate": day})


class Messages(MailboxView):
    """Writing to the handlers."""

    @extend_schema(
        operation_id="createMailboxMessage",
        tags=["mijn melding"],
        summary="Bericht schrijven",
        description="Stuur de behandelaars een bericht.",
        request=MessageInput,
        responses={201: MessageInput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        text = self.given(MessageInput)["text"]
        services.reply(self.access(request), text, now=timezone.now())
        return Response({"text": text}, status=201)


class Wishes(MailboxView):
    """Wanting something else done."""

    @extend_schema(
        operation_id="createMailboxWish",
        tags=["mijn melding"],
        summary="Wens wijzigen",
        description="Geef door wat er nu moet gebeuren.",
        request=WishInput,
        responses={201: WishInput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        wish = self.given(WishInput)["wish"]
        services.change_wish(self.access(request), wish, now=timezone.now())
        return Response({"wish": wish}, status=201)


class CountingChoices(MailboxView):
    """To be counted anonymously, or not."""

    @extend_schema(
        operation_id="createMailboxCountingChoice",
        tags=["mijn melding"],
        summary="Anoniem meetellen",
        description="Kies of de melding anoniem meetelt. Kan tot de cijfers definitief "
        "zijn.",
        request=CountingInput,
        responses={201: CountingInput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        yes = self.given(CountingInput)["countAnonymously"]
        services.change_counting(self.access(request), counted=yes, now=timezone.now())
        return Response({"countAnonymously": yes}, status=201)


class Exclusions(MailboxView):
    """Who sees something of the report now, and keeping one of them out."""

    @extend_schema(
        operation_id="listMailboxReaders",
        tags=["mijn melding"],
        summary="Wie uw melding zien",
        description="De mensen die nu iets van de melding zien.",
        responses=ReceiverOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        found = services.readers_of(self.access(request), timezone.now())
        return Response(
            [{"id": pk, "name": p.name, "office": p.office} for pk, p in found.items()]
        )

    @extend_schema(
        operation_id="createMailboxExclusion",
        tags=["mijn melding"],
        summary="Iemand uitsluiten",
        description="Deze persoon ziet meteen en voorgoed niets meer van de melding.",
        request=ExclusionInput,
        responses={204: None, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        person = str(self.given(ExclusionInput)["person"])
        services.exclude(self.access(request), person, now=timezone.now())
        return Response(status=204)


class AftercareResponses(MailboxView):
    """Yes or no to aftercare."""

    @extend_schema(
        operation_id="createAftercareResponse",
        tags=["mijn melding"],
        summary="Nazorg aannemen",
        description="Neem de aangeboden nazorg aan, of niet.",
        request=OfferInput,
        responses={201: OfferInput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        accept = self.given(OfferInput)["accept"]
        services.respond_to_offer(
            self.access(request), accept=accept, now=timezone.now()
        )
        return Response({"accept": accept}, status=201)


class CheckInAnswers(MailboxView):
    """Answering how she is doing."""

    @extend_schema(
        operation_id="createCheckInAnswer",
        tags=["mijn melding"],
        summary="Nazorgvraag beantwoorden",
        description="Beantwoord een vraag van de nazorg.",
        request=AnswerInput,
        responses={201: AnswerInput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        data = self.given(AnswerInput)
        services.answer_check_in(self.access(request), pk, **data, now=timezone.now())
        return Response(data, status=201)


class Consents(MailboxView):
    """Consent to a referral: yes, no, or taken back."""

    @extend_schema(
        operation_id="createConsentChoice",
        tags=["mijn melding"],
        summary="Toestemming",
        description="Geef, weiger of herroep toestemming voor precies deze tekst.",
        request=ConsentInput,
        responses={200: ConsentOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        given, now = self.given(ConsentInput), timezone.now()
        if given["choice"] == "yes":
            version = given["version"]
            services.consent(self.access(request), pk, version=version, now=now)
        elif given["choice"] == "no":
            services.refuse(self.access(request), pk, now=now)
        else:
            services.take_back(self.access(request), pk, now=now)
        return Response(
            referral_content(services.one_referral(self.access(request), pk))
        )


class Withdraw(MailboxView):
    """Taking the report back."""

    @extend_schema(
        operation_id="withdrawReport",
        tags=["mijn melding"],
        summary="Intrekken",
        description="Trek de melding in. Kan tot de beoordeling is afgerond.",
        request=None,
        responses={204: None, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        services.withdraw(self.access(request), now=timezone.now())
        return Response(status=204)


class Close(MailboxView):
    """Closing the own access for good."""

    @extend_schema(
        operation_id="closeAccess",
        tags=["mijn melding"],
        summary="Toegang sluiten",
        description="Sluit de eigen toegang. Daarna opent de meldcode niets meer.",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        services.close_access(self.access(request), now=timezone.now())
        return Response(status=204)
