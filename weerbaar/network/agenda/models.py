"""Themes of a year with their support, and what is done about them for which money.

All of it is written to be read by the whole network: no case, no reporter, and no
organisation as the place of a report stands in any field.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from weerbaar import codes
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.network.agenda.workflow import (
    ActivityState,
    ActivityWorkflow,
    ThemeState,
    ThemeWorkflow,
)

STANDING = (ThemeState.PROPOSED, ThemeState.NAMED)


def person(*, null: bool = False) -> "models.ForeignKey[User | None, User | None]":
    """Somebody whose name stays with what she did."""
    return models.ForeignKey(
        User, null=null, on_delete=models.PROTECT, related_name="+"
    )


class ThemeQuerySet(models.QuerySet["PriorityTheme"]):
    def visible_to(self, user: User) -> "ThemeQuerySet":
        """All for who takes part in the network; what was named for who reads it."""
        if user.may_anywhere(Permission.TAKE_PART):
            return self
        if user.may_anywhere(Permission.READ_FIGURES):
            return self.named()
        return self.none()

    def named(self) -> "ThemeQuerySet":
        """What the network chose."""
        return self.filter(state=ThemeState.NAMED)

    def proposed(self) -> "ThemeQuerySet":
        """What waits for support and a decision."""
        return self.filter(state=ThemeState.PROPOSED)


class PriorityTheme(ThemeWorkflow):
    """A theme proposed or named for a year (prioritair thema), and why it matters."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "state",
            "year",
            "topic",
            "title",
            "sentence",
            "question",
            "organisation",
            "proposed_at",
            "decided_at",
            "support",
        ],
        "personal": ["proposed_by", "decided_by"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80, blank=True)
    sentence = models.CharField(max_length=300)
    # What research should find out (kennisvergaring).
    question = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    proposed_by = person()
    proposed_at = models.DateTimeField()
    decided_by = person(null=True)
    decided_at = models.DateTimeField(null=True)
    # How many partners supported it when it was decided; unknown for the oldest.
    support = models.PositiveSmallIntegerField(null=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "proposed_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "topic", "title"],
                condition=Q(state__in=STANDING),
                name="one_theme_once_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(topic="", title=""), name="theme_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.topic or self.title}"

    @property
    def name(self) -> str:
        """The title, or the topic it is about in the language of the page."""
        return self.title or codes.label("policy_topics", self.topic)


class ThemeSupport(models.Model):
    """A partner's support for a theme (steun); one for each partner."""

    CLASSED: ClassVar = {
        "open": ["id", "theme", "organisation", "given_at"],
        "personal": ["given_by"],
        "sealed": [],
    }

    theme = models.ForeignKey(
        PriorityTheme, on_delete=models.CASCADE, related_name="supports"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    given_by = person()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("organisation__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theme", "organisation"], name="one_support_a_partner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.organisation_id}"


class BudgetYear(models.Model):
    """What the network can commit in a year (budget), in whole euros."""

    CLASSED: ClassVar = {"open": ["year", "euros"], "personal": [], "sealed": []}

    year = models.PositiveSmallIntegerField(primary_key=True)
    euros = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year} {self.euros}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> "ActivityQuerySet":
        """Those of the themes that this person may know of."""
        return self.filter(theme__in=PriorityTheme.objects.visible_to(user))


class Activity(ActivityWorkflow):
    """What the network does about a theme (activiteit), and what it costs."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "state",
            "theme",
            "title",
            "aim",
            "euros",
            "result",
            "committed_at",
            "ended_at",
        ],
        "personal": ["committed_by"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    theme = models.ForeignKey(
        PriorityTheme, on_delete=models.PROTECT, related_name="activities"
    )
    title = models.CharField(max_length=120)
    aim = models.CharField(max_length=300)
    euros = models.PositiveIntegerField()
    result = models.CharField(max_length=1000, blank=True)
    committed_by = person()
    committed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ("committed_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=ActivityState.DONE) | ~Q(result=""),
                name="done_has_a_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.euros}"
