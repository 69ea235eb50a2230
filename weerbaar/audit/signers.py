"""The file of a signer: its name and its Secret, for the account of a worker alone.

Two lines: the name, and the Secret in base64.
"""

import base64
import binascii
from pathlib import Path

from weerbaar.audit.notes import NoVerifier, Signer
from weerbaar.vault.core import Secret, Tampered
from weerbaar.vault.private_file import write_private


class KeyMissing(Exception):
    """The key is not there, or is not a key."""


class KeyExists(Exception):
    """There is a key, which is never replaced."""


def read_signer(path: Path) -> Signer:
    """The signer that was laid away here. Raises KeyMissing."""
    try:
        name, secret = path.read_text("utf-8").split()
        signer = Signer(
            name, Secret.from_bytes(base64.b64decode(secret, validate=True))
        )
        _ = signer.verifier
    except (OSError, ValueError, binascii.Error, Tampered, NoVerifier) as error:
        raise KeyMissing(f"The key cannot be read: {path}") from error
    return signer


def make_signer(path: Path, name: str) -> Signer:
    """A new signer of this name, laid away. Raises KeyExists, NoVerifier."""
    if path.exists():
        raise KeyExists(f"There is a key already: {path}")
    made = Signer(name, Secret.new())
    _ = made.verifier
    secret = base64.b64encode(made.secret.to_bytes()).decode()
    write_private(path, f"{name}\n{secret}\n".encode())
    return made
