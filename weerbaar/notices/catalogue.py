"""Which event tells whom, with which sentence, and where it leads.

The sentences stand on the page of notices and hold no word of a case. The mail is the
same for all of them and says only that something is ready.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from weerbaar.audit.kinds import Kind


class Audience(StrEnum):
    """Who is told; never the actor, never somebody without a grant."""

    TEAM = "team"  # every handler to whom the case was granted
    ON_CASE = "on_case"  # owner and deputies; the team while nobody is on it
    OWNER = "owner"  # whose promise it is; else who is on the case
    PERSON = "person"  # the person that the event names
    DESK = "desk"  # the partner's people to whom the package was sealed
    ANALYSTS = "analysts"  # who publishes the network's figures
    ONESELF = "oneself"  # the actor: a change of what opens the own account


@dataclass(frozen=True)
class Telling:
    """One row of the catalogue; `page` is a url name, its argument follows from it."""

    audience: Audience
    text: Promise
    page: str


CATALOGUE: dict[str, Telling] = {
    Kind.CASE_OPENED: Telling(Audience.TEAM, _("A new report has come in."), "case"),
    Kind.CASE_WITHDRAW: Telling(
        Audience.TEAM, _("A reporter has withdrawn a report."), "case"
    ),
    Kind.CASE_REOPEN: Telling(Audience.ON_CASE, _("A case was reopened."), "case"),
    Kind.CASE_ASSIGNED: Telling(
        Audience.PERSON, _("A case was assigned to you."), "case"
    ),
    Kind.CASE_HANDED_OVER: Telling(
        Audience.PERSON, _("A case was handed over to you."), "case"
    ),
    Kind.CASE_DEPUTISED: Telling(
        Audience.PERSON, _("You are asked to stand in for a colleague."), "case"
    ),
    Kind.REPLY_RECEIVED: Telling(
        Audience.ON_CASE, _("There is a message of a reporter."), "case-messages"
    ),
    Kind.ACCESS_CLOSED: Telling(
        Audience.ON_CASE, _("A reporter has closed the own access."), "case"
    ),
    Kind.IDENTITY_OPENED: Telling(
        Audience.ON_CASE,
        _("A colleague opened the name of a reporter."),
        "case-timeline",
    ),
    Kind.COMMITMENT_DUE: Telling(
        Audience.OWNER, _("A promise is due today or overdue."), "case-promises"
    ),
    Kind.REFERRAL_CONSENTED: Telling(
        Audience.ON_CASE, _("A reporter agrees to a referral."), "case-referrals"
    ),
    Kind.REFERRAL_REFUSED: Telling(
        Audience.ON_CASE,
        _("A reporter does not agree to a referral."),
        "case-referrals",
    ),
    Kind.REFERRAL_SENT: Telling(
        Audience.DESK, _("A referral has been sent to you."), "desk-referral"
    ),
    Kind.REFERRAL_WITHDRAWN: Telling(
        Audience.DESK, _("A referral was withdrawn."), "desk"
    ),
    Kind.REFERRAL_ACCEPTED: Telling(
        Audience.ON_CASE, _("A partner takes up a referral."), "case-referrals"
    ),
    Kind.REFERRAL_DECLINED: Telling(
        Audience.ON_CASE, _("A partner cannot take up a referral."), "case-referrals"
    ),
    Kind.REFERRAL_ANSWERED: Telling(
        Audience.ON_CASE, _("There is an answer of a partner."), "case-referrals"
    ),
    Kind.REFERRAL_COMPLETED: Telling(
        Audience.ON_CASE, _("A partner has completed a referral."), "case-referrals"
    ),
    Kind.PLAN_ACCEPTED: Telling(
        Audience.ON_CASE, _("A reporter wants aftercare."), "case-aftercare"
    ),
    Kind.PLAN_DECLINED: Telling(
        Audience.ON_CASE, _("A reporter wants no aftercare."), "case-aftercare"
    ),
    Kind.CHECK_IN_ANSWERED: Telling(
        Audience.ON_CASE, _("A reporter answered how things are."), "case-aftercare"
    ),
    Kind.RELEASE_MADE: Telling(
        Audience.ANALYSTS, _("New figures have been counted."), "figures"
    ),
    Kind.RELEASE_AUDIT: Telling(
        Audience.ANALYSTS, _("Figures wait for a second person."), "figures"
    ),
    Kind.VAULT_RECOVERED: Telling(
        Audience.ONESELF, _("Your vault was opened with the recovery code."), "account"
    ),
    Kind.PASSWORD_CHANGED: Telling(
        Audience.ONESELF, _("Your password was changed."), "account"
    ),
    Kind.TOKEN_MADE: Telling(
        Audience.ONESELF, _("A token was made for your account."), "tokens"
    ),
}
