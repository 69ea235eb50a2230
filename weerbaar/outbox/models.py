"""The outbox row: which task, for which id, sent when, done when."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class MessageQuerySet(models.QuerySet["Message"]):
    def unsent(self) -> "MessageQuerySet":
        return self.filter(sent_at__isnull=True, done_at__isnull=True)

    def overdue(self, before: datetime) -> "MessageQuerySet":
        """Sent, but not done since: the broker or the worker lost it."""
        return self.filter(sent_at__lt=before, done_at__isnull=True)


class Message(models.Model):
    """One piece of background work (uitgaande taak); an id, never content."""

    CLASSED: ClassVar = {
        "open": ["id", "task", "ref", "made_at", "sent_at", "done_at", "attempts"],
        "personal": [],
        "sealed": [],
    }

    task = models.CharField(max_length=60)
    ref = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["sent_at"],
                name="outbox_open",
                condition=models.Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.ref}"
