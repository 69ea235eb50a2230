"""Endpoints of the handler: each is input, one service, output."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.desk import Desk, DeskList
from cases.services import header_of
from referrals import services
from referrals.api import inputs, outputs
from referrals.models import Answer, Partner, Referral
from weerbaar.steps import offers
from weerbaar.web.api import etag_of, require_match
from weerbaar.web.openapi import CHANGED, ETAG, IF_MATCH, NO_VERSION, NOT_NOW

TAGS = ["doorverwijzingen"]
WORDED = ("summary", "wish", "contact")


def draft_of(given: dict[str, Any]) -> services.Draft:
    """The parts that were written; an empty one is left out."""
    words = {name: given[name] for name in WORDED if given.get(name, "").strip()}
    return services.Draft(chosen=list(words), words=words, advice=given["advice"])


class CaseReferrals(DeskList):
    """The referrals of a case, and proposing one."""

    @extend_schema(
        operation_id="listReferrals",
        tags=TAGS,
        summary="Doorverwijzingen",
        description="De doorverwijzingen van een zaak, zonder de teksten.",
        responses=outputs.ReferralLine(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        found = Referral.objects.filter(case=self.case(reference))
        return self.page(outputs.ReferralLine, found.select_related("partner"))

    @extend_schema(
        operation_id="proposeReferral",
        tags=TAGS,
        summary="Voorstellen",
        description="Stel een doorverwijzing voor. De melder leest de precieze tekst.",
        request=inputs.ProposalInput,
        responses={201: outputs.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.ProposalInput)
        partner = Partner.objects.filter(
            code=given["partner"], region=given["region"]
        ).first()
        if partner is None:
            raise services.NotThisPartner
        made = services.propose(case, partner, draft=draft_of(given), **self.doing())
        return shown(made, self, status=201)


class Partners(Desk):
    """Whom a case can be referred to."""

    @extend_schema(
        operation_id="listPartners",
        tags=TAGS,
        summary="Partners",
        description="De partners voor deze zaak; de passende eerst, met de reden.",
        responses=outputs.PartnerChoice(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        found = services.choices_for(case, header_of(case, self.keyring))
        return Response(outputs.PartnerChoice(found, many=True).data)


def shown(referral: Referral, desk: Desk, *, status: int = 200) -> Response:
    """A referral with its text, consents and answers opened."""
    opened = services.open_one(referral, desk.keyring)
    found = opened.referral
    body = outputs.ReferralLine(found).data | {
        "text": opened.text.text,
        "pieces": outputs.PackagePiece(opened.text.pieces, many=True).data,
        "consents": outputs.ReferralConsentOutput(opened.consents, many=True).data,
        "answers": outputs.ReferralAnswerOutput(opened.answers, many=True).data,
    }
    etag = etag_of(found.pk, found.version)
    return Response(body, status=status, headers={"ETag": etag})


class OneReferral(Desk):
    """A referral of a case that this person handles."""

    def referral(self, pk: UUID) -> Referral:
        """The referral, when this person may know of it. Raises Http404."""
        visible = Referral.objects.visible_to(self.user)
        return get_object_or_404(visible.select_related("case", "partner"), pk=pk)


class ReferralDetail(OneReferral):
    """The exact text, the consents and the answers."""

    @extend_schema(
        operation_id="getReferral",
        tags=TAGS,
        summary="Een doorverwijzing",
        description="Een doorverwijzing met de precieze tekst en de antwoorden.",
        parameters=[ETAG],
        responses=outputs.ReferralOutput,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        referral = self.referral(pk)
        self.looked_at(referral.case)
        return shown(referral, self)


class Revise(OneReferral):
    """Another text for the same partner."""

    @extend_schema(
        operation_id="reviseReferral",
        tags=TAGS,
        summary="Tekst wijzigen",
        description="Wijzig de tekst. Een eerdere toestemming geldt dan niet meer.",
        parameters=[IF_MATCH, ETAG],
        request=inputs.DraftInput,
        responses={
            200: outputs.ReferralOutput,
            409: NOT_NOW,
            412: CHANGED,
            428: NO_VERSION,
        },
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, given = self.referral(pk), self.given(inputs.DraftInput)
        require_match(request, etag_of(referral.pk, referral.version))
        done = services.revise(referral, draft=draft_of(given), **self.doing())
        return shown(done, self)


class Consents(OneReferral):
    """Recording what the reporter said outside the mailbox."""

    @extend_schema(
        operation_id="recordConsent",
        tags=TAGS,
        summary="Toestemming vastleggen",
        description="Leg vast wat de melder zei, hoe en wanneer.",
        request=inputs.ReferralConsentInput,
        responses={200: outputs.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, given = self.referral(pk), self.given(inputs.ReferralConsentInput)
        doing = self.doing()
        if given.pop("agrees"):
            services.consent(referral, **given, **doing)
        else:
            services.refuse(
                referral, by=doing["by"], now=doing["now"], how=given["how"]
            )
        return shown(referral, self)


class ReferralSteps(OneReferral):
    """What the workflow offers the handler, and taking a step."""

    @extend_schema(
        operation_id="listReferralSteps",
        tags=TAGS,
        summary="Mogelijke stappen",
        description="De stappen die u nu kunt zetten.",
        responses=outputs.ReferralStepOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = offers(self.referral(pk), by=self.user)
        return Response(outputs.ReferralStepOutput(found, many=True).data)

    @extend_schema(
        operation_id="takeReferralStep",
        tags=TAGS,
        summary="Stap zetten",
        description="Zet een stap. Versturen kan alleen met toestemming.",
        request=inputs.HandlerStepInput,
        responses={200: outputs.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, name = self.referral(pk), self.given(inputs.HandlerStepInput)["step"]
        doing = self.doing()
        if name == "send":
            services.send(referral, **doing)
        else:
            verb = {"withdraw": services.withdraw, "complete": services.complete}[name]
            verb(referral, by=doing["by"], now=doing["now"])
        return shown(referral, self)


class ReleaseAnswer(OneReferral):
    """Letting the reporter read a partner's answer."""

    @extend_schema(
        operation_id="releaseAnswer",
        tags=TAGS,
        summary="Antwoord vrijgeven",
        description="Geef een antwoord van de partner vrij voor de melder.",
        request=None,
        responses={200: outputs.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID, answer: UUID) -> Response:
        referral = self.referral(pk)
        words = Answer.objects.filter(referral=referral).select_related("referral")
        services.release_answer(get_object_or_404(words, pk=answer), **self.doing())
        return shown(referral, self)
