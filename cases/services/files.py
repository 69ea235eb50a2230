"""Files of a case: telling of them, and opening one; each look is an event (H-12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cases.models import Attachment, Case
from cases.permissions import is_reporter, may_handle
from cases.services.receiving import FilesAway, Part, Piece
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.vault import storage
from weerbaar.vault.envelope import open_json_sealed
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.storage import StorageAway
from weerbaar.vault.streams import SealedReader
from weerbaar.web.refusals import NotAllowed

# A player asks for a film in many pieces: within this time that is one look.
ONE_LOOK = timedelta(minutes=15)


@dataclass(frozen=True)
class CaseFile:
    """An attachment with its description, as far as the reader can open it."""

    attachment: Attachment
    piece: Piece | None


def files_of(case: Case, keyring: Keyring) -> list[CaseFile]:
    """The files of a case, the first one first; a description that this keyring does
    not open is left out. Raises vault errors.
    """
    found = case.attachments.select_related("added_by")
    return [CaseFile(a, _described(a, keyring)) for a in found]


def _described(attachment: Attachment, keyring: Keyring) -> Piece | None:
    if not keyring.holds(attachment.key_id):
        return None
    secret = keyring.open(attachment.key_id)
    sealed = bytes(attachment.sealed)
    return Piece.from_dict(open_json_sealed(secret, sealed, place=attachment.place))


@dataclass(frozen=True)
class OpenedFile:
    """A file to read from, and what may be said of it to whoever reads."""

    name: str
    type: str
    reader: SealedReader

    @property
    def size(self) -> int:
        return self.reader.size


def find_file(case: Case, pk: UUID, *, by: Any, keyring: Keyring) -> CaseFile:
    """One file with its description. Raises Http404, NotAllowed and vault errors."""
    attachment = case.attachments.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    if not (may_handle(case, by) or _is_hers(attachment, by)):
        raise NotAllowed
    return CaseFile(attachment, _described(attachment, keyring))


def _is_hers(attachment: Attachment, by: Any) -> bool:
    """What she sent and chose to be able to read back."""
    case = attachment.case
    hers = attachment.added_by_id is None and attachment.key_id == case.dialogue_key_id
    return hers and is_reporter(case, by)


def open_file(
    case: Case,
    pk: UUID,
    *,
    by: Any,
    keyring: Keyring,
    now: datetime,
    original: bool = False,
) -> OpenedFile:
    """Open a file, or its untouched original; each look is an event (H-12).

    Raises Http404, NotAllowed, FilesAway and vault errors.
    """
    found = find_file(case, pk, by=by, keyring=keyring)
    piece = found.piece
    if piece is None:
        raise Http404
    part: Part | None = piece.original if original else piece.file
    if part is None:
        raise Http404
    try:
        reader = storage.read(part.blob, part.secret, size=part.size)
    except StorageAway as error:
        raise FilesAway(_("Try again in a few minutes.")) from error
    kind = Kind.FILE_ORIGINAL_OPENED if original else Kind.FILE_OPENED
    _note_look(kind, found.attachment, case, by=by, now=now)
    return OpenedFile(piece.name, piece.type, reader)


def _note_look(
    kind: Kind, attachment: Attachment, case: Case, *, by: Any, now: datetime
) -> None:
    # A reporter's moments are rounded to a quarter of a day.
    since = now - (ONE_LOOK if isinstance(by, User) else timedelta(hours=6))
    looked = Event.objects.filter(kind=kind, subject_id=str(attachment.pk))
    if looked.filter(actor_id=by.pk, at__gt=since).exists():
        return
    record(
        kind,
        attachment,
        by=by,
        now=now,
        about=case.pk,
        organisation_id=case.organisation_id,
    )
