"""What is written or said in a case: sealed, and never changed."""

import uuid
from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementKind(models.TextChoices):
    """What a statement is for, and so who can read it."""

    REPORT = "report", _("report")
    CONTACT = "contact", _("safe contact")
    NOTE = "note", _("internal note")
    HANDOVER = "handover", _("hand-over note")
    REASON = "reason", _("reason")
    CONSENT = "consent", _("consent of the reporter")
    LESSONS = "lessons", _("lessons")
    ADVICE = "advice", _("advice")
    MEASURES = "measures", _("measures")
    OUTCOME = "outcome", _("explanation")
    MESSAGE = "message", _("message")
    REPLY = "reply", _("reply")
    ANSWER = "answer", _("answer of a partner")


# What the reporter reads in the mailbox; everything else stays among handlers.
DIALOGUE = (
    StatementKind.ADVICE,
    StatementKind.MEASURES,
    StatementKind.OUTCOME,
    StatementKind.MESSAGE,
    StatementKind.REPLY,
    StatementKind.ANSWER,
)
INTERNAL = (
    StatementKind.NOTE,
    StatementKind.HANDOVER,
    StatementKind.REASON,
    StatementKind.CONSENT,
    StatementKind.LESSONS,
)


class StatementQuerySet(models.QuerySet["Statement"]):
    def of_kinds(self, kinds: Iterable[str]) -> "StatementQuerySet":
        return self.filter(kind__in=list(kinds))


class Statement(models.Model):
    """Words, sealed to the case or to the dialogue with the reporter (verklaring)."""

    CLASSED: ClassVar = {
        "open": ["id", "case", "kind", "key", "written_on", "sequence"],
        "personal": ["author"],
        "sealed": ["body"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(max_length=12, choices=StatementKind.choices)
    # Whose Secret seals it: the case's, or the dialogue's.
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")
    # Empty when the reporter wrote it.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_on = models.DateField()
    sequence = models.PositiveIntegerField()
    body = models.BinaryField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "sequence"], name="one_statement_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def place(self) -> tuple[str, uuid.UUID, str, uuid.UUID]:
        """Where this ciphertext belongs; anywhere else it does not open."""
        return ("statement", self.case_id, self.kind, self.pk)
