"""The table of the case: its states, and every step from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.permissions import is_reporter, may_handle
from weerbaar.audit.kinds import Kind
from weerbaar.steps import Machine, Step, Words, refusal, step


class State(models.TextChoices):
    """Where a case stands."""

    REPORTED = "reported", _("reported")
    TRIAGE = "triage", _("assessment")
    ADVICE = "advice", _("advice")
    RESPONSE = "response", _("measures")
    AFTERCARE = "aftercare", _("aftercare")
    EVALUATION = "evaluation", _("evaluation")
    CLOSED = "closed", _("closed")


@refusal(_("First keep or settle the promises that are still open."))
def nothing_promised(case: "CaseWorkflow") -> bool:
    return not case.commitments.open().exists()  # type: ignore[attr-defined]


@refusal(_("First settle the referrals and talks that are still open."))
def nothing_elsewhere(case: "CaseWorkflow") -> bool:
    return not case.commitments.open().filter(origin__isnull=False).exists()  # type: ignore[attr-defined]


@refusal(_("First complete the classification: type, office, severity and police."))
def classified(case: "CaseWorkflow") -> bool:
    return bool(case.is_classified)  # type: ignore[attr-defined]


@refusal(_("First offer aftercare, or record that it was declined."))
def aftercare_arranged(case: "CaseWorkflow") -> bool:
    return bool(case.is_aftercare_arranged)  # type: ignore[attr-defined]


@refusal(_("Only for advice that was asked beforehand."), hides=True)
def is_prevention(case: "CaseWorkflow") -> bool:
    return case.kind == "prevention"  # type: ignore[attr-defined]


@refusal(
    _("Advice that was asked beforehand is closed from the advice itself."), hides=True
)
def is_incident(case: "CaseWorkflow") -> bool:
    return case.kind == "incident"  # type: ignore[attr-defined]


class CaseWorkflow(Machine):
    """The case as a state machine; each method is one row of the table."""

    state = FSMField(default=State.REPORTED, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @step(
        state,
        source=[State.REPORTED],
        target=State.TRIAGE,
        permission=may_handle,
        says=Step(_("Begin the assessment"), Kind.CASE_BEGIN_TRIAGE),
    )
    def begin_triage(self) -> None:
        """A handler picks the report up and promises a first contact."""

    @step(
        state,
        source=[State.TRIAGE],
        target=State.CLOSED,
        permission=may_handle,
        conditions=[nothing_elsewhere],
        says=Step(
            _("Close after the assessment"),
            Kind.CASE_DISMISS,
            words=Words(
                "outcome", _("Your explanation to the reporter"), to_reporter=True
            ),
            choices=("outcome", "outcomes", _("Why is this case closed here?")),
            only=("no_violation", "not_for_us", "duplicate"),
        ),
    )
    def dismiss(self) -> None:
        """No norm violation, not for us, or a duplicate; the reporter is told.

        What was promised for this case alone falls away with it.
        """

    @step(
        state,
        source=[State.TRIAGE, State.RESPONSE],
        target=State.ADVICE,
        permission=may_handle,
        says=Step(
            _("Give advice"),
            Kind.CASE_ADVISE,
            words=Words("advice", _("Your advice to the reporter"), to_reporter=True),
            hint=_("The reporter reads this in the mailbox."),
        ),
    )
    def advise(self) -> None:
        """Advice from the instruments, sent to the reporter."""

    @step(
        state,
        source=[State.TRIAGE, State.ADVICE],
        target=State.RESPONSE,
        permission=may_handle,
        conditions=[is_incident],
        says=Step(
            _("Agree on measures"),
            Kind.CASE_RESPOND,
            words=Words(
                "measures", _("What you agreed with the reporter"), to_reporter=True
            ),
            hint=_("The reporter reads this in the mailbox."),
        ),
    )
    def respond(self) -> None:
        """The measures agreed with the reporter."""

    @step(
        state,
        source=[State.ADVICE, State.RESPONSE],
        target=State.AFTERCARE,
        permission=may_handle,
        conditions=[is_incident, aftercare_arranged],
        says=Step(_("Begin aftercare"), Kind.CASE_BEGIN_AFTERCARE),
    )
    def begin_aftercare(self) -> None:
        """An aftercare plan exists, or the reporter declined it."""

    @step(
        state,
        source=[State.AFTERCARE],
        target=State.RESPONSE,
        permission=may_handle,
        says=Step(
            _("Take up measures again"),
            Kind.CASE_RESUME_RESPONSE,
            words=Words("reason", _("Which new fact is there?")),
        ),
    )
    def resume_response(self) -> None:
        """A new fact asks for measures again."""

    @step(
        state,
        source=[State.AFTERCARE],
        target=State.EVALUATION,
        permission=may_handle,
        says=Step(
            _("Begin the evaluation"),
            Kind.CASE_EVALUATE,
            choices=(
                "aftercare",
                "aftercare_outcomes",
                _("How did the aftercare end?"),
            ),
        ),
    )
    def evaluate(self) -> None:
        """The aftercare's outcome is known: given, declined or not reached."""

    @step(
        state,
        source=[State.EVALUATION],
        target=State.CLOSED,
        permission=may_handle,
        conditions=[nothing_promised, classified],
        says=Step(
            _("Close the case"),
            Kind.CASE_CLOSE,
            words=Words("lessons", _("What do you learn from this case?")),
        ),
    )
    def close(self) -> None:
        """Nothing promised is open, lessons are written, the codes are complete."""

    @step(
        state,
        source=[State.ADVICE],
        target=State.CLOSED,
        permission=may_handle,
        conditions=[is_prevention, nothing_promised],
        says=Step(
            _("Close the advice"),
            Kind.CASE_CLOSE_ADVICE,
            words=Words("lessons", _("How did it go?"), required=False),
        ),
    )
    def close_advice(self) -> None:
        """Advice that was asked beforehand is given."""

    @step(
        state,
        source=[State.CLOSED],
        target=State.TRIAGE,
        permission=may_handle,
        says=Step(
            _("Reopen the case"),
            Kind.CASE_REOPEN,
            words=Words("reason", _("Why do you reopen this case?")),
        ),
    )
    def reopen(self) -> None:
        """A reason to look again."""

    @step(
        state,
        source=[State.REPORTED, State.TRIAGE],
        target=State.CLOSED,
        permission=is_reporter,
        says=Step(_("Withdraw the report"), Kind.CASE_WITHDRAW, hidden=True),
    )
    def withdraw(self) -> None:
        """The reporter takes the report back, by receipt."""
