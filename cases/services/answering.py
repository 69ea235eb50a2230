"""The second person answers: a yes lends the other half of a name for a day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Approval, Purpose
from cases.permissions import answers_as_custodian, may_answer, may_handle
from cases.services.ending import ApprovalOver
from cases.services.locking import lock
from cases.services.request_words import (
    RefusalReasonMissing,
    checked,
    facts_of,
    sealed_words,
)
from cases.workflow import ApprovalState
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission, Role
from weerbaar.accounts.trust import counts
from weerbaar.audit.services import record_grants
from weerbaar.steps import take_step
from weerbaar.vault.granting import grant_half
from weerbaar.vault.halves import SECOND
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Key
from weerbaar.web.refusals import NotAllowed, NotPossibleNow


class AskerGone(NotPossibleNow):
    """Who asked no longer handles the case."""

    title = _("Who asked this no longer handles the case")
    detail = _("There is nothing left to answer.")


@transaction.atomic
def approve(
    approval: Approval, word: str = "", *, by: User, keyring: Keyring, now: datetime
) -> None:
    """The second person agrees; for a name, the other half is lent to who asked.

    Raises NotAllowed, ApprovalOver, AskerGone, StepNotPossible and vault errors.
    """
    _check_answerer(approval, by=by, now=now)
    asker = User.objects.select_related("key").get(pk=approval.asked_by_id)
    case = lock(approval.case)
    if not may_handle(case, asker) or not counts(
        asker, case.organisation, Permission.HANDLE_CASES
    ):
        raise AskerGone
    _answer(approval, "grant", word, by=by, keyring=keyring, now=now)
    if approval.purpose != Purpose.IDENTITY or case.identity_key_id is None:
        return
    if asker.key is None:
        raise AskerGone
    lent = grant_half(
        keyring.half(case.identity_key_id, SECOND),
        key=Key.objects.get(pk=case.identity_key_id),
        share=SECOND,
        to=asker.key,
        today=timezone.localdate(now),
    )
    record_grants(approval, [lent], **facts_of(approval, by=by, now=now))


@transaction.atomic
def refuse(
    approval: Approval, word: str, *, by: User, keyring: Keyring, now: datetime
) -> None:
    """The second person does not agree, and says why.

    Raises NotAllowed, RefusalReasonMissing, TooLong, ApprovalOver, StepNotPossible.
    """
    _check_answerer(approval, by=by, now=now)
    checked(word, RefusalReasonMissing)
    _answer(approval, "refuse", word, by=by, keyring=keyring, now=now)


def _check_answerer(approval: Approval, *, by: User, now: datetime) -> None:
    if not may_answer(approval, by):
        raise NotAllowed
    role = (
        Permission.KEEP_NAMES
        if answers_as_custodian(approval, by)
        else Permission.HANDLE_CASES
    )
    if not counts(by, approval.case.organisation, role):
        raise NotAllowed
    if approval.state == ApprovalState.ASKED and approval.is_over(now):
        raise ApprovalOver


def _answer(
    approval: Approval,
    step: str,
    word: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> None:
    keeps = answers_as_custodian(approval, by)
    take_step(
        approval,
        step,
        by=by,
        now=now,
        what=approval.purpose,
        person=approval.asked_by_id,
    )
    approval.answered_by, approval.answered_at = by, now
    approval.answered_as = Role.CUSTODIAN if keeps else Role.HANDLER
    if word.strip():
        approval.answer = sealed_words(approval, "answer", checked(word), keyring)
    if step == "grant":
        approval.ends_at = now + timedelta(seconds=settings.APPROVAL_HOLDS_SECONDS)
    approval.save()
