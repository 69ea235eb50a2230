"""The log's Secret, and what it signed last: files that its worker alone can read.

No page and no endpoint imports this module; a test holds that. In production the folder
belongs to the worker's own account.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from weerbaar.audit.notes import Signer
from weerbaar.audit.signers import KeyExists as KeyExists
from weerbaar.audit.signers import KeyMissing as KeyMissing
from weerbaar.audit.signers import make_signer, read_signer
from weerbaar.vault.private_file import write_private


def read_log_key(*, make: bool = False) -> Signer:
    """The log's key; with `make`, a new one where there is none. Raises KeyMissing."""
    if make and not _path().exists():
        make_log_key(f"{urlsplit(settings.SITE_ADDRESS).netloc}/logboek")
    return read_signer(_path())


def make_log_key(name: str) -> None:
    """Begin a log of this name, where there is no key. Raises KeyExists, NoVerifier."""
    make_signer(_path(), name)


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
