"""Endpoints of aftercare: each is input, one service, output."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from aftercare import services
from aftercare.api import inputs, outputs
from aftercare.models import CheckIn, Plan
from cases.api.desk import Desk
from cases.models import Case
from weerbaar.web.openapi import NOT_NOW
from weerbaar.web.refusals import NotPossibleNow

TAGS = ["nazorg"]


def shown(case: Case, desk: Desk, *, status: int = 200) -> Response:
    """The plan of a case with its check-ins opened."""
    plan = services.current_plan(case) or Plan(case=case)
    opened = services.open_for_handler(case, desk.keyring)
    body = {
        "state": plan.state if plan.offered_on else "none",
        "offeredDate": plan.offered_on,
        "startedDate": plan.started_on,
        "endedDate": plan.ended_on,
        "isStoppedByReporter": plan.stopped_by_reporter,
        "checkIns": outputs.CheckInOutput(opened, many=True).data,
    }
    return Response(body, status=status)


def current(case: Case) -> Plan:
    """The plan of the case. Raises NotPossibleNow without one."""
    plan = services.current_plan(case)
    if plan is None:
        raise NotPossibleNow
    return plan


class Aftercare(Desk):
    """The plan of a case, and offering one."""

    @extend_schema(
        operation_id="getAftercare",
        tags=TAGS,
        summary="Nazorg",
        description="Het nazorgplan met de momenten, antwoorden en notities.",
        responses=outputs.AftercareOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        return shown(self.looked_at(self.case(reference)), self)

    @extend_schema(
        operation_id="offerAftercare",
        tags=TAGS,
        summary="Nazorg aanbieden",
        description="Bied nazorg aan. De melder antwoordt in het postvak.",
        request=None,
        responses={201: outputs.AftercareOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, doing = self.case(reference), self.doing()
        services.offer(case, by=doing["by"], now=doing["now"])
        return shown(case, self, status=201)


class Respond(Desk):
    """Recording what the reporter said to the offer."""

    @extend_schema(
        operation_id="recordAftercareChoice",
        tags=TAGS,
        summary="Keuze vastleggen",
        description="Leg vast of de melder nazorg wil.",
        request=inputs.AftercareChoiceInput,
        responses={200: outputs.AftercareOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        accept = self.given(inputs.AftercareChoiceInput)["accepts"]
        services.respond_to_offer(current(case), accept=accept, **self.doing())
        return shown(case, self)


class Conclude(Desk):
    """How the aftercare ended."""

    @extend_schema(
        operation_id="concludeAftercare",
        tags=TAGS,
        summary="Nazorg afronden",
        description="Rond de nazorg af, met hoe zij eindigde.",
        request=inputs.AftercareOutcomeInput,
        responses={200: outputs.AftercareOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        outcome = self.given(inputs.AftercareOutcomeInput)["outcome"]
        services.conclude(current(case), outcome=outcome, **self.doing())
        return shown(case, self)


class OneCheckIn(Desk):
    """One check-in of a case that this person handles."""

    def check_in(self, pk: UUID) -> CheckIn:
        """The check-in, when this person may know of it. Raises Http404."""
        visible = CheckIn.objects.visible_to(self.user)
        return get_object_or_404(visible.select_related("case", "plan"), pk=pk)

    def answer(self, check_in: CheckIn) -> Response:
        opened = services.open_check_in(check_in, self.keyring)
        return Response(outputs.CheckInOutput(opened).data)


class Hold(OneCheckIn):
    @extend_schema(
        operation_id="holdCheckIn",
        tags=TAGS,
        summary="Gesprek gevoerd",
        description="Het gesprek is gevoerd.",
        request=inputs.CheckInHoldInput,
        responses={200: outputs.CheckInOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        check_in, given = self.check_in(pk), self.given(inputs.CheckInHoldInput)
        return self.answer(services.hold(check_in, **given, **self.doing()))


class Miss(OneCheckIn):
    @extend_schema(
        operation_id="missCheckIn",
        tags=TAGS,
        summary="Gesprek niet gevoerd",
        description="Het gesprek is niet gevoerd; met de reden.",
        request=inputs.CheckInMissInput,
        responses={200: outputs.CheckInOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        check_in, given = self.check_in(pk), self.given(inputs.CheckInMissInput)
        return self.answer(services.miss(check_in, **given, **self.doing()))


class Move(OneCheckIn):
    @extend_schema(
        operation_id="moveCheckIn",
        tags=TAGS,
        summary="Gesprek op een andere dag",
        description="Spreek een andere dag af voor het gesprek.",
        request=inputs.CheckInMoveInput,
        responses={200: outputs.CheckInOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        check_in, given = self.check_in(pk), self.given(inputs.CheckInMoveInput)
        doing = self.doing()
        return self.answer(
            services.move(check_in, **given, by=doing["by"], now=doing["now"])
        )


class Cancel(OneCheckIn):
    @extend_schema(
        operation_id="cancelCheckIn",
        tags=TAGS,
        summary="Gesprek niet nodig",
        description="Het gesprek is niet meer nodig.",
        request=None,
        responses={200: outputs.CheckInOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        check_in, doing = self.check_in(pk), self.doing()
        done = services.cancel(check_in, by=doing["by"], now=doing["now"])
        return self.answer(done)
