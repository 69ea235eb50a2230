"""How long cases are kept, what holds them back, and the register of destruction."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, Kind
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission


class RetentionTerm(models.Model):
    """For how many months an organisation keeps a kind of case (bewaartermijn)."""

    CLASSED: ClassVar = {
        "open": ["id", "organisation", "kind", "months"],
        "personal": [],
        "sealed": [],
    }

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="one_term_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"


class Retention(models.Model):
    """When a closed case comes to its end; an open case has none (bewaring)."""

    CLASSED: ClassVar = {
        "open": ["case", "ends_on", "warned_on", "warned_again_on", "due_told_on"],
        "personal": [],
        "sealed": [],
    }

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="retention"
    )
    ends_on = models.DateField()
    warned_on = models.DateField(null=True)
    warned_again_on = models.DateField(null=True)
    due_told_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"until {self.ends_on}"

    def has_ended(self, today: date) -> bool:
        """The term is over, and thirty days ago it was told that it would be."""
        return self.ends_on <= today and self.warned_on is not None


class Hold(models.Model):
    """A case is kept beyond its term: a lawsuit, a complaint (bewaarplicht)."""

    CLASSED: ClassVar = {
        "open": ["id", "case", "since", "lifted_on"],
        "personal": ["put_by", "lifted_by"],
        "sealed": ["reason"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holds")
    since = models.DateField()
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(lifted_on__isnull=True),
                name="one_hold_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"hold since {self.since}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        return ("hold", self.case_id, self.pk)


class Grounds(models.TextChoices):
    """Why a case was destroyed."""

    TERM = "term", _("end of the term")
    EARLY = "early", _("before its term, approved by two people")
    RESTORED = "restored", _("came back with a backup after it was destroyed")
    UNATTENDED = "unattended", _("end of the term; nobody could open it any more")


class DestructionQuerySet(models.QuerySet["Destruction"]):
    def visible_to(self, user: User) -> "DestructionQuerySet":
        """Of the cases that this person could open at the end.

        A recused person does not learn from the register that there was a case.
        """
        return self.filter(
            organisation__in=user.organisations(Permission.HANDLE_CASES), readers=user
        )


class Destruction(models.Model):
    """A line of the register of destruction: which case, when and why (A-4)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case_id",
            "reference",
            "organisation",
            "kind",
            "opened_on",
            "closed_on",
            "destroyed_on",
            "grounds",
            "erasure_id",
            "erased_at",
        ],
        "personal": ["by", "readers"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No foreign key: the case is gone.
    case_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=9)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    destroyed_on = models.DateField()
    grounds = models.CharField(max_length=10, choices=Grounds.choices)
    # Empty when the system did it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # The erasure key that has to go, and when it was gone.
    erasure_id = models.UUIDField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = DestructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-destroyed_on", "reference"]

    def __str__(self) -> str:
        return f"{self.reference} {self.destroyed_on}"
