"""Who is on a case, and as what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Capacity(models.TextChoices):
    """In what capacity somebody is on a case."""

    OWNER = "owner", _("handler")
    DEPUTY = "deputy", _("deputy")


class Assignment(models.Model):
    """Who is on the case, in what capacity, from when to when (toewijzing)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "capacity",
            "since",
            "until",
            "ended_on",
            "brought_access",
        ],
        "personal": ["user"],
        "sealed": [],
    }

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="assignments"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # Whether the grant came with this task, and so goes with it.
    brought_access = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["capacity", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(capacity="owner", ended_on__isnull=True),
                name="one_owner_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=models.Q(ended_on__isnull=True),
                name="once_on_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} {self.case_id}"
