"""The event: who did what to what, when; no foreign keys, so that it outlives all."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from weerbaar.audit.kinds import kinds


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, case_id: UUID | str) -> "EventQuerySet":
        """The history of one case, oldest first."""
        return self.filter(about_id=case_id).order_by("pk")


class Event(models.Model):
    """Something that happened (gebeurtenis); holds no words and no names."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "kind",
            "subject_type",
            "subject_id",
            "about_id",
            "organisation_id",
            "actor_kind",
            "at",
            "facts",
        ],
        "personal": ["actor_id"],
        "sealed": [],
    }

    kind = models.CharField(max_length=40, choices=kinds)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    about_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["about_id", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
