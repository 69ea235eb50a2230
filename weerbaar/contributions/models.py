"""Sealed records for the figures, in the inbox and the pool, and the year of both."""

import uuid
from typing import ClassVar

from django.db import models


class FigureYear(models.Model):
    """A year of figures (cijferjaar) and the public half its records are sealed to."""

    CLASSED: ClassVar = {
        "open": ["year", "key", "final_on", "key_gone_on"],
        "personal": [],
        "sealed": [],
    }

    year = models.PositiveSmallIntegerField(primary_key=True)
    key = models.OneToOneField("vault.Key", on_delete=models.PROTECT)
    # From the definitive release on nothing is taken in; some days later nothing opens.
    final_on = models.DateField(null=True)
    key_gone_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.year)


class Contribution(models.Model):
    """One sealed record (bijdrage) as it came in: no case, no day, no organisation.

    Rows lie in the order of their coming, until they move to the pool.
    """

    CLASSED: ClassVar = {"open": ["id", "year"], "personal": [], "sealed": ["record"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(
        FigureYear, on_delete=models.PROTECT, related_name="contributions"
    )
    record = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def place(self) -> tuple[str, uuid.UUID, int]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("contribution", self.pk, self.year_id)


class PooledContribution(models.Model):
    """A record sealed anew and shuffled: nothing says which row it was (design 8)."""

    CLASSED: ClassVar = {
        "open": ["id", "year", "batch_on"],
        "personal": [],
        "sealed": ["record"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(FigureYear, on_delete=models.PROTECT, related_name="pool")
    # One day for all that moved together.
    batch_on = models.DateField()
    record = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def place(self) -> tuple[str, uuid.UUID, int]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("pooled", self.pk, self.year_id)
