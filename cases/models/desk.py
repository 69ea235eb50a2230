"""What a team keeps beside its cases: views of the worklist, and standard texts."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from cases.models.statement import StatementKind
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission


class ViewQuerySet(models.QuerySet["View"]):
    def visible_to(self, user: User) -> "ViewQuerySet":
        """One's own views, and those of the teams one is in."""
        teams = user.organisations(Permission.HANDLE_CASES)
        return self.filter(
            models.Q(owner=user, organisation=None) | models.Q(organisation__in=teams)
        )


class View(models.Model):
    """A way of looking at the worklist that was kept (weergave): codes, no words.

    It has no name of its own: somebody would write one that tells of a case.
    """

    NARROWING: ClassVar = ("state", "severity", "incident_type")
    CLASSED: ClassVar = {
        "open": ["id", "organisation", "tab", *NARROWING, "made_on"],
        "personal": ["owner"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    # The team that shares it; empty for a view of one's own.
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    tab = models.CharField(max_length=12)
    state = models.CharField(max_length=12, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    incident_type = models.CharField(max_length=40, blank=True)
    made_on = models.DateField()

    objects = ViewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["made_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "tab", "state", "severity", "incident_type"],
                condition=models.Q(organisation=None),
                name="one_own_view_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "tab", "state", "severity", "incident_type"],
                condition=models.Q(organisation__isnull=False),
                name="one_team_view_once",
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"

    @property
    def narrowing(self) -> dict[str, str]:
        """The codes that the worklist is narrowed by."""
        return {name: getattr(self, name) for name in self.NARROWING}


# What a standard text can be for: words that the reporter reads.
WORDED = (
    StatementKind.MESSAGE,
    StatementKind.ADVICE,
    StatementKind.MEASURES,
    StatementKind.OUTCOME,
)


class StandardTextQuerySet(models.QuerySet["StandardText"]):
    def visible_to(self, user: User) -> "StandardTextQuerySet":
        """The texts of the organisations where this person handles cases."""
        return self.filter(organisation__in=user.organisations(Permission.HANDLE_CASES))


class StandardText(models.Model):
    """A text of an organisation to begin with (standaardtekst); tells of no case."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "organisation",
            "kind",
            "title",
            "body",
            "changed_on",
            "revision",
        ],
        "personal": [],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.label) for kind in WORDED]
    )
    title = models.CharField(max_length=80)
    body = models.TextField()
    changed_on = models.DateField()
    # Counts changes: the second of two writers is told.
    revision = models.PositiveIntegerField(default=1)

    objects = StandardTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "title", "id"]

    def __str__(self) -> str:
        return self.title
