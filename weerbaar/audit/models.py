"""Events, their places in the tree, and the checkpoints that commit to them.

An event says who did what to what, when; no foreign keys, so that it outlives all. To
events, leaves and checkpoints rows are only added (weerbaar.audit.append_only).
"""

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


class Waiting(models.Model):
    """An event that has no place in the tree yet; a trigger writes it beside the event.

    So who records waits for nobody: places are given afterwards, by one at a time.
    """

    CLASSED: ClassVar = {"open": ["event_id"], "personal": [], "sealed": []}

    event_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.event_id)


class Leaf(models.Model):
    """The place of an event in the tree (plaats), counted from 0.

    `hashes` are those of every whole subtree that ends here, 32 bytes each, the leaf's
    own first: see weerbaar.audit.tree.
    """

    CLASSED: ClassVar = {
        "open": ["place", "event_id", "hashes"],
        "personal": [],
        "sealed": [],
    }

    place = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.place}: {self.event_id}"


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    def of_log(self, name: str) -> "CheckpointQuerySet":
        """Those that say they are of this log; whether they are, the signature says."""
        return self.filter(note__startswith=f"{name}\n")


class Checkpoint(models.Model):
    """A signed word on the first `size` leaves (controlepunt), in C2SP's form."""

    CLASSED: ClassVar = {
        "open": ["size", "note", "signed_at"],
        "personal": [],
        "sealed": [],
    }

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField()

    objects = CheckpointQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.size} on {self.signed_at:%Y-%m-%d}"
