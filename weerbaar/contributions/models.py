"""A sealed record for the figures, and the year whose key seals it."""

import uuid
from typing import ClassVar

from django.db import models


class FigureYear(models.Model):
    """A year of figures (cijferjaar) and the public half its records are sealed to."""

    CLASSED: ClassVar = {"open": ["year", "key"], "personal": [], "sealed": []}

    year = models.PositiveSmallIntegerField(primary_key=True)
    key = models.OneToOneField("vault.Key", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.year)


class Contribution(models.Model):
    """One sealed record (bijdrage): no case, no day, no organisation in clear."""

    CLASSED: ClassVar = {"open": ["id", "year"], "personal": [], "sealed": ["record"]}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(
        FigureYear, on_delete=models.CASCADE, related_name="contributions"
    )
    record = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)
