"""The worklist for programs, and asking for advice beforehand."""

from typing import ClassVar
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api.desk import DeskList, with_promises
from cases.api.inputs import PreventionInput
from cases.api.outputs import CaseLine
from cases.models import Case, CaseQuerySet
from cases.workflow import State
from weerbaar.web.api import refuse_query
from weerbaar.web.openapi import IDEMPOTENCY


class Cases(DeskList):
    """The worklist; nothing sealed is opened for it. And opening a prevention case."""

    query_keys = ("tab",)
    TABS: ClassVar = ("new", "mine", "open", "today", "waiting", "closed", "all")

    @extend_schema(
        operation_id="listCases",
        tags=["zaken"],
        summary="Werklijst",
        description="De zaken die u mag zien. Van een lijst wordt niets geopend.",
        parameters=[
            OpenApiParameter(
                "tab", str, enum=TABS, description="Welke zaken; standaard alle."
            )
        ],
        responses=CaseLine(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page(CaseLine, with_promises(self._chosen()))

    @extend_schema(
        operation_id="openPreventionCase",
        tags=["zaken"],
        summary="Advies vooraf",
        description="Open een zaak voor advies vooraf, bij een spannende bijeenkomst.",
        parameters=[IDEMPOTENCY],
        request=PreventionInput,
        responses={201: CaseLine},
    )
    def post(self, request: Request) -> Response:
        given = self.given(PreventionInput)
        asked = services.PreventionRequest(id=self.once() or uuid4(), **given)
        made = services.open_prevention(asked, **self.doing())
        context = {"today": timezone.localdate()}
        return Response(CaseLine(self.case(made.reference), context=context).data, 201)

    def _chosen(self) -> CaseQuerySet:
        cases = Case.objects.visible_to(self.user)
        match self.request.query_params.get("tab", "all"):
            case "all":
                return cases
            case "new":
                return cases.new()
            case "mine":
                return cases.open().of(self.user)
            case "open":
                return cases.open()
            case "today":
                return cases.open().due(timezone.localdate())
            case "waiting":
                return cases.open().waiting()
            case "closed":
                return cases.filter(state=State.CLOSED)
        raise refuse_query("tab", _("Choose one of the possibilities."))
