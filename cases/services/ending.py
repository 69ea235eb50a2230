"""A request ends: taken back, used, or because its time is over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Approval, Case, Purpose
from cases.services.locking import lock
from cases.services.request_words import facts_of
from cases.workflow import ApprovalState
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.services import record_revocations
from weerbaar.steps import StepNotPossible, take_step
from weerbaar.vault.granting import revoke
from weerbaar.vault.halves import SECOND
from weerbaar.web.refusals import NotPossibleNow


class ApprovalOver(NotPossibleNow):
    """The time to answer, or to use the answer, has passed."""

    title = _("The time for this has passed")
    detail = _("Ask again, with a reason.")


@transaction.atomic
def withdraw_request(approval: Approval, *, by: User, now: datetime) -> None:
    """Who asked takes the request back, or gives back what was approved.

    Raises StepForbidden, StepNotPossible.
    """
    approval.refresh_from_db()
    if approval.state == ApprovalState.GRANTED:
        end(approval, by=by, now=now)
    else:
        take_step(approval, "withdraw", by=by, now=now, what=approval.purpose)


@transaction.atomic
def end(approval: Approval, *, by: Any, now: datetime) -> None:
    """What was approved is used or over; a half that was lent is taken back.

    Raises StepForbidden, StepNotPossible.
    """
    take_step(approval, "end", by=by, now=now, what=approval.purpose)
    _take_half_back(approval, by=by, now=now)


def _take_half_back(approval: Approval, *, by: Any, now: datetime) -> None:
    case, asker = approval.case, approval.asked_by
    if approval.purpose != Purpose.IDENTITY or case.identity_key_id is None:
        return
    if asker.key_id is None:
        return
    taken = revoke(key_id=case.identity_key_id, holder_id=asker.key_id, share=SECOND)
    record_revocations(approval, taken, **facts_of(approval, by=by, now=now))


def _lapse(approval: Approval, *, by: Any, now: datetime) -> None:
    told = {"what": approval.purpose, "person": approval.asked_by_id}
    take_step(approval, "lapse", by=by, now=now, **told)


@transaction.atomic
def close_requests_of(case: Case, user: User, *, now: datetime) -> None:
    """She lost the case: what she asked lapses, what was approved ends, by itself."""
    for approval in case.approvals.open().filter(asked_by=user):
        _close(approval, now)


@transaction.atomic
def close_all_requests(user: User, *, now: datetime) -> None:
    """She begins with a new vault, which holds nothing that was lent to the old one."""
    for approval in Approval.objects.open().filter(asked_by=user):
        lock(approval.case)
        _close(approval, now)


def _close(approval: Approval, now: datetime) -> None:
    if approval.state == ApprovalState.GRANTED:
        end(approval, by=SYSTEM, now=now)
    else:
        _lapse(approval, by=SYSTEM, now=now)


def expire_approvals(*, now: datetime) -> int:
    """Close each request whose time has passed; safe to run twice."""
    passed = Approval.objects.open().filter(ends_at__lte=now)
    return sum(_expire(pk, now) for pk in passed.values_list("pk", flat=True))


@transaction.atomic
def _expire(pk: Any, now: datetime) -> bool:
    approval = Approval.objects.select_related("case", "asked_by").get(pk=pk)
    lock(approval.case)
    approval.refresh_from_db()
    if not approval.is_over(now):
        return False
    try:
        _close(approval, now)
    except StepNotPossible:
        return False
    return True


def close_passed(case: Case, by: User, now: datetime) -> None:
    """A request whose time has passed stands in nobody's way until the clock comes."""
    for approval in case.approvals.open().filter(asked_by=by, ends_at__lte=now):
        _expire(approval.pk, now)


def approved(case: Case, purpose: Purpose, *, by: User, now: datetime) -> Approval:
    """The yes that this person was given for a purpose, still in time.

    Raises ApprovalOver when there is none.
    """
    found = case.approvals.filter(
        purpose=purpose, asked_by=by, state=ApprovalState.GRANTED
    ).first()
    if found is None or not found.holds(now):
        raise ApprovalOver
    return found
