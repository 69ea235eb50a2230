"""A report sent twice by a program is one case: its Idempotency-Key opens the first
answer.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from intake.models import CookieKind
from intake.services import drafts
from weerbaar.vault.session import text_of
from weerbaar.web.refusals import NotPossibleNow


class SameKeyOtherReport(NotPossibleNow):
    """The same Idempotency-Key with another report."""

    title = _("This Idempotency-Key was used for another report")
    detail = _("Use a new key for a new report.")


def answer_once(
    key: str,
    fingerprint: str,
    make: Callable[[], dict[str, Any]],
    *,
    now: datetime,
) -> dict[str, Any]:
    """The answer of `make`, made once for a key; the answer is sealed under the key
    itself.

    It is kept as long as a draft. A second request at the same moment waits for the
    first. The door sees to it that the key cannot be guessed. Raises
    SameKeyOtherReport (draft-ietf-httpapi-idempotency-key-header).
    """
    if not key:
        return make()
    cookie = _cookie(key)
    drafts.drop_idle(CookieKind.ANSWER, cookie, now=now)
    try:
        with transaction.atomic():
            # The unique tag makes a second request wait here until the first commits.
            drafts.keep_under(cookie, CookieKind.ANSWER, {}, now=now)
            answer = make()
            kept: dict[str, Any] = {"fingerprint": fingerprint, "answer": answer}
            drafts.write(CookieKind.ANSWER, cookie, kept, now=now)
            return answer
    except IntegrityError:
        kept = drafts.read(CookieKind.ANSWER, cookie, now=now)
    if kept["fingerprint"] != fingerprint:
        raise SameKeyOtherReport
    return dict(kept["answer"])


def _cookie(key: str) -> str:
    return text_of(hashlib.sha256(key.encode()).digest())
