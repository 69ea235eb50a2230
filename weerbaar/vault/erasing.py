"""Erasure keys: made before a case, read to open it, destroyed at the end of its term.

Two databases have no transaction together, so the order is the safety: a key is there
before what needs it, and is destroyed before anything that refers to it. What breaks
off in between leaves a key too many, which `sweep` removes, never a case too few.
"""

import os
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from weerbaar.vault.core import SECRET_SIZE, Erased
from weerbaar.vault.databases import ERASURE
from weerbaar.vault.models import ErasureKey, Key

# A request that made a key and then broke off is long over.
ORPHANED_AFTER = timedelta(days=2)


def new_erasure(*, today: date) -> ErasureKey:
    """Make an erasure key and save it, outside the transaction of who asks."""
    return ErasureKey.objects.create(value=os.urandom(SECRET_SIZE), made_on=today)


def erasure_of(key: Key) -> ErasureKey | None:
    """The erasure key that a key is made with, so that another can share its end.

    Raises Erased when it was destroyed.
    """
    if key.erasure_id is None:
        return None
    found = ErasureKey.objects.filter(pk=key.erasure_id).first()
    if found is None:
        raise Erased("Its erasure key was destroyed.")
    return found


def erasures(ids: Iterable[UUID | None]) -> dict[UUID, bytes]:
    """The values of the erasure keys that still exist, in one query."""
    wanted = {one for one in ids if one}
    found = ErasureKey.objects.filter(pk__in=wanted).values_list("pk", "value")
    return {pk: bytes(value) for pk, value in found} if wanted else {}


def erase(ids: Iterable[UUID | None]) -> int:
    """Destroy erasure keys; gives how many there were. Safe to run twice."""
    wanted = [one for one in ids if one]
    gone, _by_model = ErasureKey.objects.filter(pk__in=wanted).delete()
    return gone


def sweep(*, today: date) -> int:
    """Destroy erasure keys that no key was ever made with; gives how many."""
    with transaction.atomic(using=ERASURE):
        old = ErasureKey.objects.filter(made_on__lt=today - ORPHANED_AFTER)
        ids = set(old.values_list("pk", flat=True))
        kept = Key.objects.filter(erasure_id__in=ids)
        return erase(ids - set(kept.values_list("erasure_id", flat=True)))
