"""Enqueueing without a broker, relaying to it, and finishing work exactly once.

A request only inserts a row. A relay sends it; the task sets `done_at` in the
transaction of its work; a sweep re-sends what was sent but never done. So no broker's
loss matters.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from weerbaar.outbox.models import Message, MessageQuerySet

RESEND_AFTER = timedelta(minutes=5)
# As far as the column counts.
MOST_COUNTED = 32_767
Send = Callable[[Message], None]


def enqueue(task: str, *, ref: object) -> Message:
    """Ask for `task` to be run for the thing `ref`, when this transaction commits."""
    return enqueue_all(task, refs=[ref])[0]


def enqueue_all(task: str, *, refs: Iterable[object]) -> list[Message]:
    """Ask for `task` to be run for each of these things, with one query."""
    return Message.objects.bulk_create(Message(task=task, ref=str(r)) for r in refs)


def relay(send: Send, *, now: datetime, limit: int = 200) -> int:
    """Hand unsent rows to the broker; one that is down leaves them for next time."""
    return _send(Message.objects.unsent(), send, now=now, limit=limit)


def resend(send: Send, *, now: datetime, limit: int = 200) -> int:
    """Hand again what was sent long ago and never done."""
    lost = Message.objects.overdue(now - RESEND_AFTER)
    return _send(lost, send, now=now, limit=limit)


def _send(rows: MessageQuerySet, send: Send, *, now: datetime, limit: int) -> int:
    with transaction.atomic():
        batch = list(rows.select_for_update(skip_locked=True).order_by("pk")[:limit])
        for message in batch:
            send(message)
            message.sent_at = now
            # A row may fail for years: its count ends, and not the sending of others.
            message.attempts = min(message.attempts + 1, MOST_COUNTED)
        Message.objects.bulk_update(batch, ["sent_at", "attempts"])
    return len(batch)


def finish(message_id: int, work: Callable[[str], None], *, now: datetime) -> bool:
    """Do the work and mark it done in one transaction; a second run does nothing."""
    with transaction.atomic():
        message = (
            Message.objects.select_for_update()
            .filter(pk=message_id, done_at__isnull=True)
            .first()
        )
        if message is None:
            return False
        work(message.ref)
        message.done_at = now
        message.save(update_fields=["done_at"])
    return True
