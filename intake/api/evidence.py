"""Files in the mailbox for programs: adding one, seeing that they came, their bytes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases.services import FileRefused, file_door, told_turned
from intake import services
from intake.api.authentication import MailboxView
from intake.api.outputs import SentFileOutput
from intake.services import SentFile
from weerbaar.vault.upload import takes_files, turned_away
from weerbaar.web.file_shapes import BYTES, FileInput, GivesBytes
from weerbaar.web.files import file_response
from weerbaar.web.openapi import NOT_NOW


# The receipt is asked for before the body is read.
@takes_files(file_door(lambda _request: True))
class Files(MailboxView):
    """What arrived from her, and adding to it."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="listMailboxFiles",
        tags=["mijn melding"],
        summary="Eigen bestanden",
        description=(
            "Welke bestanden zijn aangekomen. De naam staat erbij als u bij het melden "
            "koos om terug te lezen."
        ),
        responses=SentFileOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        found = services.sent_files(self.access(request))
        return Response([_content(one) for one in found])

    @extend_schema(
        operation_id="addMailboxFile",
        tags=["mijn melding"],
        summary="Bestand sturen",
        description=(
            "Stuur een bestand. Uit foto's en documenten gaat weg waar, wanneer en "
            "waarmee ze zijn gemaakt. Uw behandelaars kunnen het openen."
        ),
        request=FileInput,
        responses={201: SentFileOutput, 409: NOT_NOW},
    )
    def post(self, request: Request) -> Response:
        given = FileInput(data=request.data)
        # Told by the reading of the body, which has just been done.
        for name, why in turned_away(request._request):
            raise FileRefused(told_turned(name, why))
        given.is_valid(raise_exception=True)
        access = self.access(request)
        received = services.send_files(
            access,
            [given.validated_data["file"]],
            (),
            keep_original=given.validated_data["keepOriginal"],
            now=timezone.now(),
        )
        if received.mistakes:
            raise FileRefused(received.mistakes[0])
        return Response(_content(services.sent_files(access)[-1]), status=201)


def _content(sent: SentFile) -> dict[str, Any]:
    return {
        "id": str(sent.attachment.pk),
        "name": sent.piece.name if sent.piece else "",
        "addedDate": sent.attachment.added_on.isoformat(),
        "mayRead": sent.piece is not None,
    }


class Content(GivesBytes, MailboxView):
    """Her own file back, for who chose to be able to read back."""

    @extend_schema(
        operation_id="readMailboxFile",
        tags=["mijn melding"],
        summary="Eigen bestand",
        description="De bytes van een eigen bestand, als u koos om terug te lezen.",
        responses=BYTES,
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        opened = services.open_sent(self.access(request), pk, now=timezone.now())
        return file_response(
            request._request,
            opened.reader,
            name=opened.name,
            media_type="application/octet-stream",
            size=opened.size,
        )
