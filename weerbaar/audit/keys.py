"""The log's Secret, and what it signed last: files that its worker alone can read.

No page and no endpoint imports this module; a test holds that. In production the folder
belongs to the worker's own account.
"""

import base64
import binascii
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from weerbaar.audit.notes import NoVerifier, Signer
from weerbaar.vault.core import Secret, Tampered
from weerbaar.vault.private_file import write_private


class KeyMissing(Exception):
    """The log's key is not there, or is not a key."""


class KeyExists(Exception):
    """The log has a key, which is never replaced."""


def read_log_key(*, make: bool = False) -> Signer:
    """The log's key; with `make`, a new one where there is none. Raises KeyMissing.

    The file holds two lines: the name, and the Secret in base64.
    """
    path = _path()
    if make and not path.exists():
        make_log_key(f"{urlsplit(settings.SITE_ADDRESS).netloc}/logboek")
    try:
        name, secret = path.read_text("utf-8").split()
        key = Signer(name, Secret.from_bytes(base64.b64decode(secret, validate=True)))
        _ = key.verifier
    except (OSError, ValueError, binascii.Error, Tampered, NoVerifier) as error:
        raise KeyMissing(f"The key of the log cannot be read: {path}") from error
    return key


def make_log_key(name: str) -> None:
    """Begin a log of this name, where there is no key. Raises KeyExists, NoVerifier."""
    if _path().exists():
        raise KeyExists(f"There is a key already: {_path()}")
    made = Signer(name, Secret.new())
    _ = made.verifier
    secret = base64.b64encode(made.secret.to_bytes()).decode()
    write_private(_path(), f"{name}\n{secret}\n".encode())


def last_signed() -> str:
    """The checkpoint that this worker signed last; empty before the first.

    It stands beside the key and not in the database, so that who writes the database
    cannot have a shorter or another history signed.
    """
    path = _folder() / "last.checkpoint"
    return path.read_text("utf-8") if path.exists() else ""


def keep_signed(note: str) -> None:
    """Remember what was signed last."""
    write_private(_folder() / "last.checkpoint", note.encode())


def _path() -> Path:
    return _folder() / "log.key"


def _folder() -> Path:
    return Path(settings.AUDIT_KEYS)
