"""What a case that is taken out tells of its referrals."""

from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, How
from referrals.services.reading import Opened, OpenedAnswer, open_for_handler
from weerbaar.vault.keyring import Keyring


def tell(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    """Each referral with its text, the consents, and what the partner answered.

    Raises vault errors.
    """
    return [_told(one) for one in open_for_handler(case, keyring)]


def _told(one: Opened) -> dict[str, Any]:
    referral = one.referral
    lines: list[tuple[str, Any]] = [
        (_("State"), str(referral.state_words)),
        (_("Proposed on"), referral.proposed_on),
        (_("Text"), one.text.text),
    ]
    for given in one.consents:
        how = str(How(given.consent.how).label)
        lines.append((_("Consent"), f"{given.consent.given_on:%d-%m-%Y}, {how}"))
    if referral.sent_on:
        lines.append((_("Sent on"), referral.sent_on))
    lines += [(_("Answer of the partner"), _said(answer)) for answer in one.answers]
    return {"title": referral.partner.name, "lines": lines}


def _said(answer: OpenedAnswer) -> str:
    return f"{answer.answer.written_on:%d-%m-%Y}: {answer.text}"
