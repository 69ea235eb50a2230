"""What takes two people, for programs; what opens or decides is not for a token.

An export is downloaded on the page: it is for a person with her second factor.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import inputs, outputs
from cases.api.desk import Desk, DeskList
from cases.models import Approval, Case
from weerbaar.accounts.api import require_fresh
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.keyring import Keyring
from weerbaar.web.openapi import NOT_NOW

TAGS = ["zaken"]


class AnswersRequests(BasePermission):
    """Who handles cases, or keeps half of hidden names."""

    def has_permission(self, request: Request, view: object) -> bool:
        user = request.user
        return user.is_authenticated and any(
            user.may_anywhere(p)
            for p in (Permission.HANDLE_CASES, Permission.KEEP_NAMES)
        )


def content(approval: Approval, keyring: Keyring) -> dict[str, object]:
    """A request with its words, for who may read them."""
    return {
        "id": approval.pk,
        "reference": approval.case.reference,
        "purpose": approval.purpose,
        "state": approval.state,
        "askedBy": approval.asked_by.name,
        "askedAt": approval.asked_at,
        "endsAt": approval.ends_at,
        "answeredAs": approval.answered_as,
        "reason": services.reason_asked(approval, keyring),
        "answer": services.answer_given(approval, keyring),
    }


def _with_people(found: QuerySet[Approval]) -> QuerySet[Approval]:
    return found.select_related("case__organisation", "asked_by", "answered_by")


class OfCase(DeskList):
    """The requests of one case, and asking."""

    def one(self, reference: str, pk: UUID) -> Approval:
        """Her own request in a case that she may know of. Raises Http404."""
        mine = Approval.objects.visible_to(self.user).filter(asked_by=self.user)
        found = _with_people(mine)
        return get_object_or_404(found, pk=pk, case__reference=reference)


class CaseApprovals(OfCase):
    @extend_schema(
        operation_id="listApprovals",
        tags=TAGS,
        summary="Verzoeken van een zaak",
        description="Waar een tweede persoon voor nodig is, met reden en antwoord.",
        responses=outputs.ApprovalOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        found = _with_people(self.case(reference).approvals.all())
        lines = [content(one, self.keyring) for one in found]
        return self.page(outputs.ApprovalOutput, lines)

    @extend_schema(
        operation_id="createApproval",
        tags=TAGS,
        summary="Een tweede persoon vragen",
        description=(
            "Vraag een naambewaarder of een andere behandelaar om akkoord. De melder "
            "ziet in het postvak dat het gevraagd is; niet waarom."
        ),
        request=inputs.ApprovalInput,
        responses={201: outputs.ApprovalOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.ApprovalInput)
        made = services.ask(case, given["purpose"], given["reason"], **self.doing())
        shown = outputs.ApprovalOutput(content(made, self.keyring))
        return Response(shown.data, status=201)


class WithdrawApproval(OfCase):
    @extend_schema(
        operation_id="withdrawApproval",
        tags=TAGS,
        summary="Verzoek intrekken",
        description="Trek een eigen verzoek in, of geef terug wat is toegestaan.",
        request=None,
        responses={200: outputs.ApprovalOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        approval = self.one(reference, pk)
        services.withdraw_request(approval, by=self.user, now=timezone.now())
        return Response(outputs.ApprovalOutput(content(approval, self.keyring)).data)


class DestroyEarly(OfCase):
    @extend_schema(
        operation_id="destroyCaseEarly",
        tags=TAGS,
        summary="Zaak eerder vernietigen",
        description="Vernietig een gesloten zaak na akkoord. Niet met een token.",
        request=None,
        responses={204: None, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str, pk: UUID) -> Response:
        approval = self.one(reference, pk)
        require_fresh(request)
        services.destroy_early(approval, by=self.user, now=timezone.now())
        return Response(status=204)


class Recuse(Desk):
    @extend_schema(
        operation_id="recusePerson",
        tags=TAGS,
        summary="Iemand uitsluiten van een zaak",
        description=(
            "Uzelf of een collega die betrokken is. De toegang eindigt meteen en "
            "voorgoed; de zaak gaat door met een ander."
        ),
        request=inputs.RecusalInput,
        responses={204: None, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.RecusalInput)
        whom = get_object_or_404(_concerned(case), pk=given["person"])
        services.recuse(case, whom, given["reason"], **self.doing())
        return Response(status=204)


def _concerned(case: Case) -> QuerySet[User]:
    today = timezone.localdate()
    place = case.organisation
    return place.handlers(today) | place.custodians(today)


class Waiting(DeskList):
    permission_classes = (AnswersRequests,)

    @extend_schema(
        operation_id="listRequestsForYou",
        tags=TAGS,
        summary="Verzoeken aan u",
        description="Wat op uw antwoord wacht; van de zaak alleen het kenmerk.",
        responses=outputs.ApprovalOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        found = Approval.objects.awaiting(self.user).filter(ends_at__gt=timezone.now())
        lines = [content(one, self.keyring) for one in _with_people(found)]
        return self.page(outputs.ApprovalOutput, lines)


class Answer(Desk):
    permission_classes = (AnswersRequests,)

    @extend_schema(
        operation_id="answerRequest",
        tags=TAGS,
        summary="Verzoek beantwoorden",
        description="Stem in of niet. Een nee vraagt een toelichting. Geen token.",
        request=inputs.AnswerRequestInput,
        responses={200: outputs.ApprovalOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        visible = _with_people(Approval.objects.visible_to(self.user))
        approval = get_object_or_404(visible, pk=pk)
        given = self.given(inputs.AnswerRequestInput)
        require_fresh(request)
        verb = services.approve if given["agree"] else services.refuse
        verb(approval, given["word"], **self.doing())
        return Response(outputs.ApprovalOutput(content(approval, self.keyring)).data)
