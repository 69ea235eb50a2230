"""Files of the reporter: in the draft of a report, and later from the mailbox."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

import cases.services as case_services
from cases.models import Attachment
from cases.services import OpenedFile, Piece, Received
from intake.models import CookieKind
from intake.services import drafts
from intake.services.entering import Access
from intake.services.mailbox import can_reread
from weerbaar.vault.upload import SealedUpload, Turned


def takes_for_draft(cookie: str, *, now: datetime) -> bool:
    """Is there a draft under this cookie that was not sent yet?"""
    try:
        return "sent" not in drafts.read(CookieKind.DRAFT, cookie, now=now)
    except drafts.Expired:
        return False


def add_to_draft(
    content: dict[str, Any],
    uploads: Iterable[SealedUpload],
    turned: Iterable[tuple[str, Turned]],
    *,
    keep_original: bool,
    now: datetime,
) -> list[str]:
    """Put files into the content of a draft; gives what to say of those refused."""
    held = drafts.files_in(content)
    received = case_services.receive(
        uploads,
        turned,
        keep_original=keep_original,
        room=settings.EVIDENCE_FILES - len(held),
        now=now,
    )
    kept, mistakes = _that_fit(held, received.pieces)
    if kept:
        files = [piece.to_dict() for piece in kept]
        content["files"] = [*content.get("files", []), *files]
    return received.mistakes + mistakes


def _that_fit(
    held: Sequence[Piece], coming: Sequence[Piece]
) -> tuple[list[Piece], list[str]]:
    """Those that fit a case by size; the others are let go."""
    kept: list[Piece] = []
    mistakes = []
    for piece in coming:
        if case_services.stored([*held, *kept, piece]) <= settings.EVIDENCE_CASE_SIZE:
            kept.append(piece)
            continue
        case_services.let_go([part.blob for part in piece.parts])
        told = _("“%(name)s” does not fit any more: your files together are too large.")
        mistakes.append(told % {"name": piece.name})
    return kept, mistakes


def remove_from_draft(content: dict[str, Any], blob: str) -> None:
    """Take a file out of a draft; it is removed at once."""
    held = drafts.files_in(content)
    gone = [piece for piece in held if str(piece.file.blob) == blob]
    content["files"] = [piece.to_dict() for piece in held if piece not in gone]
    case_services.let_go([part.blob for piece in gone for part in piece.parts])


def forget_lost(content: dict[str, Any]) -> bool:
    """Take files out of a draft that are no longer in the storage; were there any?"""
    held = drafts.files_in(content)
    there = [
        piece
        for piece in held
        if case_services.still_there([part.blob for part in piece.parts])
    ]
    if len(there) == len(held):
        return False
    content["files"] = [piece.to_dict() for piece in there]
    return True


@dataclass(frozen=True)
class SentFile:
    """A file of hers in the mailbox; `piece` only when she may read it back."""

    attachment: Attachment
    piece: Piece | None


def sent_files(access: Access) -> list[SentFile]:
    """What arrived from her, the first one first."""
    found = case_services.files_of(access.case, access.keyring)
    return [
        SentFile(one.attachment, one.piece)
        for one in found
        if one.attachment.added_by_id is None
    ]


def send_files(
    access: Access,
    uploads: Iterable[SealedUpload],
    turned: Iterable[tuple[str, Turned]],
    *,
    keep_original: bool,
    now: datetime,
) -> Received:
    """Add files from the mailbox; gives what came of each. Raises CaseFull."""
    return case_services.receive_for(
        access.case,
        uploads,
        turned,
        keep_original=keep_original,
        by=access.by,
        now=now,
        for_reporter=can_reread(access),
    )


def open_sent(access: Access, pk: UUID, *, now: datetime) -> OpenedFile:
    """Her own file, when she chose to read back. Raises Http404, NotAllowed."""
    return case_services.open_file(
        access.case, pk, by=access.by, keyring=access.keyring, now=now
    )
