"""The reporter's way into her mailbox: by receipt, for a session, and out for good."""

import base64
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from intake.models import CookieKind, Receipt
from intake.services import drafts
from intake.services.submitting import derive
from weerbaar.accounts.actors import Reporter
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_revocations
from weerbaar.vault.core import Secret
from weerbaar.vault.granting import revoke
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key, KeyKind
from weerbaar.web.refusals import Refusal


class UnknownReceipt(Refusal):
    """Seven words that open nothing: never made, or the access was closed."""

    status = 401
    title = _("This code opens nothing")
    detail = _("Check the seven words. Or call the support team: 070-373 83 14.")


@dataclass(frozen=True)
class Access:
    """An opened mailbox: the receipt, its case, and what it can open."""

    receipt: Receipt
    case: Case
    secret: Secret
    keyring: Keyring

    @property
    def by(self) -> Reporter:
        return Reporter(self.case.dialogue_key_id)


def unlock(code: str, *, slow: bool = False) -> Access:
    """What seven words open.

    Raises UnreadableReceipt for a typo before anything is derived, and UnknownReceipt
    after the same work as for a right one.
    """
    tag, secret = derive(code, slow=slow)
    found = Receipt.objects.filter(tag=tag).select_related("key")
    return _access(found.first(), secret)


def enter(code: str, *, now: datetime, slow: bool = False) -> Access:
    """Open the mailbox with seven words, and record it. Raises as `unlock`."""
    access = unlock(code, slow=slow)
    note_opening(access, now=now)
    return access


def note_opening(access: Access, *, now: datetime) -> None:
    """Record that the reporter looked; her handlers see that she reads along."""
    record(
        Kind.MAILBOX_OPENED,
        access.case,
        by=access.by,
        now=now,
        organisation_id=access.case.organisation_id,
    )


def _access(receipt: Receipt | None, secret: Secret) -> Access:
    if receipt is None:
        raise UnknownReceipt
    opened = Grant.objects.filter(holder_id=receipt.key_id, key__kind=KeyKind.DIALOGUE)
    case = (
        Case.objects.filter(dialogue_key__in=opened.values("key"))
        .select_related("organisation")
        .first()
    )
    if case is None:
        raise UnknownReceipt
    return Access(receipt, case, secret, Keyring(secret))


def begin_session(access: Access, *, now: datetime) -> str:
    """Keep the mailbox open for this browser: sealed under a cookie, gone when idle."""
    kept = base64.b64encode(access.secret.to_bytes()).decode()
    return drafts.begin(CookieKind.MAILBOX, {"secret": kept}, now=now)


def resume(cookie: str, *, now: datetime) -> Access:
    """The mailbox as this browser has it open. Raises Expired, UnknownReceipt."""
    kept = drafts.read(CookieKind.MAILBOX, cookie, now=now)["secret"]
    drafts.touch(CookieKind.MAILBOX, cookie, now=now)
    secret = Secret.from_bytes(base64.b64decode(kept))
    receipt = (
        Receipt.objects.filter(key_id=secret.public.id).select_related("key").first()
    )
    return _access(receipt, secret)


@transaction.atomic
def close_access(access: Access, *, now: datetime) -> None:
    """She closes her own access: receipt, grant and key go; afterwards the code is
    unknown.
    """
    record(
        Kind.ACCESS_CLOSED,
        access.case,
        by=access.by,
        now=now,
        organisation_id=access.case.organisation_id,
    )
    key_id = access.receipt.key_id
    access.receipt.delete()
    record_revocations(
        access.case,
        revoke(key_id=access.case.dialogue_key_id, holder_id=key_id),
        by=access.by,
        now=now,
        organisation_id=access.case.organisation_id,
    )
    Key.objects.filter(pk=key_id).delete()
