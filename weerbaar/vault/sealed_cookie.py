"""What people without an account keep between requests: a draft, an opened mailbox.

The row is encrypted under a key that is only in the person's cookie. The row is found
by a tag, which tells nothing of the key.
"""

import os
from collections.abc import Mapping
from typing import Any

from weerbaar.vault.core import Locked, Secret, VaultError
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.session import bytes_of, text_of
from weerbaar.vault.suite import derive

KEY_SIZE = 32
TAG_SIZE = 16


def new_cookie() -> str:
    """A random key as a cookie's value."""
    return text_of(os.urandom(KEY_SIZE))


def cookie_tag(cookie: str) -> bytes:
    """By which the row of a cookie is found. Raises Locked for any other text."""
    return derive(_key(cookie), "cookie tag", size=TAG_SIZE)


def seal_with_cookie(
    cookie: str, payload: Mapping[str, Any], place: tuple[Any, ...]
) -> bytes:
    """Encrypt a document so that only this cookie opens it, at this place."""
    secret = Secret.from_bytes(_key(cookie))
    return seal_json(secret, payload, place=("cookie", *place))


def open_with_cookie(
    cookie: str, blob: bytes, place: tuple[Any, ...]
) -> dict[str, Any]:
    """The document of `seal_with_cookie`. Raises Locked when anything differs."""
    secret = Secret.from_bytes(_key(cookie))
    try:
        return open_json(secret, blob, place=("cookie", *place))
    except VaultError as error:
        raise Locked("This cookie does not open it.") from error


def _key(cookie: str) -> bytes:
    key = bytes_of(cookie)
    if len(key) != KEY_SIZE:
        raise Locked("This is no such cookie.")
    return key
