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
    OWNER = "owner"  # whose promise it is and who stands in; else who is on the case
    PERSON = "person"  # the person that the event names
    SECOND = "second"  # who may answer a request that takes two people
    DESK = "desk"  # the partner's people to whom the package was sealed
    STORYTELLERS = "storytellers"  # who has a story at the network, whichever it is
    ANALYSTS = "analysts"  # who publishes the network's figures
    ONESELF = "oneself"  # the actor: a change of what opens the own account
    COLLEAGUES = "colleagues"  # everybody who receives something in the organisation


@dataclass(frozen=True)
class Telling:
    """One row of the catalogue; `page` is a url name, its argument follows from it."""

    kind: Kind
    audience: Audience
    text: Promise
    page: str


ROWS: tuple[Telling, ...] = (
    Telling(Kind.CASE_OPENED, Audience.TEAM, _("A new report has come in."), "case"),
    Telling(
        Kind.CASE_WITHDRAW,
        Audience.TEAM,
        _("A reporter has withdrawn a report."),
        "case",
    ),
    Telling(Kind.CASE_REOPEN, Audience.ON_CASE, _("A case was reopened."), "case"),
    Telling(
        Kind.CASE_ASSIGNED, Audience.PERSON, _("A case was assigned to you."), "case"
    ),
    Telling(
        Kind.CASE_HANDED_OVER,
        Audience.PERSON,
        _("A case was handed over to you."),
        "case",
    ),
    Telling(
        Kind.CASE_DEPUTISED,
        Audience.PERSON,
        _("You are asked to stand in for a colleague."),
        "case",
    ),
    Telling(
        Kind.RETENTION_NEAR,
        Audience.ON_CASE,
        _("The term of a closed case ends soon."),
        "case-keeping",
    ),
    Telling(
        Kind.RETENTION_DUE,
        Audience.ON_CASE,
        _("The term of a closed case is over."),
        "case-keeping",
    ),
    Telling(
        Kind.CASE_DESTROYED,
        Audience.ON_CASE,
        _("A case was destroyed."),
        "destructions",
    ),
    Telling(
        Kind.REPLY_RECEIVED,
        Audience.ON_CASE,
        _("There is a message of a reporter."),
        "case-messages",
    ),
    Telling(
        Kind.FILES_RECEIVED,
        Audience.ON_CASE,
        _("A reporter has sent files."),
        "case-files",
    ),
    Telling(
        Kind.ACCESS_CLOSED,
        Audience.ON_CASE,
        _("A reporter has closed the own access."),
        "case",
    ),
    Telling(
        Kind.IDENTITY_OPENED,
        Audience.ON_CASE,
        _("A colleague opened the name of a reporter."),
        "case-timeline",
    ),
    Telling(
        Kind.APPROVAL_ASKED,
        Audience.SECOND,
        _("A colleague asks you to decide together."),
        "approvals",
    ),
    Telling(
        Kind.APPROVAL_GRANTED,
        Audience.PERSON,
        _("A second person agreed to your request."),
        "case-approvals",
    ),
    Telling(
        Kind.APPROVAL_REFUSED,
        Audience.PERSON,
        _("A second person did not agree to your request."),
        "case-approvals",
    ),
    Telling(
        Kind.APPROVAL_LAPSED,
        Audience.PERSON,
        _("Your request was not answered in time."),
        "case-approvals",
    ),
    Telling(
        Kind.CASE_RECUSED,
        Audience.TEAM,
        _("A colleague no longer has access to a case."),
        "case-people",
    ),
    Telling(
        Kind.CASE_EXPORTED,
        Audience.ON_CASE,
        _("A colleague exported a case."),
        "case-timeline",
    ),
    Telling(
        Kind.COMMITMENT_DUE,
        Audience.OWNER,
        _("A promise is due today or overdue."),
        "case-promises",
    ),
    Telling(
        Kind.REFERRAL_CONSENTED,
        Audience.ON_CASE,
        _("A reporter agrees to a referral."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_REFUSED,
        Audience.ON_CASE,
        _("A reporter does not agree to a referral."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_SENT,
        Audience.DESK,
        _("A referral has been sent to you."),
        "desk-referral",
    ),
    Telling(
        Kind.REFERRAL_WITHDRAWN,
        Audience.ON_CASE,
        _("A referral was withdrawn."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_WITHDRAWN, Audience.DESK, _("A referral was withdrawn."), "desk"
    ),
    Telling(
        Kind.REFERRAL_ACCEPTED,
        Audience.ON_CASE,
        _("A partner takes up a referral."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_DECLINED,
        Audience.ON_CASE,
        _("A partner cannot take up a referral."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_ANSWERED,
        Audience.ON_CASE,
        _("There is an answer of a partner."),
        "case-referrals",
    ),
    Telling(
        Kind.REFERRAL_COMPLETED,
        Audience.ON_CASE,
        _("A partner has completed a referral."),
        "case-referrals",
    ),
    Telling(
        Kind.PLAN_ACCEPTED,
        Audience.ON_CASE,
        _("A reporter wants aftercare."),
        "case-aftercare",
    ),
    Telling(
        Kind.PLAN_DECLINED,
        Audience.ON_CASE,
        _("A reporter wants no aftercare."),
        "case-aftercare",
    ),
    Telling(
        Kind.CHECK_IN_ANSWERED,
        Audience.ON_CASE,
        _("A reporter answered how things are."),
        "case-aftercare",
    ),
    Telling(
        Kind.STORY_AGREED,
        Audience.ON_CASE,
        _("A reporter agrees to a practice story."),
        "case-story",
    ),
    Telling(
        Kind.STORY_CHANGE_WANTED,
        Audience.ON_CASE,
        _("A reporter wants another text of a practice story."),
        "case-story",
    ),
    Telling(
        Kind.STORY_ENDED,
        Audience.ON_CASE,
        _("A practice story has ended."),
        "case-story",
    ),
    Telling(
        Kind.STORY_SENT,
        Audience.ANALYSTS,
        _("A practice story lies in the letterbox."),
        "network-story-desk",
    ),
    *(
        Telling(
            kind,
            Audience.STORYTELLERS,
            _("The network looked at stories. There may be an answer to yours."),
            "stories",
        )
        for kind in (
            Kind.EDITION_PUBLISHED,
            Kind.EDITION_RETURNED,
            Kind.EDITION_REFUSED,
            Kind.EDITION_WITHDRAWN,
        )
    ),
    Telling(
        Kind.RELEASE_MADE,
        Audience.ANALYSTS,
        _("New figures have been counted."),
        "figures",
    ),
    Telling(
        Kind.RELEASE_APPROVE,
        Audience.ANALYSTS,
        _("Figures wait for a second person."),
        "figures",
    ),
    Telling(
        Kind.RELEASE_WITHDRAW,
        Audience.ANALYSTS,
        _("Published figures were withdrawn."),
        "figures",
    ),
    Telling(
        Kind.PERSON_ENDORSED,
        Audience.COLLEAGUES,
        _("The key of a colleague was confirmed."),
        "colleagues",
    ),
    Telling(
        Kind.ENDORSEMENT_ENDED,
        Audience.COLLEAGUES,
        _("The key of a colleague counts no longer."),
        "colleagues",
    ),
    Telling(
        Kind.ROOT_FOUNDED,
        Audience.COLLEAGUES,
        _("A main key was made for your organisation."),
        "root",
    ),
    Telling(
        Kind.SHARE_ENTERED,
        Audience.COLLEAGUES,
        _("Somebody entered a share of the main key."),
        "root",
    ),
    Telling(
        Kind.ROOT_RECOVERED,
        Audience.COLLEAGUES,
        _("A colleague received the cases by the main key."),
        "root",
    ),
    Telling(
        Kind.VAULT_RECOVERED,
        Audience.ONESELF,
        _("Your vault was opened with the recovery code."),
        "account",
    ),
    Telling(
        Kind.PASSWORD_CHANGED,
        Audience.ONESELF,
        _("Your password was changed."),
        "account",
    ),
    Telling(
        Kind.FACTOR_ADDED,
        Audience.ONESELF,
        _("A second step was added to your account."),
        "factors",
    ),
    Telling(
        Kind.FACTOR_REMOVED,
        Audience.ONESELF,
        _("A second step was removed from your account."),
        "factors",
    ),
    Telling(
        Kind.PASSKEY_CONNECTED,
        Audience.ONESELF,
        _("A passkey now opens your vault."),
        "factors",
    ),
    Telling(
        Kind.CODES_RENEWED,
        Audience.ONESELF,
        _("New reserve codes were made for your account."),
        "factors",
    ),
    Telling(
        Kind.CODE_USED,
        Audience.ONESELF,
        _("Somebody signed in with one of your reserve codes."),
        "factors",
    ),
    Telling(
        Kind.DEVICE_NEW,
        Audience.ONESELF,
        _("Somebody signed in to your account with a device that we do not know."),
        "sessions",
    ),
    Telling(
        Kind.SIGN_IN_FAILED,
        Audience.ONESELF,
        _("Signing in to your account failed several times."),
        "account",
    ),
    Telling(
        Kind.SESSION_ENDED,
        Audience.ONESELF,
        _("A session of yours was ended."),
        "sessions",
    ),
    Telling(
        Kind.IDENTITY_BOUND,
        Audience.ONESELF,
        _("An account of your organisation now signs in here as you."),
        "account",
    ),
    Telling(
        Kind.SERVER_KEY_ON,
        Audience.ONESELF,
        _("A key of the server now opens your vault. That is weaker."),
        "account",
    ),
    Telling(
        Kind.TOKEN_MADE,
        Audience.ONESELF,
        _("A token was made for your account."),
        "tokens",
    ),
)


def rows_of(kind: str) -> list[Telling]:
    """Whom an event of this kind tells."""
    return [row for row in ROWS if row.kind == kind]


def sentence(kind: str, page: str) -> Promise:
    """What a notice of this kind says that leads to this page."""
    return next(row.text for row in rows_of(kind) if row.page == page)
