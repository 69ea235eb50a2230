"""Where a person is signed in: shown to her alone, ended by her (ASVS 7.4.5, 7.5.2).

Ending a session deletes its row, and with it the server's half of the opened vault.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from weerbaar.accounts.models import OpenSession, User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.core import Secret, VaultError
from weerbaar.vault.envelope import open_json_sealed, seal_json_to

# What a browser and a system call themselves, the most telling first.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Seen:
    """A session as its page shows it."""

    pk: UUID
    device: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def begin(user: User, session_key: str, *, browser: str, now: datetime) -> None:
    """Note a session that begins; of its browser only the family is kept, sealed."""
    opened = OpenSession(
        user=user,
        session_id=session_key,
        began_at=_minute(now),
        seen_at=_minute(now),
        device=b"",
    )
    if user.key is not None:
        told = {"device": device_of(browser)}
        opened.device = seal_json_to(user.key.public_key, told, place=opened.place)
    opened.save(force_insert=True)


def renew(request: HttpRequest, **told: Any) -> None:
    """Another id for a session in which somebody showed again who she is (ASVS 7.2.4).

    The vault's half follows on the way out (`vault_session`).
    """
    session = request.session
    if not told.get("reauthenticated") or session.session_key is None:
        return
    row = OpenSession.objects.filter(session_id=session.session_key).first()
    session.cycle_key()
    if row is not None:
        row.session_id = session.session_key
        row.save(force_insert=True)


def touch(session_key: str, now: datetime) -> None:
    """Note that a session is in use; asked for at most once a minute."""
    OpenSession.objects.filter(session_id=session_key).update(seen_at=_minute(now))


def device_of(browser: str) -> str:
    """`Firefox, Windows` of what a browser calls itself; empty when it says nothing."""
    found = (_first(BROWSERS, browser), _first(SYSTEMS, browser))
    return ", ".join(filter(None, found))


def sessions_of(user: User) -> "QuerySet[OpenSession]":
    """The sessions of this person that are not over."""
    return user.open_sessions.filter(session__expire_date__gt=timezone.now())


def shown(user: User, secret: Secret, session_key: str) -> list[Seen]:
    """Her sessions, this one first; her own Secret opens what each is called."""
    rows = [
        Seen(
            pk=row.pk,
            device=_name(row, secret),
            began_at=row.began_at,
            seen_at=row.seen_at,
            is_this=row.session_id == session_key,
        )
        for row in sessions_of(user)
    ]
    return sorted(rows, key=lambda seen: not seen.is_this)


@transaction.atomic
def end(user: User, pk: UUID, *, by: Any, now: datetime) -> None:
    """End one session. Raises OpenSession.DoesNotExist for another person's."""
    Session.objects.filter(pk=sessions_of(user).get(pk=pk).session_id).delete()
    record(Kind.SESSION_ENDED, user, by=by, now=now)


@transaction.atomic
def end_others(user: User, session_key: str, *, by: Any, now: datetime) -> int:
    """End every session but this one; gives how many."""
    others = user.open_sessions.exclude(session_id=session_key)
    ended = others.count()
    Session.objects.filter(
        pk__in=list(others.values_list("session", flat=True))
    ).delete()
    if ended:
        record(Kind.SESSION_ENDED, user, by=by, now=now)
    return ended


def _name(row: OpenSession, secret: Secret) -> str:
    try:
        told = open_json_sealed(secret, bytes(row.device), place=row.place)
    except VaultError:
        return ""
    return str(told["device"])


def _first(names: dict[str, str], text: str) -> str:
    return next((name for sign, name in names.items() if sign in text), "")


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
