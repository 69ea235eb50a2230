"""Endpoints of the partner's desk: the packages addressed to it, and nothing else."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.desk import Desk, DeskList
from referrals import services
from referrals.api import inputs, outputs
from referrals.models import Referral
from referrals.workflow import State
from weerbaar.accounts.roles import Permission
from weerbaar.steps import offers
from weerbaar.web.openapi import NOT_NOW

TAGS = ["partnerloket"]


class AnswersReferrals(BasePermission):
    """Who answers for a partner; which packages is the queryset's business."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        return user.is_authenticated and user.may_anywhere(Permission.ANSWER_REFERRALS)


class Packages(DeskList):
    """The packages addressed to this desk."""

    permission_classes = (AnswersReferrals,)

    @extend_schema(
        operation_id="listPackages",
        tags=TAGS,
        summary="Pakketten",
        description="De doorverwijzingen aan uw organisatie. Niets wordt geopend.",
        responses=outputs.DeskLine(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page(outputs.DeskLine, services.desk_list(self.user))


class OnePackage(Desk):
    """One package addressed to this desk."""

    permission_classes = (AnswersReferrals,)

    def referral(self, pk: UUID) -> Referral:
        """The package, when it was sealed to this person. Raises Http404."""
        addressed = Referral.objects.addressed_to(self.user)
        return get_object_or_404(addressed.select_related("partner", "case"), pk=pk)

    def shown(self, referral: Referral, *, status: int = 200) -> Response:
        row = services.desk_row(referral)
        body = dict(outputs.DeskLine(row).data) | {"pieces": None, "answers": []}
        if referral.state != State.SENT:
            text = services.read_package(referral, **self.doing())
            words = services.answers_of(referral, self.keyring)
            body["pieces"] = outputs.PackagePiece(text.pieces, many=True).data
            body["answers"] = outputs.ReferralAnswerOutput(words, many=True).data
        return Response(body, status=status)


class Package(OnePackage):
    """What was sent; the first opening is a step, so that reading stays safe."""

    @extend_schema(
        operation_id="getPackage",
        tags=TAGS,
        summary="Een pakket",
        description="Een pakket. Zet eerst de stap receive; de afzender ziet dat.",
        responses=outputs.DeskOutput,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return self.shown(self.referral(pk))


class PackageAnswers(OnePackage):
    """A question or answer for the handler."""

    @extend_schema(
        operation_id="answerPackage",
        tags=TAGS,
        summary="Antwoorden",
        description="Antwoord. De behandelaar leest het en beslist over de melder.",
        request=inputs.DeskAnswerInput,
        responses={201: outputs.DeskOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, text = self.referral(pk), self.given(inputs.DeskAnswerInput)["text"]
        services.answer(referral, text=text, **self.doing())
        return self.shown(referral, status=201)


class PackageSteps(OnePackage):
    """What the workflow offers the desk, and taking a step."""

    @extend_schema(
        operation_id="listPackageSteps",
        tags=TAGS,
        summary="Mogelijke stappen",
        description="De stappen die u nu kunt zetten.",
        responses=outputs.ReferralStepOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = offers(self.referral(pk), by=self.user)
        return Response(outputs.ReferralStepOutput(found, many=True).data)

    @extend_schema(
        operation_id="takePackageStep",
        tags=TAGS,
        summary="Stap zetten",
        description="Open het pakket, neem het aan, wijs het af of rond het af.",
        request=inputs.DeskStepInput,
        responses={200: outputs.DeskOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        referral, given = self.referral(pk), self.given(inputs.DeskStepInput)
        doing = self.doing()
        match given["step"]:
            case "receive":
                services.receive(referral, **doing)
            case "decline":
                services.decline(referral, words=given["words"], **doing)
            case "accept":
                services.accept(referral, by=doing["by"], now=doing["now"])
            case "complete":
                services.complete(referral, by=doing["by"], now=doing["now"])
        return self.shown(referral)
