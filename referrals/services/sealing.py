"""Where each ciphertext of a referral belongs, and sealing it to that place."""

from dataclasses import dataclass, field
from typing import Any

from referrals.disclosure import Piece, package_text
from referrals.models import Answer, Consent, Referral
from weerbaar.vault.core import NoAccess, Secret
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring


@dataclass(frozen=True)
class Text:
    """What the reporter reads: the parts that leave, and the whole text."""

    text: str
    pieces: list[Piece] = field(default_factory=list)
    advice: str = ""


def _pieces(content: dict[str, Any]) -> list[Piece]:
    return [Piece(p["section"], p["text"]) for p in content["pieces"]]


def _listed(pieces: list[Piece]) -> list[dict[str, str]]:
    return [{"section": str(p.section), "text": p.text} for p in pieces]


def seal_preview(referral: Referral, text: Text, secret: Secret) -> None:
    """Put the text into the referral for its present version; does not save."""
    content = {
        "text": text.text,
        "pieces": _listed(text.pieces),
        "advice": text.advice,
    }
    referral.preview = seal_json(secret, content, place=referral.preview_place)


def open_preview(referral: Referral, keyring: Keyring) -> Text:
    """The text as it stands now, for handler and reporter. Raises vault errors."""
    secret = keyring.open(referral.case.dialogue_key_id)
    content = open_json(secret, bytes(referral.preview), place=referral.preview_place)
    return Text(content["text"], _pieces(content), content["advice"])


def seal_package(referral: Referral, pieces: list[Piece], secret: Secret) -> None:
    """Seal a copy of what leaves to the referral's own Secret, without the advice."""
    content = {"pieces": _listed(pieces), "text": package_text(pieces)}
    referral.package = seal_json(secret, content, place=referral.package_place)


def open_package(referral: Referral, keyring: Keyring) -> Text:
    """The copy that the desk has. Raises NoAccess without a grant, Tampered."""
    secret = package_secret(referral, keyring)
    blob = bytes(referral.package or b"")
    content = open_json(secret, blob, place=referral.package_place)
    return Text(content["text"], _pieces(content))


def package_secret(referral: Referral, keyring: Keyring) -> Secret:
    """The referral's own Secret. Raises NoAccess without a grant, or before sending."""
    if referral.package_key_id is None:
        raise NoAccess("Nothing was sent.")
    return keyring.open(referral.package_key_id)


def seal_consent(consent: Consent, text: str, secret: Secret) -> None:
    """Keep the exact text that was agreed to; does not save."""
    consent.text = seal_json(secret, {"text": text}, place=consent.place)


def open_consent(consent: Consent, secret: Secret) -> str:
    """The text that was agreed to. Raises vault errors."""
    return str(open_json(secret, bytes(consent.text), place=consent.place)["text"])


def seal_answer(answer: Answer, text: str, secret: Secret) -> None:
    """Seal a word of the partner to the referral's own Secret; does not save."""
    answer.body = seal_json(secret, {"text": text}, place=answer.place)


def open_answer(answer: Answer, secret: Secret) -> str:
    """What the partner wrote. Raises vault errors."""
    return str(open_json(secret, bytes(answer.body), place=answer.place)["text"])
