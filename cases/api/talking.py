"""Words in a case for programs: notes for colleagues, messages for the reporter."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import inputs, outputs
from cases.api.desk import DeskList
from cases.models import DIALOGUE, INTERNAL
from weerbaar.web.openapi import IDEMPOTENCY


class Statements(DeskList):
    """What was written in a case, without the words."""

    @extend_schema(
        operation_id="listStatements",
        tags=["berichten en notities"],
        summary="Teksten",
        description="Welke teksten er zijn, zonder hun woorden.",
        responses=outputs.StatementOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        statements = self.case(reference).statements.select_related("author")
        return self.page(outputs.StatementOutput, statements)


class Notes(DeskList):
    """Words that stay among handlers."""

    @extend_schema(
        operation_id="listNotes",
        tags=["berichten en notities"],
        summary="Notities",
        description="Notities, overdrachten en redenen, het oudste eerst.",
        responses=outputs.NoteOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        return self.page(
            outputs.NoteOutput, services.read_thread(case, INTERNAL, self.keyring)
        )

    @extend_schema(
        operation_id="writeNote",
        tags=["berichten en notities"],
        summary="Notitie schrijven",
        description="Schrijf een interne notitie. De melder leest haar niet.",
        parameters=[IDEMPOTENCY],
        request=inputs.NoteInput,
        responses={201: outputs.StatementOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, text = self.case(reference), self.given(inputs.NoteInput)["text"]
        note = services.write_note(case, text, once=self.once(), **self.doing())
        return Response(outputs.StatementOutput(note).data, status=201)


class Messages(DeskList):
    """The conversation with the reporter."""

    @extend_schema(
        operation_id="listMessages",
        tags=["berichten en notities"],
        summary="Berichten",
        description="Het gesprek met de melder, het oudste eerst.",
        responses=outputs.ThreadOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        return self.page(
            outputs.ThreadOutput, services.read_thread(case, DIALOGUE, self.keyring)
        )

    @extend_schema(
        operation_id="sendMessage",
        tags=["berichten en notities"],
        summary="Bericht sturen",
        description="Stuur de melder een bericht. U kunt het niet terughalen.",
        parameters=[IDEMPOTENCY],
        request=inputs.ToReporterInput,
        responses={201: outputs.StatementOutput},
    )
    def post(self, request: Request, reference: str) -> Response:
        case, given = self.case(reference), self.given(inputs.ToReporterInput)
        sent = services.send_message(
            case,
            given["text"],
            answer_by=given.get("answerByDate"),
            once=self.once(),
            **self.doing(),
        )
        return Response(outputs.StatementOutput(sent).data, status=201)
