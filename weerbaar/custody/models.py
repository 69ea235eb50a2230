"""Who holds the shares of a root, and a ceremony while it lasts."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Holder(models.Model):
    """Who holds a share of an organisation's root (bewaarder); never the share itself.

    The root signed each row: nobody can write away that a holder is somebody of the
    system, who may be recused from a case (custody.services.holders).
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "organisation",
            "root",
            "number",
            "threshold",
            "duty",
            "signature",
            "founded_on",
        ],
        "personal": ["name", "person"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    root = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    # The number on the share, from 1, and how many shares are needed.
    number = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    duty = models.CharField(max_length=80)
    # Empty for somebody who does not sign in here, such as a notary.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signature = models.BinaryField(max_length=64)
    founded_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "number"], name="one_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.root_id}"


class Purpose(models.TextChoices):
    """What a ceremony is for."""

    FOUNDING = "founding", _("making the main key")
    RECOVERY = "recovery", _("recovery with the main key")


class CeremonyQuerySet(models.QuerySet["Ceremony"]):
    def running(self, now: datetime) -> "CeremonyQuerySet":
        return self.filter(ends_at__gt=now)


class Ceremony(models.Model):
    """A ceremony while it lasts, an hour at most (ceremonie).

    What is in hand is sealed twice: under the Secret of who guides it, and under a key
    that is only in that browser's cookie. A copy of the row opens for nobody.
    """

    CLASSED: ClassVar = {
        "open": ["id", "organisation", "purpose", "ends_at"],
        "personal": ["begun_by"],
        "sealed": ["sealed"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    # One at a time for each person; a new one ends the former.
    begun_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    ends_at = models.DateTimeField()
    sealed = models.BinaryField()

    objects = CeremonyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
