"""The tables of aftercare: the plan, and each check-in of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from aftercare.permissions import handles, is_hers, is_hers_or_handles
from weerbaar.audit.kinds import Kind
from weerbaar.steps import Machine, Step, Words, refusal, step


class PlanState(models.TextChoices):
    """Where an aftercare plan stands."""

    OFFERED = "offered", _("offered")
    ACTIVE = "active", _("active")
    COMPLETED = "completed", _("completed")
    DECLINED = "declined", _("declined")


class CheckInState(models.TextChoices):
    """What came of a check-in."""

    PLANNED = "planned", _("planned")
    ANSWERED = "answered", _("answered")
    HELD = "held", _("held")
    MISSED = "missed", _("missed")
    CANCELLED = "cancelled", _("no longer needed")


@refusal(_("First settle the check-ins that are still planned."))
def nothing_planned(plan: "PlanWorkflow") -> bool:
    planned = plan.check_ins.filter(state=CheckInState.PLANNED)  # type: ignore[attr-defined]
    return not planned.exists()


class PlanWorkflow(Machine):
    """The plan as a state machine; each method is one row of the table."""

    hangs_on = "case"

    state = FSMField(
        default=PlanState.OFFERED, choices=PlanState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[PlanState.OFFERED],
        target=PlanState.ACTIVE,
        permission=is_hers_or_handles,
        says=Step(
            _("Record that aftercare is wanted"),
            Kind.PLAN_ACCEPTED,
            hint=_("The check-ins get their dates and become promises of the case."),
        ),
    )
    def accept(self) -> None:
        """The reporter wants aftercare; the check-ins are planned."""

    @step(
        state,
        source=[PlanState.OFFERED],
        target=PlanState.DECLINED,
        permission=is_hers_or_handles,
        says=Step(_("Record that aftercare is not wanted"), Kind.PLAN_DECLINED),
    )
    def decline(self) -> None:
        """The reporter does not want it, or could not be reached."""

    @step(
        state,
        source=[PlanState.ACTIVE],
        target=PlanState.COMPLETED,
        permission=handles,
        conditions=[nothing_planned],
        says=Step(_("Conclude the aftercare"), Kind.PLAN_COMPLETED),
    )
    def complete(self) -> None:
        """Every check-in is settled, and how it ended is known."""


class CheckInWorkflow(Machine):
    """A check-in as a state machine; each method is one row of the table."""

    hangs_on = "case"

    state = FSMField(
        default=CheckInState.PLANNED, choices=CheckInState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[CheckInState.PLANNED],
        target=CheckInState.ANSWERED,
        permission=is_hers,
        says=Step(_("Answer the check-in"), Kind.CHECK_IN_ANSWERED, hidden=True),
    )
    def answer(self) -> None:
        """The reporter answers in the mailbox."""

    @step(
        state,
        source=[CheckInState.PLANNED],
        target=CheckInState.HELD,
        permission=handles,
        says=Step(
            _("Record the talk"),
            Kind.CHECK_IN_HELD,
            words=Words("note", _("Your note about the talk"), required=False),
            hint=_("Only handlers read this note."),
        ),
    )
    def hold(self) -> None:
        """The handler held the talk."""

    @step(
        state,
        source=[CheckInState.PLANNED],
        target=CheckInState.MISSED,
        permission=handles,
        says=Step(
            _("Record that it did not take place"),
            Kind.CHECK_IN_MISSED,
            words=Words("note", _("Why it did not take place")),
        ),
    )
    def miss(self) -> None:
        """The talk did not take place; the reason stays with it."""

    @step(
        state,
        source=[CheckInState.PLANNED],
        target=CheckInState.CANCELLED,
        permission=is_hers_or_handles,
        says=Step(_("Cancel this check-in"), Kind.CHECK_IN_CANCELLED),
    )
    def cancel(self) -> None:
        """No longer needed, or the reporter stopped them."""
