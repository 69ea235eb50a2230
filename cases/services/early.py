"""Destroying a case before its term, after a second person agreed."""

from datetime import datetime

from django.db import transaction

from cases.models import Approval, Case, Destruction, Grounds, Purpose
from cases.permissions import may_handle
from cases.services.destroying import destroy
from cases.services.ending import ApprovalOver, end
from cases.workflow import ApprovalState
from weerbaar.accounts.models import User
from weerbaar.web.refusals import NotAllowed


def approved_destruction(case: Case, *, now: datetime) -> Approval | None:
    """The approval by which this case may be destroyed now; None when there is none."""
    found = case.approvals.filter(
        purpose=Purpose.DESTRUCTION, state=ApprovalState.GRANTED
    )
    return next((one for one in found if one.holds(now)), None)


@transaction.atomic
def destroy_early(approval: Approval, *, by: User, now: datetime) -> Destruction:
    """Destroy a closed case before its term; who asked does it, and in time.

    Raises NotAllowed, ApprovalOver, NotClosed, Held.
    """
    case = approval.case
    if approval.asked_by_id != by.pk or not may_handle(case, by):
        raise NotAllowed
    if approval.purpose != Purpose.DESTRUCTION or not approval.holds(now):
        raise ApprovalOver
    end(approval, by=by, now=now)
    return destroy(case, grounds=Grounds.EARLY, by=by, now=now)
