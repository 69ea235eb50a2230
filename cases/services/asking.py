"""Asking a second person for what one handler may not do alone.

The words are sealed to the case and to each custodian who may answer, so that nobody
else reads why a name was asked for, and a custodian reads nothing but that.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Approval, Case, Purpose
from cases.permissions import may_handle
from cases.services.ending import close_passed
from cases.services.locking import lock
from cases.services.naming import IdentityNotYours, keepers
from cases.services.reading import recused_in
from cases.services.request_words import (
    ApprovalReasonMissing,
    checked,
    facts_of,
    sealed_words,
)
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.trust import endorsed
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants
from weerbaar.vault.erasing import erasure_of
from weerbaar.vault.granting import grants_of, new_key
from weerbaar.vault.halves import FIRST
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key, KeyKind
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class AlreadyAsked(NotPossibleNow):
    """The same request stands open already."""

    title = _("This was asked already")
    detail = _("Your earlier request still stands open. Look at it first.")


class NobodyToAnswer(NotPossibleNow):
    """There is no second person who may answer."""

    title = _("There is nobody who can answer this")
    detail = _(
        "This takes two people, and nobody else may answer it. Let your organisation "
        "appoint a custodian of names, at Colleagues."
    )


@transaction.atomic
def ask(
    case: Case,
    purpose: Purpose | str,
    reason: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> Approval:
    """Ask a second person; gives the request.

    Raises NotAllowed, ApprovalReasonMissing, TooLong, IdentityNotYours, AlreadyAsked,
    NobodyToAnswer.
    """
    if not may_handle(case, by):
        raise NotAllowed
    words = checked(reason, ApprovalReasonMissing)
    case = lock(case)
    if purpose == Purpose.IDENTITY and not _has_first(case, by):
        raise IdentityNotYours
    close_passed(case, by, now)
    if case.approvals.open().filter(purpose=purpose, asked_by=by).exists():
        raise AlreadyAsked
    custodians = _custodians(case, purpose, by=by, keyring=keyring, now=now)
    if not custodians and not _other_handlers(case, purpose, by, now):
        raise NobodyToAnswer
    approval = _new(case, purpose, custodians, by=by, now=now)
    approval.reason = sealed_words(approval, "reason", words, keyring)
    approval.save(force_insert=True)
    facts = facts_of(approval, by=by, now=now)
    record(Kind.APPROVAL_ASKED, approval, what=str(purpose), **facts)
    record_grants(approval, grants_of(approval.key_id), **facts)
    return approval


def _new(
    case: Case,
    purpose: Purpose | str,
    custodians: list[User],
    *,
    by: User,
    now: datetime,
) -> Approval:
    case_key = Key.objects.get(pk=case.case_key_id)
    key, _secret = new_key(
        KeyKind.APPROVAL,
        holders=[case_key, *(u.key for u in custodians if u.key)],
        today=timezone.localdate(now),
        erasure=erasure_of(case_key),
    )
    return Approval(
        case=case,
        purpose=purpose,
        key=key,
        asked_by=by,
        asked_at=now,
        ends_at=now + timedelta(seconds=settings.APPROVAL_ANSWER_SECONDS),
    )


def can_be_asked(
    case: Case, purpose: Purpose | str, *, by: User, keyring: Keyring, now: datetime
) -> bool:
    """Is there a second person for this?"""
    found = _custodians(case, purpose, by=by, keyring=keyring, now=now)
    return bool(found) or _other_handlers(case, purpose, by, now)


def _custodians(
    case: Case, purpose: Purpose | str, *, by: User, keyring: Keyring, now: datetime
) -> list[User]:
    today = timezone.localdate(now)
    recused = recused_in(case, keyring)
    kept = keepers(case)
    return [
        user
        for user in endorsed(case.organisation, Permission.KEEP_NAMES, today)
        if user.pk != by.pk
        and str(user.pk) not in recused
        and (purpose != Purpose.IDENTITY or user.key_id in kept)
    ]


def _other_handlers(
    case: Case, purpose: Purpose | str, by: User, now: datetime
) -> bool:
    if purpose == Purpose.IDENTITY:
        return False
    handlers = case.organisation.handlers(timezone.localdate(now)).exclude(pk=by.pk)
    return handlers.filter(key__held__key=case.case_key_id).exists()


def _has_first(case: Case, by: User) -> bool:
    return Grant.objects.filter(
        key=case.identity_key_id, holder=by.key_id, share=FIRST
    ).exists()
