"""The case: one incident, or one request for advice."""

import base64
import hashlib
import secrets
import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models.assignment import Assignment
from cases.models.commitment import Awaits, Commitment
from cases.workflow import CaseWorkflow, State
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.core import context

# No 0/O, 1/I/L, U: a reference is read aloud on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight random signs in two groups: unguessable, and says nothing."""
    signs = "".join(secrets.choice(ALPHABET) for _i in range(8))
    return f"{signs[:4]}-{signs[4:]}"


class Kind(models.TextChoices):
    """An incident, or advice asked beforehand."""

    INCIDENT = "incident", _("incident")
    PREVENTION = "prevention", _("advice beforehand")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases granted to this person, in organisations where she handles cases.

        A recused person has no grant, so no row, no count and no notice.
        """
        if user.key_id is None:
            return self.none()
        return self.filter(
            organisation__in=user.organisations(Permission.HANDLE_CASES),
            case_key__grants__holder_id=user.key_id,
        )

    def open(self) -> "CaseQuerySet":
        return self.exclude(state=State.CLOSED)

    def new(self) -> "CaseQuerySet":
        return self.filter(state=State.REPORTED)

    def of(self, user: User) -> "CaseQuerySet":
        """Cases this person owns or deputises in."""
        mine = Assignment.objects.filter(case=OuterRef("pk"), user=user, ended_on=None)
        return self.filter(Exists(mine))

    def due(self, today: date) -> "CaseQuerySet":
        """Cases with a promise of ours that falls due today or is overdue."""
        return self.filter(
            Exists(
                Commitment.objects.open()
                .filter(case=OuterRef("pk"), due_on__lte=today)
                .exclude(awaits=Awaits.REPORTER)
            )
        )

    def waiting(self) -> "CaseQuerySet":
        """Cases where the next word is not ours: reporter or partner."""
        promised = Commitment.objects.open().filter(case=OuterRef("pk"))
        return self.filter(
            Exists(promised.exclude(awaits=Awaits.US)),
            ~Exists(promised.filter(awaits=Awaits.US)),
        )


class Case(CaseWorkflow):
    """One incident, or one request for advice (zaak); what it is about is sealed."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "reference",
            "organisation",
            "kind",
            "state",
            "opened_on",
            "moved_on",
            "closed_on",
            "is_classified",
            "is_aftercare_arranged",
            "case_key",
            "dialogue_key",
            "identity_key",
            "revision",
        ],
        "personal": [],
        "sealed": ["header", "identity", "figures"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INCIDENT)
    opened_on = models.DateField()
    moved_on = models.DateField()
    closed_on = models.DateField(null=True)
    is_classified = models.BooleanField(default=False)
    is_aftercare_arranged = models.BooleanField(default=False)
    case_key = models.OneToOneField(
        "vault.Key", on_delete=models.PROTECT, related_name="+"
    )
    dialogue_key = models.OneToOneField(
        "vault.Key", on_delete=models.PROTECT, related_name="+"
    )
    identity_key = models.OneToOneField(
        "vault.Key", on_delete=models.PROTECT, related_name="+", null=True
    )
    header = models.BinaryField()
    identity = models.BinaryField(null=True)
    # Whether the reporter lets the case count: sealed to the dialogue, in her reach.
    # Every case has it, answered or not; null only in those from before it was asked.
    figures = models.BinaryField(null=True)
    # Counts changes of the header: the second of two writers is told (API-32).
    revision = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opened_on", "reference"]

    def __str__(self) -> str:
        return self.reference

    @property
    def digest(self) -> str:
        """By which the history knows header and choice: base64 of SHA-256."""
        sealed = bytes(self.header), bytes(self.figures or b"")
        whole = context("case", self.pk, self.revision, *sealed)
        return base64.b64encode(hashlib.sha256(whole).digest()).decode()
