"""Moving a case for programs: what the workflow offers, and taking a step."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.desk import Desk
from cases.api.inputs import StepInput
from cases.api.outputs import StateOutput, StepOutput
from weerbaar.steps import offers
from weerbaar.web.openapi import NOT_NOW


class Steps(Desk):
    """What the workflow offers now, and taking a step."""

    @extend_schema(
        operation_id="listSteps",
        tags=["zaken"],
        summary="Mogelijke stappen",
        description="De stappen die u nu kunt zetten, of waarom nog niet.",
        responses=StepOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        wish = services.current_wish(case, self.keyring)
        context = {"needs_consent": lambda name: services.needs_consent(name, wish)}
        found = offers(case, by=self.user)
        return Response(StepOutput(found, many=True, context=context).data)

    @extend_schema(
        operation_id="takeStep",
        tags=["zaken"],
        summary="Stap zetten",
        description="Zet een stap. Tekst voor de melder staat meteen in het postvak.",
        request=StepInput,
        responses={200: StateOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(StepInput)
        services.step(case, given.pop("step"), **given, **self.doing())
        return Response(StateOutput(case).data)
