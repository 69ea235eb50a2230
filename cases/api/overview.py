"""One case for programs: its classification, the story, the reporter, the timeline."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import inputs, outputs
from cases.api.desk import Desk, DeskList
from cases.models import Case
from weerbaar.accounts.api import require_fresh
from weerbaar.web.api import etag_of, require_match
from weerbaar.web.openapi import CHANGED, ETAG, IF_MATCH, NO_VERSION, NOT_NOW


class OneCase(Desk):
    """A case with its header opened, and changing its classification."""

    @extend_schema(
        operation_id="getCase",
        tags=["zaken"],
        summary="Een zaak",
        description="Een zaak met haar kenmerken. Het openen staat in de tijdlijn.",
        parameters=[ETAG],
        responses=outputs.CaseOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        return self._answer(case)

    @extend_schema(
        operation_id="changeCase",
        tags=["zaken"],
        summary="Kenmerken wijzigen",
        description=(
            "Wijzig kenmerken; wat u weglaat blijft. Stuur de ETag die u las mee als "
            "If-Match: wie als tweede schrijft, krijgt 412 en leest eerst opnieuw."
        ),
        parameters=[IF_MATCH, ETAG],
        request=inputs.CaseChange,
        responses={
            200: outputs.CaseOutput,
            409: NOT_NOW,
            412: CHANGED,
            428: NO_VERSION,
        },
    )
    def patch(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        require_match(request, etag_of(case.pk, case.revision))
        changes = dict(self.given(inputs.CaseChange)["classification"])
        services.classify(case, changes, revision=case.revision, **self.doing())
        return self._answer(case)

    def _answer(self, case: Case) -> Response:
        header = services.header_of(case, self.keyring)
        case.classification = header  # type: ignore[attr-defined]
        case.wish = services.current_wish(case, self.keyring)  # type: ignore[attr-defined]
        chosen = services.counting_of(case, self.keyring)
        case.countAnonymously = chosen.agreed if chosen.answer else None  # type: ignore[attr-defined]
        case.anonymity = header.anonymity  # type: ignore[attr-defined]
        case.people = services.people_on(case)  # type: ignore[attr-defined]
        shown = outputs.CaseOutput(case, context={"today": timezone.localdate()})
        etag = etag_of(case.pk, case.revision)
        return Response(shown.data, headers={"ETag": etag})


class Report(Desk):
    """The story; reading it is an event."""

    @extend_schema(
        operation_id="readReport",
        tags=["zaken"],
        summary="Het verhaal",
        description="Het verhaal van de melder. Het lezen staat in de tijdlijn.",
        responses=outputs.ReportOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        opened = services.read_report(self.case(reference), **self.doing())
        body = opened.body if opened else {}
        content = {
            "text": body.get("text", ""),
            "answers": body.get("answers", {}),
            "writtenDate": opened.statement.written_on if opened else None,
        }
        return Response(outputs.ReportOutput(content).data)


class SafeContact(Desk):
    """How to reach the reporter without harm (R-11)."""

    @extend_schema(
        operation_id="readSafeContact",
        tags=["zaken"],
        summary="Veilig contact",
        description="Hoe en wanneer u de melder veilig bereikt. Leeg: alleen hier.",
        responses=outputs.SafeContactOutput,
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        contact = services.read_safe_contact(case, self.keyring)
        return Response(outputs.SafeContactOutput(contact).data)


class IdentityOpenings(Desk):
    """Opening who the reporter is."""

    @extend_schema(
        operation_id="openIdentity",
        tags=["zaken"],
        summary="De naam van de melder",
        description=(
            "Open de naam. Bij een vertrouwelijke melding stemde eerst een "
            "naambewaarder in, is uw tweede stap nodig en kan het niet met een token; "
            "de melder ziet in het postvak dat u keek. Bij een anonieme is er niets."
        ),
        request=inputs.ReasonInput,
        responses={200: outputs.IdentityOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, reason = self.case(reference), self.given(inputs.ReasonInput)["reason"]
        if services.header_of(case, self.keyring).anonymity == "confidential":
            require_fresh(request)
        person = services.open_identity(case, reason=reason, **self.doing())
        return Response(outputs.IdentityOutput(person).data)


class Timeline(DeskList):
    """Everything that happened, also who looked."""

    @extend_schema(
        operation_id="listEvents",
        tags=["zaken"],
        summary="Tijdlijn",
        description="Alles wat er gebeurde, het oudste eerst, ook wie er keek.",
        responses=outputs.EventOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        return self.page(outputs.EventOutput, services.timeline(self.case(reference)))
