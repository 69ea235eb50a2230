"""Opening the vault belongs to signing in: how the opened Secret travels.

1. The POST of the login form opens the vault with the password, which lives no longer
   than that request (`forms.LoginForm.login`). On the way out `VaultMiddleware` splits
   the Secret: one half into the session row, the other into a cookie. This is before
   the second factor; what is locked so is of use to nobody, for `request.keyring` opens
   only for a person who is fully signed in, and it ends after a quarter of an hour.
2. The second factor comes in a request of its own. Signing in gives the session a new
   id, and the halves are bound to the old one; so on the way out, whenever the id of
   the session is not the one the request came with, the halves are opened with the old
   id and locked again to the new one, until the absolute end of the session.
3. Every later request opens the halves when `request.keyring` is first used. After
   fifteen minutes without a request they are thrown away: the person stays signed in
   but the vault asks for the password (`vault-open`). After eight hours the session
   ends.

The cookie alone and the session row alone open nothing (vault.session).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account import app_settings as allauth_settings
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from weerbaar.accounts import sessions
from weerbaar.accounts.models import User
from weerbaar.accounts.second_factor import is_through
from weerbaar.vault.core import Locked, Secret
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.session import session_lock, session_unlock

HALF = "vault"
END = "session_ends_at"
SEEN = "session_seen_at"
# Not every request writes the session: a minute is exact enough for idleness.
TOUCH_AFTER = timedelta(minutes=1)


class VaultSession:
    """The vault of one request: held in memory, locked again on the way out."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._came_with = request.session.session_key
        self._held: tuple[UUID, Secret] | None = None
        self._is_new = False

    def hold(self, user: User, secret: Secret) -> None:
        """An opened Secret, to be locked to this session on the way out."""
        self._held = (user.pk, secret)
        self._is_new = True

    def forget(self) -> None:
        """Close the vault; the person stays signed in."""
        self._held = None
        self._is_new = False
        self._request.session.pop(HALF, None)

    def secret_of(self, user: User) -> Secret:
        """A person's Secret, for what comes before the second factor. Raises Locked."""
        if self._held is None:
            self._held = (user.pk, self._unlock(user.pk))
        if self._held[0] != user.pk:
            raise Locked
        return self._held[1]

    def keyring(self) -> Keyring:
        """The keyring of the signed-in person. Raises Locked."""
        user = self._request.user
        if not user.is_authenticated or not is_through(self._request):
            raise Locked
        return Keyring(self.secret_of(user))

    @property
    def is_open(self) -> bool:
        """Would `secret_of` the signed-in person give it?"""
        try:
            self.secret_of(self._request.user)  # type: ignore[arg-type]
        except Locked:
            return False
        return True

    @property
    def closes_at(self) -> datetime | None:
        """When the vault closes if nothing more is asked; None when it is closed."""
        kept = self._request.session.get(HALF)
        if not kept:
            return None
        idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        seen = datetime.fromisoformat(kept["seen"])
        return min(seen + idle, datetime.fromisoformat(kept["end"]))

    @property
    def seconds_left(self) -> int | None:
        """Until this session ends, whatever she does."""
        end = self._request.session.get(END)
        if not end:
            return None
        return int((datetime.fromisoformat(end) - timezone.now()).total_seconds())

    def expire(self, now: datetime) -> None:
        """Close after fifteen idle minutes, and end the session after eight hours."""
        session = self._request.session
        if self._came_with is None:
            return
        end = session.get(END)
        if end and now >= datetime.fromisoformat(end):
            logout(self._request)
            return
        self._touch(now)
        kept = session.get(HALF)
        if not kept:
            return
        seen = datetime.fromisoformat(kept["seen"])
        if now - seen >= timedelta(seconds=settings.SESSION_IDLE_SECONDS):
            del session[HALF]
        elif now - seen >= TOUCH_AFTER:
            session[HALF] = {**kept, "seen": now.isoformat()}

    def _touch(self, now: datetime) -> None:
        """Note that the session of somebody signed in is in use, once a minute."""
        session = self._request.session
        seen = session.get(SEEN)
        if seen and now - datetime.fromisoformat(seen) >= TOUCH_AFTER:
            session[SEEN] = now.isoformat()
            sessions.touch(str(self._came_with), now)

    def leave(self, response: HttpResponseBase, now: datetime) -> None:
        """Lock what is to be kept; throw away a cookie whose other half is gone."""
        cookie = settings.VAULT_COOKIE_NAME
        session = self._request.session
        moved = session.session_key != self._came_with
        if self._held is None and moved and HALF in session:
            person = UUID(session[HALF]["person"])
            try:
                self._held = (person, self._unlock(person))
            except Locked:
                del session[HALF]
        if self._held is not None and (self._is_new or (moved and HALF in session)):
            self._lock(response, *self._held, now=now)
        elif cookie in self._request.COOKIES and HALF not in session:
            response.delete_cookie(cookie, samesite="Strict")

    def _end(self, now: datetime) -> str:
        """With the session; who is not signed in yet has a quarter of an hour."""
        soon = now + timedelta(seconds=allauth_settings.LOGIN_TIMEOUT)
        return str(self._request.session.get(END) or soon.isoformat())

    def _lock(
        self, response: HttpResponseBase, person: UUID, secret: Secret, *, now: datetime
    ) -> None:
        session = self._request.session
        if session.session_key is None:
            session.create()
        end = self._end(now)
        cookie, half = session_lock(
            secret,
            session_id=session.session_key or "",
            person=person,
            expires=datetime.fromisoformat(end),
        )
        session[HALF] = {
            "half": half,
            "person": str(person),
            "end": end,
            "seen": now.isoformat(),
        }
        response.set_cookie(
            settings.VAULT_COOKIE_NAME,
            cookie,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )

    def _unlock(self, person: UUID) -> Secret:
        kept = self._request.session.get(HALF)
        cookie = self._request.COOKIES.get(settings.VAULT_COOKIE_NAME)
        if not kept or not cookie or kept["person"] != str(person):
            raise Locked
        return session_unlock(
            cookie,
            kept["half"],
            session_id=self._came_with or "",
            person=person,
            expires=datetime.fromisoformat(kept["end"]),
            now=timezone.now(),
        )


def begin(sender: Any, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """At the final login: the session ends absolutely after eight hours."""
    now, session = timezone.now(), request.session
    session[END] = (now + timedelta(seconds=settings.SESSION_COOKIE_AGE)).isoformat()
    session[SEEN] = now.isoformat()
    if session.session_key is None:
        session.create()
    browser = request.headers.get("User-Agent", "")
    sessions.begin(user, str(session.session_key), browser=browser, now=now)
