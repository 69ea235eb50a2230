"""The instruments that members of the network propose and look after."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.network.agenda.models import person
from weerbaar.network.agenda.workflow import InstrumentState, InstrumentWorkflow

CHECKED_WITHIN = timedelta(days=365)


class InstrumentQuerySet(models.QuerySet["NetworkInstrument"]):
    def visible_to(self, user: User) -> "InstrumentQuerySet":
        """All that is offered or proposed, for who takes part in the network."""
        return self if user.may_anywhere(Permission.TAKE_PART) else self.none()

    def published(self) -> "InstrumentQuerySet":
        """What everybody reads in the catalogue."""
        return self.filter(state=InstrumentState.PUBLISHED)


class NetworkInstrument(InstrumentWorkflow):
    """An instrument that a member proposed (instrument), and who checked it last."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "state",
            "title",
            "summary",
            "publisher",
            "url",
            "phases",
            "topics",
            "audiences",
            "organisation",
            "proposed_at",
            "checked_on",
            "published_at",
        ],
        "personal": ["proposed_by", "checked_by", "published_by"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    publisher = models.CharField(max_length=120)
    url = models.URLField()
    # Codes of `cases.guidance.catalogue`: when, about what, for whom.
    phases = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    proposed_by = person()
    proposed_at = models.DateTimeField()
    checked_by = person(null=True)
    checked_on = models.DateField(null=True)
    published_by = person(null=True)
    published_at = models.DateTimeField(null=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ("title", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | ~Q(checked_by=models.F("proposed_by")),
                name="somebody_else_checks",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_stale(self, today: date) -> bool:
        """Has nobody looked at it for a year?"""
        return self.checked_on is not None and today - self.checked_on > CHECKED_WITHIN
