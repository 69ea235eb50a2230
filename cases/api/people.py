"""Who is on a case, for programs: assign, hand over, deputise."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import inputs, outputs
from cases.api.desk import Desk
from cases.models import Case
from weerbaar.accounts.models import User
from weerbaar.web.openapi import NOT_NOW

TAGS = ["zaken"]


class OnCase(Desk):
    """Changing who is on a case."""

    def colleague(self, case: Case, pk: object) -> User:
        """Somebody of the case's organisation; who is recused, the service refuses."""
        handlers = case.organisation.handlers(timezone.localdate())
        return get_object_or_404(handlers, pk=pk)

    def people(self, case: Case) -> Response:
        found = services.people_on(case)
        return Response(outputs.AssignmentOutput(found, many=True).data)


class Colleagues(Desk):
    """Who may be given the case."""

    @extend_schema(
        operation_id="listColleagues",
        tags=TAGS,
        summary="Collega's",
        description="Wie de zaak kunnen krijgen: behandelaars die haar mogen zien.",
        responses=outputs.ColleagueOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        found = services.colleagues(
            self.case(reference),
            self.keyring,
            by=self.user,
            today=timezone.localdate(),
        )
        return Response(outputs.ColleagueOutput(found, many=True).data)


class Assign(OnCase):
    @extend_schema(
        operation_id="assignCase",
        tags=TAGS,
        summary="Toewijzen",
        description="Wijs de zaak toe aan een collega. Wie haar al zag, houdt haar.",
        request=inputs.ColleagueInput,
        responses={200: outputs.AssignmentOutput(many=True), 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.ColleagueInput)
        services.assign(case, self.colleague(case, given["person"]), **self.doing())
        return self.people(case)


class HandOver(OnCase):
    @extend_schema(
        operation_id="handOverCase",
        tags=TAGS,
        summary="Overdragen",
        description="Draag de zaak over. Uw eigen toegang eindigt meteen.",
        request=inputs.HandOverInput,
        responses={200: outputs.AssignmentOutput(many=True), 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.HandOverInput)
        to = self.colleague(case, given["person"])
        services.hand_over(case, to, note=given["note"], **self.doing())
        return self.people(case)


class Deputise(OnCase):
    @extend_schema(
        operation_id="deputiseCase",
        tags=TAGS,
        summary="Laten waarnemen",
        description="Laat een collega waarnemen tot en met een dag.",
        request=inputs.DeputyInput,
        responses={200: outputs.AssignmentOutput(many=True), 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.DeputyInput)
        to = self.colleague(case, given["person"])
        services.deputise(case, to, until=given["untilDate"], **self.doing())
        return self.people(case)


class EndDeputy(OnCase):
    @extend_schema(
        operation_id="endDeputy",
        tags=TAGS,
        summary="Waarneming beëindigen",
        description="De waarneming is voorbij; toegang die erbij kwam, eindigt.",
        request=inputs.ColleagueInput,
        responses={200: outputs.AssignmentOutput(many=True), 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.ColleagueInput)
        present = case.assignments.filter(ended_on=None).select_related("user")
        deputy = get_object_or_404(present, user_id=given["person"])
        services.end_deputy(case, deputy.user, by=self.user, now=timezone.now())
        return self.people(case)
