"""Endpoints of the handler: each is input, one service, output."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.views import Desk, DeskList
from referrals import services
from referrals.api import serializers as s
from referrals.models import Answer, Partner, Referral
from weerbaar.steps import offers

TAGS = ["doorverwijzingen"]
NOT_NOW = OpenApiResponse(description="Dit kan nu niet.")
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
        description="De doorverwijzingen van een zaak, zonder de teksten.",
        responses=s.ReferralLine(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        found = Referral.objects.filter(case=self.case(reference))
        return self.page(s.ReferralLine, found.select_related("partner"))

    @extend_schema(
        operation_id="proposeReferral",
        tags=TAGS,
        description="Stel een doorverwijzing voor. De melder leest de precieze tekst.",
        request=s.ProposalInput,
        responses={201: s.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(s.ProposalInput)
        partner = Partner.objects.filter(
            code=given["partner"], region=given["region"]
        ).first()
        if partner is None:
            raise services.NotThisPartner
        made = services.propose(case, partner, draft=draft_of(given), **self.doing())
        return shown(made, self, status=201)


def shown(referral: Referral, desk: Desk, *, status: int = 200) -> Response:
    """A referral with its text, consents and answers opened."""
    opened = services.open_one(referral, desk.keyring)
    found = opened.referral
    body = s.ReferralLine(found).data | {
        "text": opened.text.text,
        "pieces": s.PackagePiece(opened.text.pieces, many=True).data,
        "consents": s.ReferralConsentOutput(opened.consents, many=True).data,
        "answers": s.ReferralAnswerOutput(opened.answers, many=True).data,
    }
    return Response(body, status=status)


class OneReferral(Desk):
    """A referral of a case that this person handles."""

    def referral(self, pk: Any) -> Referral:
        """The referral, when this person may know of it. Raises Http404."""
        visible = Referral.objects.visible_to(self.user)
        return get_object_or_404(visible.select_related("case", "partner"), pk=pk)


class ReferralDetail(OneReferral):
    """The exact text, the consents and the answers."""

    @extend_schema(
        operation_id="getReferral",
        tags=TAGS,
        description="Een doorverwijzing met de precieze tekst en de antwoorden.",
        responses=s.ReferralOutput,
    )
    def get(self, request: Request, pk: Any) -> Response:
        return shown(self.referral(pk), self)


class Revise(OneReferral):
    """Another text for the same partner."""

    @extend_schema(
        operation_id="reviseReferral",
        tags=TAGS,
        description="Wijzig de tekst. Een eerdere toestemming geldt dan niet meer.",
        request=s.DraftInput,
        responses={200: s.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: Any) -> Response:
        draft = draft_of(self.given(s.DraftInput))
        done = services.revise(self.referral(pk), draft=draft, **self.doing())
        return shown(done, self)


class Consents(OneReferral):
    """Recording what the reporter said outside the mailbox."""

    @extend_schema(
        operation_id="recordConsent",
        tags=TAGS,
        description="Leg vast wat de melder zei, hoe en wanneer.",
        request=s.ReferralConsentInput,
        responses={200: s.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: Any) -> Response:
        referral, given = self.referral(pk), self.given(s.ReferralConsentInput)
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
        description="De stappen die u nu kunt zetten.",
        responses=s.ReferralStepOutput(many=True),
    )
    def get(self, request: Request, pk: Any) -> Response:
        found = offers(self.referral(pk), by=self.user)
        return Response(s.ReferralStepOutput(found, many=True).data)

    @extend_schema(
        operation_id="takeReferralStep",
        tags=TAGS,
        description="Zet een stap. Versturen kan alleen met toestemming.",
        request=s.HandlerStepInput,
        responses={200: s.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: Any) -> Response:
        referral, name = self.referral(pk), self.given(s.HandlerStepInput)["step"]
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
        description="Geef een antwoord van de partner vrij voor de melder.",
        request=None,
        responses={200: s.ReferralOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: Any, answer: Any) -> Response:
        referral = self.referral(pk)
        words = Answer.objects.filter(referral=referral).select_related("referral")
        services.release_answer(get_object_or_404(words, pk=answer), **self.doing())
        return shown(referral, self)
