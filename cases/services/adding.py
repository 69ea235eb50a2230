"""Adding files that were just sent: each by itself, and those that fit to the case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from cases.models import Case
from cases.services.attaching import CaseFull, attach
from cases.services.loose import let_go
from cases.services.receiving import (
    FileRefused,
    FilesAway,
    Piece,
    take_in,
    told_turned,
)
from weerbaar.vault.upload import SealedUpload, Turned
from weerbaar.web.refusals import NotAllowed


@dataclass
class Received:
    """What came of files that were sent: those taken in, and what to say of others."""

    pieces: list[Piece] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def receive(
    uploads: Iterable[SealedUpload],
    turned: Iterable[tuple[str, Turned]],
    *,
    keep_original: bool,
    room: int,
    now: datetime,
) -> Received:
    """Take in each file by itself: one that is refused does not lose the others.

    `room` is how many still fit; what comes after is let go.
    """
    found = Received(mistakes=[told_turned(name, why) for name, why in turned])
    for upload in uploads:
        if len(found.pieces) >= room:
            let_go([upload.blob])
            why = told_turned(upload.name, Turned.TOO_MANY)
            found.mistakes.append(why)
            continue
        try:
            piece = take_in(upload, keep_original=keep_original, now=now)
        except FileRefused as refusal:
            found.mistakes.append(str(refusal.detail))
        except FilesAway:
            why = told_turned(upload.name, Turned.STORAGE)
            found.mistakes.append(why)
        else:
            found.pieces.append(piece)
    return found


def receive_for(
    case: Case,
    uploads: Iterable[SealedUpload],
    turned: Iterable[tuple[str, Turned]],
    *,
    keep_original: bool,
    by: Any,
    now: datetime,
    for_reporter: bool = False,
) -> Received:
    """Take in files and add them to a case; gives what came of each.

    Raises NotAllowed and CaseFull; then nothing of them remains.
    """
    room = settings.EVIDENCE_FILES - case.attachments.count()
    received = receive(uploads, turned, keep_original=keep_original, room=room, now=now)
    try:
        attach(case, received.pieces, by=by, now=now, for_reporter=for_reporter)
    except (CaseFull, NotAllowed):
        let_go(part.blob for piece in received.pieces for part in piece.parts)
        raise
    return received
