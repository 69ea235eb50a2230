"""The sealed words of a request, and what stands under each of its events."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Approval
from cases.services.statements import MOST, TooLong
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput


class ApprovalReasonMissing(InvalidInput):
    """Nothing is asked of a second person without a reason."""

    title = _("A reason is missing")
    detail = _("Write why this is needed. The second person reads it.")


class RefusalReasonMissing(InvalidInput):
    """A no comes with a word."""

    title = _("A word of explanation is missing")
    detail = _("Write why you do not agree. Who asked reads it.")


def reason_asked(approval: Approval, keyring: Keyring) -> str:
    """Why it was asked, for who may answer and who handles the case."""
    return words_in(approval, "reason", bytes(approval.reason), keyring)


def answer_given(approval: Approval, keyring: Keyring) -> str:
    """What the second person wrote; empty when she wrote nothing."""
    if approval.answer is None:
        return ""
    return words_in(approval, "answer", bytes(approval.answer), keyring)


def checked(words: str, missing: type[InvalidInput] | None = None) -> str:
    """The words without space around. Raises `missing`, TooLong."""
    if missing and not words.strip():
        raise missing
    if len(words) > MOST:
        raise TooLong
    return words.strip()


def sealed_words(approval: Approval, name: str, words: str, keyring: Keyring) -> bytes:
    """Words sealed to everybody who may read this request. Raises vault errors."""
    secret = keyring.open(approval.key_id)
    return seal_json(secret, {"text": words}, place=approval.place(name))


def words_in(approval: Approval, name: str, sealed: bytes, keyring: Keyring) -> str:
    """The words of `sealed_words`. Raises vault errors."""
    secret = keyring.open(approval.key_id)
    return str(open_json(secret, sealed, place=approval.place(name))["text"])


def facts_of(approval: Approval, *, by: Any, now: datetime) -> dict[str, Any]:
    """What every event of a request says."""
    return {
        "by": by,
        "now": now,
        "organisation_id": approval.case.organisation_id,
    }
