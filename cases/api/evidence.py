"""Files of a case for programs: which there are, adding one, and its bytes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import outputs
from cases.api.desk import Desk, DeskList
from cases.services import CaseFile, FileRefused
from weerbaar.vault.upload import takes_files, turned_away
from weerbaar.web.file_shapes import BYTES, FileInput, GivesBytes
from weerbaar.web.files import file_response
from weerbaar.web.openapi import NOT_NOW

# Who may is asked before the body is read (Desk.initial).
DOOR = services.file_door(lambda _request: True)


@takes_files(DOOR)
class Files(DeskList):
    """The files of a case."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="listFiles",
        tags=["bestanden"],
        summary="Bestanden",
        description="De bestanden van een zaak, het oudste eerst.",
        responses=outputs.FileOutput(many=True),
    )
    def get(self, request: Request, reference: str) -> Response:
        case = self.looked_at(self.case(reference))
        return self.page(outputs.FileOutput, services.files_of(case, self.keyring))

    @extend_schema(
        operation_id="addFile",
        tags=["bestanden"],
        summary="Bestand toevoegen",
        description=(
            "Voeg een bestand toe. Uit foto's en documenten gaat weg waar, wanneer en "
            "waarmee ze zijn gemaakt. De melder ziet het niet."
        ),
        request=FileInput,
        responses={201: outputs.FileOutput, 409: NOT_NOW},
    )
    def post(self, request: Request, reference: str) -> Response:
        case = self.case(reference)
        attachment = receive_one(request, case, by=self.user, now=self.doing()["now"])
        found = services.find_file(
            case, attachment.pk, by=self.user, keyring=self.keyring
        )
        return Response(outputs.FileOutput(found).data, status=201)


def receive_one(request: Request, case: Any, **doing: Any) -> Any:
    """Add the one file of a request. Raises FileRefused, CaseFull, ValidationError."""
    given = FileInput(data=request.data)
    # Told by the reading of the body, which has just been done.
    for name, why in turned_away(request._request):
        raise FileRefused(services.told_turned(name, why))
    given.is_valid(raise_exception=True)
    received = services.receive_for(
        case,
        [given.validated_data["file"]],
        (),
        keep_original=given.validated_data["keepOriginal"],
        **doing,
    )
    if received.mistakes:
        raise FileRefused(received.mistakes[0])
    return case.attachments.get(blob=received.pieces[0].file.blob)


class OneFile(Desk):
    """One file: what it is and what was taken out."""

    @extend_schema(
        operation_id="getFile",
        tags=["bestanden"],
        summary="Een bestand",
        description="Wat een bestand is en wat eruit is gehaald.",
        responses=outputs.FileOutput,
    )
    def get(self, request: Request, reference: str, pk: UUID) -> Response:
        case = self.looked_at(self.case(reference))
        found: CaseFile = services.find_file(
            case, pk, by=self.user, keyring=self.keyring
        )
        return Response(outputs.FileOutput(found).data)


class Content(GivesBytes, Desk):
    """The bytes of a file, whole or a range."""

    @extend_schema(
        operation_id="readFile",
        tags=["bestanden"],
        summary="Inhoud van een bestand",
        description="De bytes. Met Range een deel. Het openen staat in de tijdlijn.",
        responses=BYTES,
    )
    def get(self, request: Request, reference: str, pk: UUID) -> HttpResponse:
        return self._give(request, reference, pk)

    def _give(
        self, request: Request, reference: str, pk: UUID, *, original: bool = False
    ) -> HttpResponse:
        opened = services.open_file(
            self.case(reference), pk, original=original, **self.doing()
        )
        return file_response(
            request._request,
            opened.reader,
            name=opened.name,
            media_type="application/octet-stream",
            size=opened.size,
        )


class Original(Content):
    """The bytes of the untouched file, if it was kept."""

    @extend_schema(
        operation_id="readOriginal",
        tags=["bestanden"],
        summary="Onveranderd bestand",
        description="De bytes van het onveranderde bestand, als het is bewaard.",
        responses=BYTES,
    )
    def get(self, request: Request, reference: str, pk: UUID) -> HttpResponse:
        return self._give(request, reference, pk, original=True)
