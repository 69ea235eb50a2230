"""What is known outside: exact numbers told elsewhere, and how many posts there are."""

from typing import ClassVar

from django.db import models

from weerbaar.accounts.models import User
from weerbaar.network.counting import Cell


class KnownFact(models.Model):
    """An exact number that became known elsewhere (bekend getal), as of a period.

    A letter to parliament, a newspaper: whoever lays it beside a release knows more
    than the release says, so maker and checker reckon with it (statistics, A10).
    """

    CLASSED: ClassVar = {
        "open": [
            "id",
            "year",
            "quarters",
            "kind",
            "at",
            "number",
            "source",
            "entered_at",
            "ended_at",
        ],
        "personal": ["entered_by"],
        "sealed": [],
    }

    year = models.PositiveSmallIntegerField()
    quarters = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    # Which cell of the plan: pairs of dimension and category, in order; none: all.
    at = models.JSONField(default=list)
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    # A mistake in typing ends it; what is known stays known.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year", "-quarters", "-entered_at", "pk")

    def __str__(self) -> str:
        return f"{self.year} {self.quarters} {self.kind} {self.at}"

    @property
    def cell(self) -> Cell:
        """Where it stands in the tables of the plan."""
        return Cell(self.kind, frozenset((d, code) for d, code in self.at))


class RegisterPost(models.Model):
    """The posts of one kind of office in one organisation (register van ambten)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "year",
            "organisation",
            "organisation_type",
            "province",
            "office_kind",
            "number",
        ],
        "personal": [],
        "sealed": [],
    }

    year = models.PositiveSmallIntegerField()
    organisation = models.CharField(max_length=80)
    organisation_type = models.CharField(max_length=40)
    province = models.CharField(max_length=40)
    office_kind = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("year", "organisation", "office_kind")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "organisation", "office_kind"], name="one_line_a_post"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.organisation} {self.office_kind}"
