"""The network's copy of a story, found by what only the case knows of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.services import record_revocations
from weerbaar.stories.models.edited import Edition, Parcel
from weerbaar.stories.services.words import FIELDS
from weerbaar.vault.granting import grants_of
from weerbaar.vault.models import Key


def edition_of(mark: UUID) -> Edition | None:
    """What the network has under this mark; None while it lies in the letterbox."""
    return Edition.objects.filter(mark=mark).first()


def editions_of(marks: Iterable[UUID]) -> dict[UUID, Edition]:
    """What the network has under each of these marks, in one query."""
    return {one.mark: one for one in Edition.objects.filter(mark__in=list(marks))}


def remove(*, slot: UUID, mark: UUID, now: datetime) -> None:
    """Take the copy away wherever it is, inside the caller's transaction.

    No step and no event of the copy tells of it: with the event in the case beside it,
    the history would say for ever which story was whose (ADR 0029).
    """
    Parcel.objects.filter(slot=slot).delete()
    found = Edition.objects.select_for_update().filter(mark=mark).first()
    if found is not None:
        destroy_text(found, by=SYSTEM, now=now)
        found.delete()


def destroy_text(edition: Edition, *, by: Any, now: datetime) -> None:
    """Nobody reads it any more: sealed text with its key, and published words."""
    key_id = edition.key_id
    record_revocations(edition, grants_of(key_id), by=by, now=now)
    gone: dict[str, Any] = {"key": None, "text": None}
    gone |= dict.fromkeys(FIELDS, "")
    Edition.objects.filter(pk=edition.pk).update(**gone)
    if key_id is not None:
        Key.objects.filter(pk=key_id).delete()
