"""The network's Secrets: one for each year and one that signs, in files of its worker.

No page and no endpoint imports this module; a test holds that. In production the folder
belongs to the worker's own account.
"""

import base64
import binascii
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from weerbaar.audit.notes import Signer
from weerbaar.audit.signers import make_signer, read_signer
from weerbaar.vault.core import Secret, Tampered
from weerbaar.vault.private_file import destroy_private, write_private


class KeyMissing(Exception):
    """The key file of a year is not there, or is not a key."""


def path_of(year: int) -> Path:
    """Where the Secret of a year lies."""
    return Path(settings.NETWORK_KEYS) / f"{year}.key"


def read_key(year: int) -> Secret:
    """The Secret of a year. Raises KeyMissing."""
    try:
        raw = base64.b64decode(path_of(year).read_bytes().strip(), validate=True)
        return Secret.from_bytes(raw)
    except (OSError, binascii.Error, Tampered) as error:
        raise KeyMissing(f"The key of {year} cannot be read.") from error


def write_key(year: int, secret: Secret) -> Path:
    """Keep a Secret, readable by this account alone, whole or not at all."""
    return write_private(path_of(year), base64.b64encode(secret.to_bytes()) + b"\n")


def destroy_key(year: int) -> None:
    """End the Secret of a year: what was sealed to it never opens again."""
    destroy_private(path_of(year))


def read_figures_signer(*, make: bool = False) -> Signer:
    """By whom releases are signed; with `make`, a new key where there is none.

    It stays when the years' Secrets go: what it signed must be checked for long.
    Raises KeyMissing of signers.
    """
    if make and not _signing().exists():
        make_figures_signer()
    return read_signer(_signing())


def make_figures_signer() -> None:
    """Begin to sign with a new key. Raises KeyExists of signers where there is one."""
    make_signer(_signing(), f"{urlsplit(settings.SITE_ADDRESS).netloc}/cijfers")


def _signing() -> Path:
    return Path(settings.NETWORK_KEYS) / "signing.key"


def remember_made(digest: str) -> None:
    """Note outside the database what this worker rounded: it signs nothing else.

    A file for each, so that two counts at the same moment lose nothing.
    """
    write_private(_made(digest), b"")


def was_made(digest: str) -> bool:
    """Did this worker round a release of this digest?"""
    return _made(digest).exists()


def _made(digest: str) -> Path:
    return Path(settings.NETWORK_KEYS) / "made" / digest
