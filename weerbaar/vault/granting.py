"""Making keys, granting them whole or by halves, and taking grants back."""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from weerbaar.vault.core import SECRET_SIZE, Secret, context
from weerbaar.vault.halves import FIRST, SECOND, split
from weerbaar.vault.keyring import verify_belongs
from weerbaar.vault.models import ErasureKey, Grant, Key, KeyKind


def keep_key(secret: Secret, kind: KeyKind, *, today: date) -> Key:
    """Save the open half of a Secret that exists already, such as that of a receipt."""
    key = _open_half(secret, kind, today)
    key.save(force_insert=True)
    return key


def new_key(
    kind: KeyKind,
    *,
    holders: Iterable[Key],
    today: date,
    erasure: ErasureKey | None = None,
) -> tuple[Key, Secret]:
    """Make a Secret, save its open half, and grant it to each holder.

    With an erasure key, destroying that is the end of it, also in backups. Raises
    Tampered when a holder's public half is not its own; then nothing is saved.
    """
    secret = _new_secret(erasure)
    key = _open_half(secret, kind, today, erasure)
    # Sealed before anything is saved, so that no savepoint has to take it back.
    sealed = _sealed_to(holders, secret.to_granted(), key=key, share=0, today=today)
    _save(key, sealed)
    return key, secret


def new_split_key(
    kind: KeyKind,
    *,
    first: Iterable[Key],
    second: Iterable[Key],
    both: Iterable[Key] = (),
    today: date,
    erasure: ErasureKey | None = None,
) -> tuple[Key, Secret]:
    """Make a Secret that takes two people: a half for each side, `both` have both.

    Whoever is on both sides opens it alone; the caller keeps the sides apart. Raises
    Tampered as `new_key` does.
    """
    secret = _new_secret(erasure)
    key = _open_half(secret, kind, today, erasure)
    halves = split(secret.to_granted())
    sides: Mapping[int, list[Key]] = {
        FIRST: [*first, *both],
        SECOND: [*second, *both],
    }
    sealed = [
        grant_
        for share, holders in sides.items()
        for grant_ in _sealed_to(
            holders, halves[share], key=key, share=share, today=today
        )
    ]
    _save(key, sealed)
    return key, secret


def grant(secret: Secret, *, key: Key, to: Key, today: date) -> Grant:
    """Give the holder `to` a key; an existing grant stays as it is.

    Whoever can open a key can grant it; whether he may is decided by the caller. Raises
    Tampered when the Secret, or a public half, is another's.
    """
    verify_belongs(secret, key)
    return _granted(secret.to_granted(), key=key, to=to, share=0, today=today)


def grant_half(half: bytes, *, key: Key, share: int, to: Key, today: date) -> Grant:
    """Give the holder `to` one half of a split key; an existing grant stays as it is.

    A half proves nothing by itself: another value gives a key that does not open.
    """
    return _granted(half, key=key, to=to, share=share, today=today)


def _new_secret(erasure: ErasureKey | None) -> Secret:
    if erasure is None:
        return Secret.new()
    return Secret.erasable(os.urandom(SECRET_SIZE), bytes(erasure.value))


def _open_half(
    secret: Secret, kind: KeyKind, today: date, erasure: ErasureKey | None = None
) -> Key:
    return Key(
        id=secret.public.id,
        kind=kind,
        public=secret.public.raw,
        check_tag=secret.check,
        erasure_id=erasure.pk if erasure else None,
        made_on=today,
    )


def _save(key: Key, sealed: list[Grant]) -> None:
    with transaction.atomic(savepoint=False):
        key.save(force_insert=True)
        Grant.objects.bulk_create(sealed)


def _granted(value: bytes, *, key: Key, to: Key, share: int, today: date) -> Grant:
    fresh = _sealed(value, key=key, to=to, share=share, today=today)
    kept, _new = Grant.objects.get_or_create(
        key=key,
        holder=to,
        share=share,
        defaults={"sealed": fresh.sealed, "made_on": today},
    )
    return kept


def _sealed_to(
    holders: Iterable[Key], value: bytes, *, key: Key, share: int, today: date
) -> list[Grant]:
    unique = {holder.pk: holder for holder in holders}.values()
    return [_sealed(value, key=key, to=to, share=share, today=today) for to in unique]


def _sealed(value: bytes, *, key: Key, to: Key, share: int, today: date) -> Grant:
    made = Grant(key=key, holder=to, share=share, made_on=today)
    made.sealed = to.public_key.seal(value, context(*made.place))
    return made


def sealed_anew(grant_: Grant, secret: Secret) -> bytes:
    """What the same whole grant holds when it is written by the newest suite.

    Raises Tampered when the Secret, or the holder's public half, is another's.
    """
    verify_belongs(secret, grant_.key)
    return bytes(
        _sealed(
            secret.to_granted(),
            key=grant_.key,
            to=grant_.holder,
            share=grant_.share,
            today=grant_.made_on,
        ).sealed
    )


def move_grants(
    secret: Secret, *, old: Key, new: Key, today: date
) -> tuple[list[Grant], list[Grant]]:
    """Give a new key all that an old one holds, whole and by halves, and end the old.

    `secret` is that of the old key. Gives the grants that went and those that came, for
    the history. Raises Tampered when a grant does not fit; then nothing is saved.
    """
    went = list(Grant.objects.filter(holder=old).select_related("key").order_by("pk"))
    came = []
    for held in went:
        value = secret.open(bytes(held.sealed), context(*held.place))
        came.append(_sealed(value, key=held.key, to=new, share=held.share, today=today))
    with transaction.atomic(savepoint=False):
        Grant.objects.filter(pk__in=[held.pk for held in went]).delete()
        Grant.objects.bulk_create(came)
    return went, came


def grants_of(*key_ids: UUID | None) -> list[Grant]:
    """Every grant of these keys, for the history; None stands for no key."""
    return list(Grant.objects.filter(key__in=[k for k in key_ids if k]).order_by("pk"))


def revoke(*, key_id: UUID, holder_id: UUID, share: int | None = None) -> list[Grant]:
    """Take a key from a holder, whole or half; gives the grants that were deleted.

    With a `share`, only that half. Raw Secrets never leave the server, so deleting the
    row is what ends access.
    """
    found = Grant.objects.filter(key=key_id, holder=holder_id).select_for_update()
    if share is not None:
        found = found.filter(share=share)
    taken = list(found)
    found.delete()
    return taken
