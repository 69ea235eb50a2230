"""The aftercare plan of a case and its check-ins; answers and notes are sealed."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aftercare.workflow import CheckInState, CheckInWorkflow, PlanState, PlanWorkflow
from cases.models import Case
from weerbaar.accounts.models import User


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """Plans of the cases that this person handles; never those of a recused one."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def current(self) -> "PlanQuerySet":
        """Plans that are offered or running."""
        return self.filter(state__in=[PlanState.OFFERED, PlanState.ACTIVE])


class Plan(PlanWorkflow):
    """Staying in touch with the person after the incident (nazorgplan)."""

    CLASSED: ClassVar = {
        "open": [
            "id",
            "case",
            "state",
            "days",
            "offered_on",
            "started_on",
            "ended_on",
            "stopped_by_reporter",
        ],
        "personal": ["offered_by"],
        "sealed": [],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    # After how many days each check-in is, as the organisation had it at the offer.
    days = models.JSONField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    offered_on = models.DateField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    stopped_by_reporter = models.BooleanField(default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["offered_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=["offered", "active"]),
                name="one_plan_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation whose case it is; its events belong there."""
        return self.case.organisation_id


class Moment(models.TextChoices):
    """The moments of the protocol; an organisation may add others."""

    DAYS_3 = "72h", _("after 72 hours")
    WEEKS_2 = "2w", _("after two weeks")
    WEEKS_6_8 = "6-8w", _("after six to eight weeks")
    OTHER = "other", _("another moment")


def moment_of(days: int) -> str:
    """Which moment of the protocol a number of days is (domain 3.2 and 5)."""
    if days <= 3:
        return Moment.DAYS_3
    if days == 14:
        return Moment.WEEKS_2
    return Moment.WEEKS_6_8 if 42 <= days <= 56 else Moment.OTHER


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> "CheckInQuerySet":
        """Check-ins of the cases that this person handles."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def planned(self) -> "CheckInQuerySet":
        return self.filter(state=CheckInState.PLANNED)


class CheckIn(CheckInWorkflow):
    """One moment of asking how it goes (nazorggesprek); also a promise of the case."""

    CLASSED: ClassVar = {
        "open": ["id", "plan", "case", "kind", "days", "due_on", "state", "settled_on"],
        "personal": ["settled_by"],
        "sealed": ["answer_body", "note"],
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="check_ins")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Moment.choices)
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    # Empty when the reporter answered or stopped it herself.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Sealed to the dialogue: what the reporter answered.
    answer_body = models.BinaryField(null=True)
    # Sealed to the case: the handler's note, or why it did not take place.
    note = models.BinaryField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "days"]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def organisation_id(self) -> uuid.UUID:
        return self.case.organisation_id

    @property
    def kind_label(self) -> str:
        """`after two weeks`; other moments say their number of days."""
        if self.kind != Moment.OTHER:
            return str(Moment(self.kind).label)
        return ngettext("after %(days)s day", "after %(days)s days", self.days) % {
            "days": self.days
        }

    @property
    def answer_place(self) -> tuple[str, uuid.UUID, str]:
        return ("check_in", self.pk, "answer")

    @property
    def note_place(self) -> tuple[str, uuid.UUID, str]:
        return ("check_in", self.pk, "note")
