"""Keeping what somebody without an account filled in, sealed under the own cookie."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.services import Piece, expire_loose, let_go, touch_loose
from intake.models import CookieKind, SealedCookie
from weerbaar.vault.core import VaultError
from weerbaar.vault.sealed_cookie import (
    cookie_tag,
    new_cookie,
    open_with_cookie,
    seal_with_cookie,
)
from weerbaar.web.refusals import NotPossibleNow


class Expired(NotPossibleNow):
    """The cookie opens nothing any more: it was idle for too long, or never existed."""

    title = _("Your answers were not kept")
    detail = _(
        "Nothing happened for a while. To protect you we removed what you typed."
    )


def _oldest(now: datetime) -> datetime:
    return now - timedelta(seconds=settings.DRAFT_IDLE_SECONDS)


def begin(kind: CookieKind, content: Mapping[str, Any], *, now: datetime) -> str:
    """Make a cookie and seal the first content under it; it is not kept here."""
    cookie = new_cookie()
    keep_under(cookie, kind, content, now=now)
    return cookie


def keep_under(
    cookie: str, kind: CookieKind, content: Mapping[str, Any], *, now: datetime
) -> SealedCookie:
    """Seal content under a given cookie, as a new row. Raises IntegrityError for a
    second.
    """
    row = SealedCookie(tag=cookie_tag(cookie), kind=kind, touched_at=now)
    row.sealed = seal_with_cookie(cookie, content, place=row.place)
    row.save(force_insert=True)
    return row


def _row(kind: CookieKind, cookie: str, now: datetime, *, lock: bool) -> SealedCookie:
    rows = SealedCookie.objects.select_for_update() if lock else SealedCookie.objects
    try:
        tag = cookie_tag(cookie)
    except VaultError:
        raise Expired from None
    row = rows.filter(tag=tag, kind=kind, touched_at__gte=_oldest(now)).first()
    if row is None:
        raise Expired
    return row


def read(
    kind: CookieKind, cookie: str, *, now: datetime, lock: bool = False
) -> dict[str, Any]:
    """What is sealed under the cookie. Raises Expired, also for a changed cookie or
    row.

    `lock` holds the row until the transaction ends, so that a form sent twice is
    handled once.
    """
    row = _row(kind, cookie, now, lock=lock)
    try:
        return open_with_cookie(cookie, bytes(row.sealed), place=row.place)
    except VaultError:
        raise Expired from None


@transaction.atomic
def write(
    kind: CookieKind, cookie: str, content: Mapping[str, Any], *, now: datetime
) -> None:
    """Replace what is sealed under the cookie, and start its idle time anew. Raises
    Expired.
    """
    row = _row(kind, cookie, now, lock=True)
    row.sealed = seal_with_cookie(cookie, content, place=row.place)
    row.touched_at = now
    row.save(update_fields=["sealed", "touched_at"])
    touch_loose(blobs_in(content), now=now)


@transaction.atomic
def keep_answers(cookie: str, content: Mapping[str, Any], *, now: datetime) -> None:
    """Keep the answers of the form, unless it was sent while they were on their way.

    A page sent twice may arrive after the sending: it would wipe out the receipt.
    Raises Expired.
    """
    if "sent" not in read(CookieKind.DRAFT, cookie, now=now, lock=True):
        write(CookieKind.DRAFT, cookie, content, now=now)


def touch(kind: CookieKind, cookie: str, *, now: datetime) -> None:
    """Somebody is still there: the idle time starts anew. Raises Expired."""
    content = read(kind, cookie, now=now)
    SealedCookie.objects.filter(kind=kind, tag=cookie_tag(cookie)).update(
        touched_at=now
    )
    touch_loose(blobs_in(content), now=now)


def drop(kind: CookieKind, cookie: str) -> None:
    """Remove what is sealed under the cookie, if it is still there, and its files."""
    try:
        row = SealedCookie.objects.filter(kind=kind, tag=cookie_tag(cookie)).first()
    except VaultError:
        return
    if row is None:
        return
    try:
        content = open_with_cookie(cookie, bytes(row.sealed), place=row.place)
    except VaultError:
        content = {}
    row.delete()
    let_go(blobs_in(content))


def drop_idle(kind: CookieKind, cookie: str, *, now: datetime) -> None:
    """Remove what was idle for too long under the cookie, before the sweep comes."""
    idle = SealedCookie.objects.idle_since(_oldest(now))
    idle.filter(kind=kind, tag=cookie_tag(cookie)).delete()


def expire(*, now: datetime) -> int:
    """Delete what was idle for too long; returns how many.

    Files that no draft touched for twice as long go as well: an hour more than needed,
    so that none goes while its draft is just being sent.
    """
    gone, _by_model = SealedCookie.objects.idle_since(_oldest(now)).delete()
    expire_loose(before=_oldest(_oldest(now)))
    return gone


def files_in(content: Mapping[str, Any]) -> list[Piece]:
    """The files of a draft, in the order in which they were added."""
    return [Piece.from_dict(one) for one in content.get("files", [])]


def blobs_in(content: Mapping[str, Any]) -> list[UUID]:
    """Where the files of a draft lie."""
    return [part.blob for piece in files_in(content) for part in piece.parts]
