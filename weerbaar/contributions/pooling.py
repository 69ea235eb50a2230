"""Moving records from the inbox to the pool, so that neither order nor time names one.

The inbox lies in the order in which cases were assessed, so whoever sees both tables
could lay them side by side. A batch of the pool has one day, fresh ids, fresh
ciphertexts and a random order (design 8).
"""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from weerbaar.contributions.models import (
    Contribution,
    FigureYear,
    PooledContribution,
)
from weerbaar.contributions.services import opened, seal_record
from weerbaar.vault.core import PublicKey, Secret

# Fewer than this do not hide one another.
SMALLEST_BATCH = 20
# Only in the first days of a month: when a batch moves says nothing of its last report.
FIRST_DAYS = 3


def years_due(*, now: datetime) -> list[int]:
    """The years whose inbox may move today, the newest first."""
    today = timezone.localdate(now)
    if today.day > FIRST_DAYS:
        return []
    moved = PooledContribution.objects.filter(batch_on__gte=today.replace(day=1))
    still = FigureYear.objects.filter(final_on=None).exclude(
        pk__in=moved.values("year_id")
    )
    return list(still.order_by("-year").values_list("year", flat=True))


@transaction.atomic
def reseal(year: int, secret: Secret, *, now: datetime) -> int:
    """Seal the inbox of a year anew into the pool, in random order; gives how many.

    Zero when it is not time, was done this month, or too few wait. A row that does not
    open stays where it is. It leaves no event: the day of the batch is all that shows.
    """
    # Without touching the key of the row: who contributes meanwhile need not wait.
    locked = FigureYear.objects.select_for_update(no_key=True, of=("self",))
    figure_year = locked.select_related("key").get(pk=year)
    if year not in years_due(now=now):
        return 0
    waiting = {row.pk: opened(row, secret) for row in _inbox(year)}
    moving = {pk: content for pk, content in waiting.items() if content is not None}
    if len(moving) < SMALLEST_BATCH:
        return 0
    contents = list(moving.values())
    secrets.SystemRandom().shuffle(contents)
    today, public = timezone.localdate(now), figure_year.key.public_key
    PooledContribution.objects.bulk_create(
        [_pooled(year, content, public, today) for content in contents]
    )
    # PostgreSQL lets as many go as were added to the pool in this transaction.
    Contribution.objects.filter(pk__in=list(moving)).delete()
    return len(moving)


def _inbox(year: int) -> list[Contribution]:
    return list(Contribution.objects.filter(year_id=year))


def _pooled(
    year: int, content: dict[str, object], public: PublicKey, today: date
) -> PooledContribution:
    row = PooledContribution(year_id=year, batch_on=today)
    seal_record(row, content, public)
    return row
