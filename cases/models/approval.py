"""What one handler may not do alone: the request, and a second person's answer."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.workflow import ApprovalState, ApprovalWorkflow
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.models import Grant

OPEN = (ApprovalState.ASKED, ApprovalState.GRANTED)


class Purpose(models.TextChoices):
    """What two people decide together (ASVS 2.3.5)."""

    IDENTITY = "identity", _("see the name of the reporter")
    EXPORT = "export", _("export the case")
    DESTRUCTION = "destruction", _("destroy the case before its term")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def open(self) -> "ApprovalQuerySet":
        """Waiting for an answer, or approved and not over."""
        return self.filter(state__in=OPEN)

    def visible_to(self, user: User) -> "ApprovalQuerySet":
        """Those of the cases that she handles, and those that were sealed to her."""
        if user.key_id is None:
            return self.none()
        return self.filter(Q(case__in=Case.objects.visible_to(user)) | _sealed_to(user))

    def awaiting(self, user: User) -> "ApprovalQuerySet":
        """Those that she can answer; never her own."""
        if user.key_id is None:
            return self.none()
        as_handler = Q(case__in=Case.objects.visible_to(user)) & ~Q(
            purpose=Purpose.IDENTITY
        )
        asked = self.filter(state=ApprovalState.ASKED).exclude(asked_by=user)
        return asked.filter(as_handler | _sealed_to(user))


def _sealed_to(user: User) -> Q:
    mine = Grant.objects.filter(key=OuterRef("key"), holder_id=user.key_id)
    return Q(Exists(mine)) & Q(
        case__organisation__in=user.organisations(Permission.KEEP_NAMES)
    )


class Approval(ApprovalWorkflow):
    """A request that a second person answers: name, export, destruction (verzoek)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "purpose",
            "state",
            "key",
            "asked_at",
            "ends_at",
            "answered_at",
            "answered_as",
        ],
        "personal": ["asked_by", "answered_by"],
        "sealed": ["reason", "answer"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    # Seals the words; granted to the case and to each custodian who may answer.
    key = models.OneToOneField("vault.Key", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    # Until when it can be answered; after a yes, until when it holds.
    ends_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # As what: a custodian, or another handler. The reporter is told this, not who.
    answered_as = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.BinaryField()
    answer = models.BinaryField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "purpose", "asked_by"],
                condition=Q(state__in=["asked", "granted"]),
                name="asked_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    def place(self, words: str) -> tuple[str, uuid.UUID, uuid.UUID, str]:
        """Where the sealed reason or answer belongs."""
        return ("approval", self.case_id, self.pk, words)

    def is_over(self, now: datetime) -> bool:
        """The time to answer, or to use the yes, has passed."""
        return now >= self.ends_at

    def holds(self, now: datetime) -> bool:
        """Approved, and still in time; whether or not the clock has been round."""
        return self.state == ApprovalState.GRANTED and not self.is_over(now)
