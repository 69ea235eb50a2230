"""Reporting by a program, and the lists that one needs for it."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Case
from intake import limits, services
from intake.api.authentication import Public
from intake.api.inputs import ReportInput
from intake.api.outputs import (
    CodeOutput,
    OrganisationOutput,
    ReceiptOutput,
    ReceiverOutput,
)
from weerbaar import codes
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.trust import receiving
from weerbaar.web.api import StrictQuery, idempotency_key
from weerbaar.web.openapi import IDEMPOTENCY


class Reports(Public):
    """Reporting by a program, without an account."""

    @extend_schema(
        operation_id="createReport",
        tags=["melden"],
        summary="Melden",
        description=(
            "Doe een melding. Het antwoord bevat de meldcode. Die wordt niet bewaard: "
            "toon haar eenmaal aan de melder. Met dezelfde Idempotency-Key geeft een "
            "herhaling een uur lang hetzelfde antwoord."
        ),
        parameters=[IDEMPOTENCY],
        request=ReportInput,
        responses={201: ReceiptOutput},
    )
    def post(self, request: Request) -> Response:
        given = ReportInput(data=request.data)
        given.is_valid(raise_exception=True)
        now = timezone.now()

        def make() -> dict[str, Any]:
            report = given.report(timezone.localdate(now))
            slow = limits.report_is_crowding(request._request)
            case, code = services.submit(report=report, now=now, slow=slow)
            return receipt_content(case, code, request.build_absolute_uri)

        key = idempotency_key(request)
        answer = services.answer_once(key, fingerprint(request.data), make, now=now)
        return Response(answer, status=201)


def receipt_content(case: Case, code: str, absolute: Any) -> dict[str, Any]:
    """The receipt, where it is used, and by when somebody makes contact."""
    promised = services.promises(case)
    return {
        "receipt": code,
        "mailboxUrl": absolute(reverse("mailbox-open")),
        "contactBy": promised[0].due_on.isoformat() if promised else None,
    }


def fingerprint(body: Any) -> str:
    """What a report says, in short: to know a repetition from another report."""
    text = json.dumps(body, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@extend_schema_view(
    get=extend_schema(
        operation_id="listOrganisations",
        tags=["melden"],
        summary="Organisaties",
        description="De organisaties waar een melding kan worden gedaan.",
        auth=[],
    )
)
class Organisations(StrictQuery, ListAPIView):  # type: ignore[type-arg]
    """Where one can report."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = OrganisationOutput
    queryset = Organisation.objects.none()

    def get_queryset(self) -> "QuerySet[Organisation]":
        return receiving()


class Receivers(Public):
    """Who receives reports at an organisation, so that one can be excluded (R-12)."""

    @extend_schema(
        operation_id="listReceivers",
        tags=["melden"],
        summary="Ontvangers",
        description="Wie de meldingen van een organisatie ontvangen.",
        responses=ReceiverOutput(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        organisation = receiving().filter(pk=pk).first()
        if organisation is None:
            raise Http404
        found = services.readers(organisation, timezone.localdate())
        return Response(
            [{"id": pk, "name": p.name, "office": p.office} for pk, p in found.items()]
        )


def code_content(code: codes.Code) -> dict[str, Any]:
    """A code as programs get it."""
    parent = code.get("parent")
    return {"code": code.code, "nl": code.nl, "en": code.en, "parent": parent}


class CodeLists(Public):
    """The code lists of the form."""

    @extend_schema(
        operation_id="readCodeList",
        tags=["melden"],
        summary="Codelijst",
        description="De codes van een lijst met hun naam in het Nederlands en Engels.",
        responses=CodeOutput(many=True),
    )
    def get(self, request: Request, name: str) -> Response:
        try:
            found = codes.entries(name.replace("-", "_"))
        except codes.UnknownCode as missing:
            raise Http404 from missing
        return Response([code_content(c) for c in found])
