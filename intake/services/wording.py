"""Where a case stands and what we promised, in the reporter's own words."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Commitment, CommitmentKind
from cases.workflow import State
from weerbaar.audit.kinds import Kind


@dataclass(frozen=True)
class Standing:
    """A short name for where the case stands, and a sentence or two about it."""

    name: str | Promise
    text: str | Promise


STANDING: dict[str, Standing] = {
    State.REPORTED: Standing(
        _("Received"),
        _("Your report has arrived. Somebody will soon pick it up and contact you."),
    ),
    State.TRIAGE: Standing(
        _("Being looked at"),
        _("A handler reads your report and discusses with you what is needed."),
    ),
    State.ADVICE: Standing(
        _("Advice given"),
        _("The handler has advice for you. You find it in the messages below."),
    ),
    State.RESPONSE: Standing(
        _("Measures agreed"),
        _("The agreed measures are being carried out. You find them in the messages."),
    ),
    State.AFTERCARE: Standing(
        _("Aftercare"),
        _("We stay in touch with you to hear how you are doing."),
    ),
    State.EVALUATION: Standing(
        _("Looking back"),
        _("We look back at what went well and what can be done better."),
    ),
    State.CLOSED: Standing(
        _("Closed"),
        _("Your report is dealt with. Did something new happen? Write to us below."),
    ),
}
# The same state is told otherwise when another step led there.
AFTER: dict[str, Standing] = {
    Kind.CASE_REOPEN: Standing(
        _("Being looked at again"),
        _("We opened your report again, and look at what is needed now."),
    ),
    Kind.CASE_RESUME_RESPONSE: Standing(
        _("Measures taken up again"),
        _("There is something new. So we take up the measures again."),
    ),
    Kind.CASE_DISMISS: Standing(
        _("Closed after a first look"),
        _("We do not take this further. You read why in the messages below."),
    ),
    Kind.CASE_CLOSE_ADVICE: Standing(
        _("Advice completed"),
        _("The advice has been given and the case is closed."),
    ),
    Kind.CASE_WITHDRAW: Standing(
        _("Withdrawn by you"),
        _("You took your report back. We do nothing else with it."),
    ),
}

PROMISED: dict[str, str | Promise] = {
    CommitmentKind.FIRST_CONTACT: _("We contact you for the first time."),
    CommitmentKind.RECEPTION_TALK: _("We talk with you about what happened."),
    CommitmentKind.REACTION: _(
        "We decide with you how to react to the person who did this."
    ),
    CommitmentKind.WORRYING_ANSWER: _("We contact you about what you answered."),
    CommitmentKind.REFERRAL_ANSWER: _("We expect an answer from the partner."),
    CommitmentKind.REPLY: _("We would like an answer from you."),
}


def standing_of(case: Case, last_move: str) -> Standing:
    """Where the case stands; a different text after each step of the handler (R-9)."""
    return AFTER.get(last_move) or STANDING[case.state]


@dataclass(frozen=True)
class Promised:
    """A promise in plain words, with the day and whether that has passed."""

    text: str | Promise
    due_on: date
    is_late: bool
    is_hers: bool


def told(commitment: Commitment, today: date) -> Promised:
    """A promise as the reporter is told of it; also when we are late."""
    hers = commitment.kind == CommitmentKind.REPLY
    return Promised(
        PROMISED[commitment.kind],
        commitment.due_on,
        commitment.is_overdue(today) and not hers,
        hers,
    )
