"""Reminding of promises that fall due, and of those that were not kept in time."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from cases.models import Commitment
from cases.services.settling import note
from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.kinds import Kind


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Tell of each promise on the day it is due, and once more when that has passed.

    After that the worklist shows it as late; nobody is told the same every day (H-5).
    """
    today = timezone.localdate(now)
    late = Q(due_on__lt=today, reminded_on__lte=F("due_on"))
    due = (
        Commitment.objects.due(today)
        .filter(Q(reminded_on=None) | late)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
    )
    count = 0
    for commitment in due:
        commitment.reminded_on = today
        commitment.save(update_fields=["reminded_on"])
        note(Kind.COMMITMENT_DUE, commitment, by=SYSTEM, now=now)
        count += 1
    return count
