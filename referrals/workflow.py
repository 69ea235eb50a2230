"""The table of a referral: its states, and every step from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from referrals.permissions import (
    at_desk,
    at_desk_or_handles,
    handles,
    is_hers_or_handles,
)
from weerbaar.audit.kinds import Kind
from weerbaar.steps import Machine, Step, Words, refusal, step


class State(models.TextChoices):
    """Where a referral stands."""

    PROPOSED = "proposed", _("proposed")
    CONSENTED = "consented", _("consent given")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("opened by the partner")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    COMPLETED = "completed", _("completed")
    WITHDRAWN = "withdrawn", _("withdrawn")


@refusal(_("The partner has the package and has not answered yet."))
def not_with_partner(referral: "ReferralWorkflow") -> bool:
    waits = referral.state == State.SENT and referral.package_key_id  # type: ignore[attr-defined]
    return not waits


class ReferralWorkflow(Machine):
    """The referral as a state machine; each method is one row of the table."""

    hangs_on = "case"

    state = FSMField(default=State.PROPOSED, choices=State.choices, protected=True)

    class Meta:
        abstract = True

    @step(
        state,
        source=[State.PROPOSED, State.CONSENTED],
        target=State.PROPOSED,
        permission=handles,
        says=Step(_("Change the text"), Kind.REFERRAL_REVISED, hidden=True),
    )
    def revise(self) -> None:
        """Another text; a consent to the former one no longer counts."""

    @step(
        state,
        source=[State.PROPOSED],
        target=State.CONSENTED,
        permission=is_hers_or_handles,
        says=Step(
            _("Record consent"),
            Kind.REFERRAL_CONSENTED,
            hint=_("The reporter agrees to exactly this text, for this partner."),
        ),
    )
    def consent(self) -> None:
        """The reporter agrees to this text for this partner."""

    @step(
        state,
        source=[State.PROPOSED],
        target=State.WITHDRAWN,
        permission=is_hers_or_handles,
        says=Step(_("Record that consent is refused"), Kind.REFERRAL_REFUSED),
    )
    def refuse(self) -> None:
        """The reporter does not agree; nothing is sent."""

    @step(
        state,
        source=[State.CONSENTED],
        target=State.SENT,
        permission=handles,
        says=Step(_("Send the referral"), Kind.REFERRAL_SENT),
    )
    def send(self) -> None:
        """A copy of what may leave goes to the desk, or the hand-over is recorded."""

    @step(
        state,
        source=[State.SENT],
        target=State.RECEIVED,
        permission=at_desk,
        says=Step(_("Open the referral"), Kind.REFERRAL_RECEIVED),
    )
    def receive(self) -> None:
        """The desk opens the package."""

    @step(
        state,
        source=[State.RECEIVED],
        target=State.ACCEPTED,
        permission=at_desk,
        says=Step(_("Accept the referral"), Kind.REFERRAL_ACCEPTED),
    )
    def accept(self) -> None:
        """The partner takes it up."""

    @step(
        state,
        source=[State.RECEIVED],
        target=State.DECLINED,
        permission=at_desk,
        says=Step(
            _("Decline the referral"),
            Kind.REFERRAL_DECLINED,
            words=Words("answer", _("Why you cannot take this up")),
        ),
    )
    def decline(self) -> None:
        """The partner cannot help, and says why."""

    @step(
        state,
        source=[State.SENT, State.ACCEPTED],
        target=State.COMPLETED,
        permission=at_desk_or_handles,
        conditions=[not_with_partner],
        says=Step(_("Complete the referral"), Kind.REFERRAL_COMPLETED),
    )
    def complete(self) -> None:
        """The partner is done, or the warm hand-over has taken place."""

    @step(
        state,
        source=[State.PROPOSED, State.CONSENTED, State.SENT, State.RECEIVED],
        target=State.WITHDRAWN,
        permission=is_hers_or_handles,
        says=Step(_("Withdraw the referral"), Kind.REFERRAL_WITHDRAWN),
    )
    def withdraw(self) -> None:
        """Taken back; the desk can no longer open the package."""
