"""The sealed words of a promise: what was promised, and why it was not kept."""

from typing import Any

from cases.models import Commitment
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring


def seal_words(
    commitment: Commitment, words: str, keyring: Keyring, *, reason: str = ""
) -> None:
    """Put the words into the promise, sealed to its case; does not save."""
    secret = keyring.open(commitment.case.case_key_id)
    content = {"text": words, "reason": reason}
    commitment.words = seal_json(secret, content, place=commitment.place)


def _opened(commitment: Commitment, keyring: Keyring) -> dict[str, Any]:
    if not commitment.words:
        return {}
    secret = keyring.open(commitment.case.case_key_id)
    return open_json(secret, bytes(commitment.words), place=commitment.place)


def words_of(commitment: Commitment, keyring: Keyring) -> str:
    """What was promised, in the words of who promised it. Raises vault errors."""
    return str(_opened(commitment, keyring).get("text", ""))


def reason_of(commitment: Commitment, keyring: Keyring) -> str:
    """Why a promise was not kept. Raises vault errors."""
    return str(_opened(commitment, keyring).get("reason", ""))
