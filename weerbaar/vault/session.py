"""A Secret kept open between requests, split over a cookie and the session's row.

Either half alone is useless: the cookie holds a random key, the row holds the Secret
encrypted under it for this session, this person and this end.
"""

import base64
import os
from datetime import datetime
from uuid import UUID

from weerbaar.vault.core import Locked, Secret, VaultError, context


def session_lock(
    secret: Secret, *, session_id: str, person: UUID, expires: datetime
) -> tuple[str, str]:
    """Split a Secret; gives the cookie and the half to store. Both are plain text."""
    key = os.urandom(32)
    place = _place(session_id, person, expires)
    stored = Secret.from_bytes(key).encrypt(secret.to_bytes(), place)
    return text_of(key), text_of(stored)


def session_unlock(
    cookie: str,
    stored: str,
    *,
    session_id: str,
    person: UUID,
    expires: datetime,
    now: datetime,
) -> Secret:
    """The Secret of both halves. Raises Locked when anything differs or it is over."""
    if now >= expires:
        raise Locked("This session is over.")
    try:
        key = Secret.from_bytes(bytes_of(cookie))
        raw = key.decrypt(bytes_of(stored), _place(session_id, person, expires))
        return Secret.from_bytes(raw)
    except VaultError as error:
        raise Locked("These halves open nothing.") from error


def text_of(raw: bytes) -> str:
    """Bytes as text that fits in a cookie."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The bytes of `text_of`. Raises Locked for any other text."""
    try:
        padded = text + "=" * (-len(text) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (TypeError, ValueError) as error:
        raise Locked("This opens nothing.") from error
    if text_of(raw) != text:
        raise Locked("This opens nothing.")
    return raw


def _place(session_id: str, person: UUID, expires: datetime) -> bytes:
    # Whole seconds: stores differ in what they keep of the rest.
    return context("session", session_id, person, int(expires.timestamp()))
