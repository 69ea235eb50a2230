"""Signed checkpoints: C2SP signed notes (c2sp.org/signed-note) with Ed25519.

A checkpoint (c2sp.org/tlog-checkpoint) says in three lines whose log it is, how many
leaves it has, and their root. Who saved one can be shown no other history.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from weerbaar.vault.core import PublicKey, Secret, Tampered, verify_signature

ED25519 = b"\x01"
DASH = "\N{EM DASH} "
KEY_ID_SIZE = 4
# A key id, and a signature of Ed25519.
SIGNED_SIZE = KEY_ID_SIZE + 64
# No note of ours comes near; what is longer is not read (signed-note, "Format").
LONGEST = 16_384


class NotANote(ValueError):
    """This text is no signed note, or no checkpoint."""


class Forged(Exception):
    """The note does not carry a signature of this key that fits."""


class NoVerifier(ValueError):
    """This text is no verifier key."""


@dataclass(frozen=True)
class Verifier:
    """By whom a note must be signed: a name and 32 bytes; printed, and pinned."""

    name: str
    public: bytes

    @classmethod
    def of(cls, name: str, public: PublicKey) -> "Verifier":
        """Of a Secret's public half. Raises NoVerifier for a name with a space or +."""
        if not name or "+" in name or name.split() != [name] or not name.isprintable():
            raise NoVerifier("A log's name has no spaces and no plus.")
        return cls(name, public.signing_half)

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """From `name+id+key`, as it was printed. Raises NoVerifier."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = _decoded(encoded)
        found = cls(name, raw[1:])
        if not name or raw[:1] != ED25519 or len(raw) != 33:
            raise NoVerifier("This is no verifier key.")
        if found.key_id.hex() != key_id:
            raise NoVerifier("Something was lost from this verifier key.")
        return found

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature line is found; not a fingerprint."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return sha256(named).digest()[:KEY_ID_SIZE]

    def __str__(self) -> str:
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"


@dataclass(frozen=True)
class Signer:
    """The name of a log and its Secret; they stay together for as long as it lives."""

    name: str
    secret: Secret

    @property
    def verifier(self) -> Verifier:
        """What others pin. Raises NoVerifier for a name that is none."""
        return Verifier.of(self.name, self.secret.public)

    def sign(self, text: str) -> str:
        """The text as a note, with one signature line."""
        by = self.verifier
        signature = base64.b64encode(by.key_id + self.secret.sign(text.encode()))
        return f"{text}\n{DASH}{by.name} {signature.decode()}\n"


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: whose log, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n"

    @classmethod
    def read(cls, text: str) -> "Head":
        """From the text of a note; extension lines are let be. Raises NotANote."""
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]):
            raise NotANote("This is no checkpoint.")
        origin, size, root = lines[:3]
        count = int(size) if size.isdecimal() and len(size) < 20 else -1
        head = cls(origin, count, _decoded(root))
        # One spelling only: no leading zeroes, no other digits.
        if str(head.size) != size or len(head.root) != 32:
            raise NotANote("This is no checkpoint.")
        return head


def open_note(note: str, verifier: Verifier) -> str:
    """The text of a note that this key signed; other signatures are let be.

    Raises NotANote, and Forged when the signature is missing or does not fit.
    """
    text, lines = _parts(note)
    known = False
    for line in lines:
        name, _, encoded = line.removeprefix(DASH).partition(" ")
        signature = _decoded(encoded)
        if len(signature) <= KEY_ID_SIZE or not line.startswith(DASH) or not name:
            raise NotANote("A signature line is not whole.")
        if (name, signature[:KEY_ID_SIZE]) == (verifier.name, verifier.key_id):
            known = True
            try:
                verify_signature(
                    verifier.public, signature[KEY_ID_SIZE:], text.encode()
                )
            except Tampered as error:
                raise Forged("The signature does not fit.") from error
    if not known:
        raise Forged("This key did not sign it.")
    return text


def unproven(note: str) -> str:
    """The text of a note with one signature of whom it names, of which none is proven.

    Raises NotANote.
    """
    text, lines = _parts(note)
    name, _, encoded = lines[0].removeprefix(DASH).partition(" ")
    is_signed = lines[0].startswith(DASH) and len(_decoded(encoded)) == SIGNED_SIZE
    if not is_signed or len(lines) > 1 or name != text.partition("\n")[0]:
        raise NotANote("A signature line is not whole.")
    return text


def open_head(note: str, verifier: Verifier) -> Head:
    """What a checkpoint of this log says. Raises NotANote, Forged."""
    head = Head.read(open_note(note, verifier))
    if head.origin != verifier.name:
        raise Forged("It is a checkpoint of another log.")
    return head


def _parts(note: str) -> tuple[str, list[str]]:
    text, blank, signatures = note.rpartition("\n\n")
    strange = any(ord(sign) < 32 and sign != "\n" for sign in note)
    if not blank or strange or len(note) > LONGEST or not signatures.endswith("\n"):
        raise NotANote("This is no signed note.")
    return f"{text}\n", signatures[:-1].split("\n")


def _decoded(text: str) -> bytes:
    """Standard base64 in its one spelling; anything else gives nothing."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""
