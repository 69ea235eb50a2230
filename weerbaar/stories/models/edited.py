"""What the network has of a story: no case, no organisation, no handler, no day.

A parcel lies in the letterbox until several can be taken out together, in random order
and under fresh ids. Then it is an edition, and nothing says which parcel it was.
"""

import uuid
from typing import ClassVar

from django.db import models

from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.stories.workflow import EditionState, EditionWorkflow


class Parcel(models.Model):
    """A story on its way, sealed to one editor (envelop); one row for each of them."""

    CLASSED: ClassVar = {
        "open": ["id", "slot", "editor"],
        "personal": [],
        "sealed": ["box"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The same for all editors; known to the case, and to nobody who took it out.
    slot = models.UUIDField()
    editor = models.ForeignKey(
        "vault.Key", on_delete=models.CASCADE, related_name="parcels"
    )
    box = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slot", "editor"], name="one_parcel_once")
        ]

    def __str__(self) -> str:
        return f"parcel {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("parcel", self.slot, self.editor_id)


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User) -> "EditionQuerySet":
        """Everything for an editor; for who reads figures what is published."""
        if user.may_anywhere(Permission.PUBLISH_FIGURES):
            return self
        if user.may_anywhere(Permission.READ_FIGURES):
            return self.published()
        return self.none()

    def published(self) -> "EditionQuerySet":
        """What the network can read, the newest first."""
        return self.filter(state=EditionState.PUBLISHED).order_by("-published_on", "pk")

    def waiting(self) -> "EditionQuerySet":
        """What waits for an editor."""
        return self.filter(state=EditionState.WAITING)


class Edition(EditionWorkflow):
    """A story at the network (verhaal bij het netwerk): sealed, until it is published.

    Without its text it stays as a line: what became of it, for who wrote it.
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "state",
            "mark",
            "reply_to",
            "key",
            "points",
            "published_on",
            "title",
            "happened",
            "done",
            "helped",
            "lessons",
            "office_kind",
            "topic",
        ],
        "personal": ["edited_by"],
        "sealed": ["text", "reason"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Id and open half of a Secret that lies sealed in the case, and nowhere else.
    mark = models.UUIDField(unique=True)
    reply_to = models.BinaryField()
    # Of the text while it waits; editors have it, and it goes with the text.
    key = models.OneToOneField(
        "vault.Key", on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.BinaryField(null=True)
    # Why it came back: sealed to `reply_to`, so only the case can read it.
    reason = models.BinaryField(null=True)
    edited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    points = models.JSONField(default=list)
    # The first day of the month: which day it was would help who compares.
    published_on = models.DateField(null=True)
    title = models.CharField(max_length=120, blank=True)
    happened = models.TextField(blank=True)
    done = models.TextField(blank=True)
    helped = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    office_kind = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=40, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=EditionState.PUBLISHED)
                | models.Q(title="", happened="", done="", helped="", lessons=""),
                name="words_only_while_published",
            )
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, str]:
        return ("edition", self.pk, "text")

    @property
    def reason_place(self) -> tuple[str, uuid.UUID, str]:
        return ("edition", self.mark, "reason")
