"""Sending the report: receipt, case and grants in one transaction; twice is once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.models import Case, CommitmentKind
from cases.services import Piece, open_case
from intake import limits
from intake.models import CookieKind, Receipt
from intake.services import drafts
from intake.services.report import Report
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.vault.core import Secret
from weerbaar.vault.models import Key, KeyKind
from weerbaar.vault.receipt import new_receipt, receipt_keys

# The mailbox asks for the words alone, so all receipts share one salt; the pepper is
# what keeps a dump from being guessed at.
SALT = b"weerbaar receipts, version 1"


def derive(code: str, *, slow: bool = False) -> tuple[bytes, Secret]:
    """A receipt's tag and Secret, after its turn. Raises UnreadableReceipt."""
    with limits.derivation(slow=slow):
        return receipt_keys(code, salt=SALT, pepper=settings.RECEIPT_PEPPER)


def submit(
    *,
    report: Report,
    now: datetime,
    by: User | None = None,
    slow: bool = False,
    pieces: Sequence[Piece] = (),
) -> tuple[Case, str]:
    """Open a case for a report; gives the case and the seven words, which are kept
    nowhere.

    `by` is the handler who took the report for somebody else; otherwise the reporter
    did it; `pieces` are the files of the draft. Raises NobodyMayRead before anything is
    stored, FilesGone, CaseFull, and codes.UnknownCode. It waits for its turn at
    Argon2id, and is never refused for load.
    """
    code = new_receipt()
    tag, secret = derive(code, slow=slow)
    today = timezone.localdate(now)
    with transaction.atomic():
        key = Key.objects.create(
            id=secret.public.id,
            kind=KeyKind.RECEIPT,
            public=secret.public.raw,
            check_tag=secret.check,
            made_on=today,
        )
        request = replace(report.request(key), pieces=tuple(pieces))
        case = open_case(request, by=by or Reporter(key.pk), now=now)
        Receipt.objects.create(tag=tag, key=key, made_on=today)
    return case, code


@transaction.atomic
def submit_draft(
    cookie: str,
    *,
    report: Report,
    now: datetime,
    by: User | None = None,
    slow: bool = False,
) -> None:
    """Send the report in a draft; what was filled in makes place for its receipt.

    The draft's row is locked: a second sending waits, finds the receipt and only shows
    it again (R-8). Raises Expired, NobodyMayRead.
    """
    content = drafts.read(CookieKind.DRAFT, cookie, now=now, lock=True)
    sent = content.get("sent")
    if sent is None:
        case, code = submit(
            report=report,
            now=now,
            by=by,
            slow=slow,
            pieces=drafts.files_in(content),
        )
        sent = _sent(case, code, on_behalf=by is not None)
    drafts.write(CookieKind.DRAFT, cookie, {"sent": {**sent, "show": True}}, now=now)


def _sent(case: Case, code: str, *, on_behalf: bool) -> dict[str, Any]:
    promised = case.commitments.filter(kind=CommitmentKind.FIRST_CONTACT).first()
    return {
        "code": code,
        "organisation": case.organisation.name,
        "contact_by": promised.due_on.isoformat() if promised else "",
        "on_behalf": on_behalf,
    }


@transaction.atomic
def show_again(cookie: str, *, now: datetime) -> None:
    """The check page was sent once more: its receipt may be shown again. Raises
    Expired.
    """
    content = drafts.read(CookieKind.DRAFT, cookie, now=now, lock=True)
    if sent := content.get("sent"):
        drafts.write(
            CookieKind.DRAFT, cookie, {"sent": {**sent, "show": True}}, now=now
        )


@transaction.atomic
def take_receipt(cookie: str, *, now: datetime) -> dict[str, Any] | None:
    """What the receipt page shows; `code` is in it once after each sending (R-8).

    None while nothing was sent from this draft. Raises Expired.
    """
    content = drafts.read(CookieKind.DRAFT, cookie, now=now, lock=True)
    sent = content.get("sent")
    if sent is None:
        return None
    drafts.write(CookieKind.DRAFT, cookie, {"sent": {**sent, "show": False}}, now=now)
    return sent if sent["show"] else {**sent, "code": ""}


def sent_receipt(cookie: str, *, now: datetime) -> dict[str, Any] | None:
    """The receipt of a sent draft, for the page that was sent back with a mistake."""
    return drafts.read(CookieKind.DRAFT, cookie, now=now).get("sent")
