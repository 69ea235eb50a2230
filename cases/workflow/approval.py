"""The table of an approval: asked of a second person, answered, used or over."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.permissions import asked_it, ends_it, may_answer
from weerbaar.audit.kinds import Kind
from weerbaar.steps import Machine, Step, step


class ApprovalState(models.TextChoices):
    """Where a request for approval stands."""

    ASKED = "asked", _("waits for an answer")
    GRANTED = "granted", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")
    LAPSED = "lapsed", _("not answered in time")
    ENDED = "ended", _("over")


class ApprovalWorkflow(Machine):
    """What takes two people, as a state machine; each method is one row."""

    hangs_on = "case"

    state = FSMField(
        default=ApprovalState.ASKED, choices=ApprovalState.choices, protected=True
    )

    class Meta:
        abstract = True

    @step(
        state,
        source=[ApprovalState.ASKED],
        target=ApprovalState.GRANTED,
        permission=may_answer,
        says=Step(_("Approve"), Kind.APPROVAL_GRANTED),
    )
    def grant(self) -> None:
        """The second person agrees; it holds for a day."""

    @step(
        state,
        source=[ApprovalState.ASKED],
        target=ApprovalState.REFUSED,
        permission=may_answer,
        says=Step(_("Refuse"), Kind.APPROVAL_REFUSED),
    )
    def refuse(self) -> None:
        """The second person does not agree, and says why."""

    @step(
        state,
        source=[ApprovalState.ASKED],
        target=ApprovalState.WITHDRAWN,
        permission=asked_it,
        says=Step(_("Take the request back"), Kind.APPROVAL_WITHDRAWN),
    )
    def withdraw(self) -> None:
        """Who asked no longer needs it."""

    @step(
        state,
        source=[ApprovalState.ASKED],
        target=ApprovalState.LAPSED,
        permission=ends_it,
        says=Step(_("Not answered in time"), Kind.APPROVAL_LAPSED, hidden=True),
    )
    def lapse(self) -> None:
        """Nobody answered in time, or who asked lost the case."""

    @step(
        state,
        source=[ApprovalState.GRANTED],
        target=ApprovalState.ENDED,
        permission=ends_it,
        says=Step(_("No longer needed"), Kind.APPROVAL_ENDED),
    )
    def end(self) -> None:
        """It was used, its day is over, or who asked lost the case."""
