"""Files of a case: taking them over from who added them, and removing them all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Attachment, Case, LooseFile
from cases.permissions import is_reporter, may_handle
from cases.services.loose import LONG_AGO, let_go
from cases.services.receiving import Piece
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.envelope import seal_json_to
from weerbaar.vault.models import Key
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class CaseFull(NotPossibleNow):
    """More or larger files than fit a case."""

    title = _("No more files fit")
    detail = _(
        "This report holds as many files as fit. Tell what you have in a message; "
        "your handler agrees with you how to hand it over."
    )


class FilesGone(NotPossibleNow):
    """Files of a draft that was left alone too long, or was sent already."""

    title = _("Your files are no longer there")
    detail = _("Add the files once more. Everything else that you filled in is kept.")


def attach(
    case: Case,
    pieces: Sequence[Piece],
    *,
    by: Any,
    now: datetime,
    for_reporter: bool = False,
) -> list[Attachment]:
    """Add files to a case. Raises NotAllowed, CaseFull, FilesGone; then none is added.

    `for_reporter` seals their descriptions so that her receipt opens them: she chose to
    be able to read back.
    """
    if not (may_handle(case, by) or is_reporter(case, by)):
        raise NotAllowed
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        made = attach_first(case, pieces, by=by, now=now, for_reporter=for_reporter)
        if made and not isinstance(by, User):
            # Her handlers hear of it, once for all that she sent together.
            organisation = case.organisation_id
            record(
                Kind.FILES_RECEIVED, case, by=by, now=now, organisation_id=organisation
            )
    return made


def attach_first(
    case: Case,
    pieces: Sequence[Piece],
    *,
    by: Any,
    now: datetime,
    for_reporter: bool = False,
) -> list[Attachment]:
    """The same for a case that is just being made, inside its transaction."""
    if not pieces:
        return []
    check_room(case, pieces)
    _take_over(pieces)
    key = case.dialogue_key if for_reporter else case.case_key
    last = case.attachments.aggregate(last=Max("sequence"))["last"] or 0
    made = []
    for sequence, piece in enumerate(pieces, start=last + 1):
        made.append(_attached(case, piece, key, sequence, by=by, now=now))
        record(
            Kind.FILE_ADDED,
            made[-1],
            by=by,
            now=now,
            about=case.pk,
            organisation_id=case.organisation_id,
        )
    return made


def check_room(case: Case, pieces: Sequence[Piece]) -> None:
    """Do these files still fit the case? Raises CaseFull."""
    held = case.attachments.aggregate(total=Sum("stored_size"))["total"] or 0
    coming = stored(pieces)
    count = case.attachments.count() + len(pieces)
    if count > settings.EVIDENCE_FILES or held + coming > settings.EVIDENCE_CASE_SIZE:
        raise CaseFull


def stored(pieces: Iterable[Piece]) -> int:
    """How much room files take, in bytes."""
    return sum(part.stored for piece in pieces for part in piece.parts)


def _take_over(pieces: Sequence[Piece]) -> None:
    """The case names these files from now on, and no draft can do so again."""
    blobs = [part.blob for piece in pieces for part in piece.parts]
    wanted = LooseFile.objects.filter(pk__in=blobs, touched_at__gt=LONG_AGO)
    taken, _by_model = wanted.delete()
    if taken != len(blobs):
        raise FilesGone


def _attached(
    case: Case, piece: Piece, key: Key, sequence: int, *, by: Any, now: datetime
) -> Attachment:
    made = Attachment(
        case=case,
        key=key,
        blob=piece.file.blob,
        original=piece.original.blob if piece.original else None,
        stored_size=stored([piece]),
        added_on=timezone.localdate(now),
        added_by=by if isinstance(by, User) else None,
        sequence=sequence,
    )
    made.sealed = seal_json_to(key.public_key, piece.to_dict(), place=made.place)
    made.save(force_insert=True)
    return made


@transaction.atomic
def drop_files(case: Case, *, by: Any, now: datetime) -> int:
    """Remove every file of a case; gives how many. The caller decided that they go.

    The rows go with this transaction, the files right after it; what the storage keeps
    back then is tried again by the task that removes what nobody wants.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    held = list(case.attachments.all())
    if not held:
        return 0
    blobs = [blob for a in held for blob in (a.blob, a.original) if blob]
    LooseFile.objects.bulk_create(
        [LooseFile(pk=blob, touched_at=LONG_AGO) for blob in blobs],
        ignore_conflicts=True,
    )
    case.attachments.all().delete()
    record(
        Kind.FILES_REMOVED, case, by=by, now=now, organisation_id=case.organisation_id
    )
    transaction.on_commit(lambda: let_go(blobs))
    return len(held)
