"""A practice story as it is told in a case, with the reporter's word on it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from cases.models import Case, How
from weerbaar.accounts.models import User
from weerbaar.stories.workflow import State, StoryWorkflow


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: User) -> "StoryQuerySet":
        """Stories of the cases that this person handles; a recused one has none."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def at_network(self) -> "StoryQuerySet":
        """Those of which the network has, or had, a copy."""
        return self.filter(state=State.SENT)


class Story(StoryWorkflow):
    """What a handler wrote so that others can learn from a case (praktijkverhaal).

    One a case: after a no she is not asked again.
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "state",
            "version",
            "written_on",
            "agreed_on",
            "how",
            "sent_on",
            "ended_on",
        ],
        "personal": ["written_by", "recorded_by"],
        "sealed": ["text", "wish", "way"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    # Counts the texts: a yes is for one of them.
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField()
    agreed_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    # Empty when the reporter gave it herself in the mailbox.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # All three are sealed to the dialogue, in the reporter's reach too.
    text = models.BinaryField()
    # What she wants to be different.
    wish = models.BinaryField(null=True)
    # What leads to the copy of the network, and opens its answer.
    way = models.BinaryField(null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-written_on", "id"]

    def __str__(self) -> str:
        return f"story {self.pk}"

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation whose case it is; its events belong there."""
        return self.case.organisation_id

    def place(self, section: str) -> tuple[str, uuid.UUID, str, int]:
        """Where a ciphertext of this story belongs; each text has its own."""
        return ("story", self.pk, section, self.version)
