"""Taking a case out: one ZIP with a paper, the data and a list of hashes, streamed.

Nothing is written on the server's disk; the archive is made while it is sent.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases import services
from cases.models import Approval, Purpose
from cases.services import Exported, OpenedFile
from cases.views.export_paper import export_paper, mark_of
from weerbaar.accounts import second_factor
from weerbaar.accounts.roles import Permission
from weerbaar.web.access import StaffRequest, signed_in

PIECE = 256 * 1024


@signed_in(Permission.HANDLE_CASES)
@second_factor.fresh  # type: ignore[arg-type]
@require_POST
def export(request: StaffRequest, reference: str, pk: UUID) -> HttpResponseBase:
    """Download the case that a second person agreed to, once."""
    mine = Approval.objects.visible_to(request.user).filter(
        asked_by=request.user, purpose=Purpose.EXPORT, case__reference=reference
    )
    approval = get_object_or_404(mine.select_related("case__organisation"), pk=pk)
    by, keyring, now = request.user, request.keyring, timezone.now()
    # Without a paper nothing is taken out, so the approval is not used up either.
    with transaction.atomic():
        found = services.export_case(approval, by=by, keyring=keyring, now=now)
        papers = {"zaak.pdf": export_paper(found), "zaak.json": export_data(found)}
    response = StreamingHttpResponse(
        archive(papers, found.files, mark_of(found)), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="zaak-{reference}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def export_data(exported: Exported) -> bytes:
    """The same for programs, the words exactly as they were written."""
    case = exported.case
    told = {
        "reference": case.reference,
        "organisation": case.organisation.slug,
        "kind": case.kind,
        "state": case.state,
        "openedOn": case.opened_on,
        "exportedAt": exported.at,
        "exportedBy": exported.by.name,
        "classification": exported.header,
        "identity": exported.identity,
        "people": exported.people,
        "statements": exported.statements,
        "promises": exported.promises,
        "requests": exported.requests,
        **{name: things for name, (_label, things) in exported.rooms.items()},
        "files": [one.name for one in exported.files],
        "timeline": [
            {
                "kind": one.event.kind,
                "at": one.event.at,
                "by": one.person.name if one.person else one.event.actor_kind,
            }
            for one in exported.moments
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def archive(
    papers: dict[str, bytes], files: Sequence[OpenedFile], mark: str
) -> Iterator[bytes]:
    """A ZIP of papers and files, piece by piece; last a manifest with each SHA-256.

    One piece of a file is in memory at a time. Raises Tampered for a spoiled file.
    """
    sent, lines = _Pipe(), [f"# {mark}"]
    sources: dict[str, Any] = {name: io.BytesIO(data) for name, data in papers.items()}
    sources |= {_name(n, one.name): one.reader for n, one in enumerate(files, start=1)}
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = mark.encode()
        for name, source in sources.items():
            digest = hashlib.sha256()
            with made.open(name, "w", force_zip64=True) as entry:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    entry.write(piece)
                    yield sent.taken()
            lines.append(f"{digest.hexdigest()}  {name}")
        made.writestr("manifest.txt", "\n".join([*lines, ""]))
    yield sent.taken()


def _name(number: int, name: str) -> str:
    """A name that stays inside the folder, and is no other file's."""
    plain = "".join("_" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in name)
    return f"bestanden/{number:02} {plain}"


class _Pipe(io.RawIOBase):
    """Where the archive is written and at once taken from; it cannot be wound back."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found
