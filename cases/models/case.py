"""The case, its sealed statements, the promises made in it, and who is on it."""

import base64
import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

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
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
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
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="commitments")
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

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
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
