"""The promises of the protocol that are made in a case."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Awaits(models.TextChoices):
    """Who has to act for a promise to be kept."""

    US = "us", _("us")
    REPORTER = "reporter", _("the reporter")
    PARTNER = "partner", _("the partner")


class CommitmentKind(models.TextChoices):
    """What was promised."""

    FIRST_CONTACT = "first_contact", _("first contact with the reporter")
    REACTION = "reaction", _("reaction to the person who caused it")
    RECEPTION_TALK = "reception_talk", _("reception talk")
    CHECK_IN = "check_in", _("aftercare talk")
    WORRYING_ANSWER = "worrying_answer", _("call after a worrying answer")
    OFFER = "offer", _("answer to the offer of aftercare")
    CONSENT = "consent", _("consent to a referral")
    SEND = "send", _("sending of a referral")
    REFERRAL_ANSWER = "referral_answer", _("answer of the partner")
    REPLY = "reply", _("answer of the reporter")
    TASK = "task", _("task")


class CommitmentState(models.TextChoices):
    """Whether a promise was kept."""

    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    MISSED = "missed", _("not kept")
    CANCELLED = "cancelled", _("no longer needed")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> "CommitmentQuerySet":
        return self.filter(state=CommitmentState.OPEN)

    def due(self, today: date) -> "CommitmentQuerySet":
        return self.open().filter(due_on__lte=today)


class Commitment(models.Model):
    """Something promised by a date, kept or not (afspraak)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "kind",
            "awaits",
            "due_on",
            "promised_on",
            "state",
            "settled_on",
            "origin",
            "reminded_on",
        ],
        "personal": ["owner", "settled_by"],
        "sealed": ["words"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="commitments"
    )
    kind = models.CharField(max_length=16, choices=CommitmentKind.choices)
    awaits = models.CharField(max_length=8, choices=Awaits.choices, default=Awaits.US)
    due_on = models.DateField()
    promised_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=9, choices=CommitmentState.choices, default=CommitmentState.OPEN
    )
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The check-in or referral it belongs to, for the room that made it.
    origin = models.UUIDField(null=True)
    reminded_on = models.DateField(null=True)
    # What is promised (a task), or why it was missed.
    words = models.BinaryField(null=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "promised_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_on__isnull=True)
                | (~models.Q(state="open") & models.Q(settled_on__isnull=False)),
                name="settled_when_not_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def place(self) -> tuple[str, uuid.UUID, uuid.UUID]:
        return ("commitment", self.case_id, self.pk)

    def is_overdue(self, today: date) -> bool:
        """The day has passed and the promise still stands open."""
        return self.state == CommitmentState.OPEN and self.due_on < today
