"""Files that no case names: those of drafts, and those that are to be removed."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone

from cases.models import LooseFile
from weerbaar.vault import storage
from weerbaar.vault.storage import StorageAway

# Older than any moment: to be removed at the next opportunity.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# Removed in one go; the task comes back every few minutes.
AT_ONCE = 500


def note_loose(blob: UUID) -> None:
    """Know of a file before its first byte is stored."""
    LooseFile.objects.create(pk=blob, touched_at=timezone.now())


def touch_loose(blobs: Iterable[UUID], *, now: datetime) -> None:
    """These files are still wanted: their idle time starts anew."""
    LooseFile.objects.filter(pk__in=list(blobs)).update(touched_at=now)


def still_there(blobs: Iterable[UUID]) -> bool:
    """Are these files still in the storage, for a draft to send?"""
    wanted = set(blobs)
    found = LooseFile.objects.filter(pk__in=wanted, touched_at__gt=LONG_AGO)
    return found.count() == len(wanted)


def let_go(blobs: Iterable[UUID]) -> None:
    """Remove files that no case names; what the storage keeps back is tried again."""
    for blob in blobs:
        LooseFile.objects.filter(pk=blob).update(touched_at=LONG_AGO)
        try:
            storage.remove(blob)
        except StorageAway:
            continue
        LooseFile.objects.filter(pk=blob).delete()


def expire_loose(*, before: datetime) -> int:
    """Remove what nobody touched since; gives how many are gone. Safe to run twice."""
    found = LooseFile.objects.untouched_since(before).order_by("touched_at")
    waiting = list(found.values_list("pk", flat=True)[:AT_ONCE])
    let_go(waiting)
    return len(waiting) - LooseFile.objects.filter(pk__in=waiting).count()
