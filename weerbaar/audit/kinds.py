"""The kinds of event, their labels, and their facts: never words or names."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """`<subject>.<what happened>`; the label is what the timeline says."""

    CASE_OPENED = "case.opened", _("report received")
    CASE_BEGIN_TRIAGE = "case.begin_triage", _("assessment begun")
    CASE_DISMISS = "case.dismiss", _("closed after assessment")
    CASE_ADVISE = "case.advise", _("advice given")
    CASE_RESPOND = "case.respond", _("measures agreed")
    CASE_BEGIN_AFTERCARE = "case.begin_aftercare", _("aftercare begun")
    CASE_RESUME_RESPONSE = "case.resume_response", _("measures resumed")
    CASE_EVALUATE = "case.evaluate", _("evaluation begun")
    CASE_CLOSE = "case.close", _("case closed")
    CASE_CLOSE_ADVICE = "case.close_advice", _("advice case closed")
    CASE_REOPEN = "case.reopen", _("case reopened")
    CASE_WITHDRAW = "case.withdraw", _("report withdrawn by the reporter")
    CASE_CLASSIFIED = "case.classified", _("classification changed")
    CASE_ASSIGNED = "case.assigned", _("handler assigned")
    CASE_HANDED_OVER = "case.handed_over", _("case handed over")
    CASE_DEPUTISED = "case.deputised", _("deputy appointed")
    CASE_DEPUTY_ENDED = "case.deputy_ended", _("deputising ended")
    CASE_OPENED_BY = "case.looked", _("case looked at")
    CASE_GRANTED = "case.granted", _("access given to a colleague")
    CASE_LEFT = "case.left", _("access of a colleague ended")
    CASE_SEALED = "case.sealed", _("header sealed")
    CASE_REKEYED = "case.rekeyed", _("case sealed anew with new keys")
    CASE_HELD = "case.held", _("kept beyond its term")
    CASE_UNHELD = "case.unheld", _("no longer kept beyond its term")
    RETENTION_NEAR = "case.ending", _("end of the term announced")
    RETENTION_DUE = "case.ended", _("end of the term reached")
    CASE_DESTROYED = "case.destroyed", _("case destroyed")
    CASE_RECUSED = "case.recused", _("somebody may no longer see the case")
    CASE_EXPORTED = "case.exported", _("case exported")
    WISH_CHANGED = "case.wish_changed", _("reporter changed the wish")
    COUNTING_CHOSEN = "case.counting_chosen", _("reporter chose about the figures")

    STATEMENT_WRITTEN = "statement.written", _("note written")
    STATEMENT_READ = "statement.read", _("text opened")
    MESSAGE_SENT = "message.sent", _("message to the reporter")
    REPLY_RECEIVED = "message.received", _("message from the reporter")
    IDENTITY_OPENED = "identity.opened", _("name of the reporter opened")
    IDENTITY_READ = "identity.read", _("name of the reporter looked at")
    APPROVAL_ASKED = "approval.asked", _("second person asked")
    APPROVAL_GRANTED = "approval.granted", _("second person agreed")
    APPROVAL_REFUSED = "approval.refused", _("second person did not agree")
    APPROVAL_WITHDRAWN = "approval.withdrawn", _("request taken back")
    APPROVAL_LAPSED = "approval.lapsed", _("request not answered in time")
    APPROVAL_ENDED = "approval.ended", _("approval is over")
    ACCESS_CLOSED = "receipt.closed", _("reporter closed the own access")
    MAILBOX_OPENED = "receipt.used", _("reporter opened the mailbox")

    FILE_ADDED = "file.added", _("file added")
    FILES_RECEIVED = "file.received", _("files from the reporter")
    FILE_OPENED = "file.opened", _("file opened")
    FILE_ORIGINAL_OPENED = "file.original", _("original of a file opened")
    FILES_REMOVED = "file.removed", _("files removed")

    COMMITMENT_MADE = "commitment.made", _("promise made")
    COMMITMENT_KEPT = "commitment.kept", _("promise kept")
    COMMITMENT_MISSED = "commitment.missed", _("promise not kept")
    COMMITMENT_MOVED = "commitment.moved", _("promise moved")
    COMMITMENT_CANCELLED = "commitment.cancelled", _("promise no longer needed")
    COMMITMENT_DUE = "commitment.due", _("promise is due")

    REFERRAL_PROPOSED = "referral.propose", _("referral proposed")
    REFERRAL_REVISED = "referral.revise", _("text of the referral changed")
    REFERRAL_CONSENTED = "referral.consent", _("consent to the referral given")
    REFERRAL_REFUSED = "referral.refuse", _("consent to the referral refused")
    REFERRAL_SENT = "referral.send", _("referral sent")
    REFERRAL_RECEIVED = "referral.receive", _("referral opened by the partner")
    REFERRAL_ACCEPTED = "referral.accept", _("referral accepted")
    REFERRAL_DECLINED = "referral.decline", _("referral declined")
    REFERRAL_COMPLETED = "referral.complete", _("referral completed")
    REFERRAL_WITHDRAWN = "referral.withdraw", _("referral withdrawn")
    REFERRAL_ANSWERED = "referral.answered", _("answer of the partner received")
    REFERRAL_RELEASED = "referral.released", _("answer released to the reporter")

    PLAN_OFFERED = "aftercare.offer", _("aftercare offered")
    PLAN_ACCEPTED = "aftercare.accept", _("aftercare accepted")
    PLAN_DECLINED = "aftercare.decline", _("aftercare declined")
    PLAN_COMPLETED = "aftercare.complete", _("aftercare completed")
    CHECK_IN_ANSWERED = "check_in.answer", _("check-in answered")
    CHECK_IN_HELD = "check_in.hold", _("check-in held")
    CHECK_IN_MISSED = "check_in.miss", _("check-in missed")
    CHECK_IN_CANCELLED = "check_in.cancel", _("check-in cancelled")
    CHECK_IN_PLANNED = "check_in.planned", _("check-in planned")

    STORY_WRITTEN = "story.written", _("practice story written")
    STORY_REVISED = "story.revise", _("text of the practice story changed")
    STORY_AGREED = "story.agree", _("consent to the practice story given")
    STORY_CHANGE_WANTED = "story.ask_change", _("another text of the story wanted")
    STORY_SENT = "story.send", _("practice story sent to the network")
    STORY_ENDED = "story.end", _("practice story ended")
    EDITION_RECEIVED = "edition.received", _("story taken out of the letterbox")
    EDITION_READ = "edition.read", _("story read by an editor")
    EDITION_PUBLISHED = "edition.publish", _("story published")
    EDITION_RETURNED = "edition.send_back", _("story sent back")
    EDITION_REFUSED = "edition.refuse", _("story not published")
    EDITION_WITHDRAWN = "edition.take_off", _("story taken off")

    RELEASE_MADE = "release.made", _("figures counted")
    RELEASE_ROUND = "release.round", _("figures rounded")
    RELEASE_AUDIT = "release.audit", _("figures checked")
    RELEASE_APPROVE = "release.approve", _("figures approved")
    RELEASE_PUBLISH = "release.publish", _("figures published")
    RELEASE_SUPERSEDE = "release.supersede", _("figures replaced")
    RELEASE_WITHDRAW = "release.withdraw", _("figures withdrawn")
    RELEASE_SIGNED = "release.signed", _("figures signed")
    RELEASE_REFUSE = "release.refuse", _("figures refused")
    FIGURES_KEY_DESTROYED = "figures.key_destroyed", _("key of the year destroyed")
    OWN_FIGURES_TAKEN = "figures.own_taken", _("exact figures of own cases taken out")
    REGISTER_KEPT = "register.kept", _("register of posts kept")
    FACT_KEPT = "fact.kept", _("known number entered")
    FACT_ENDED = "fact.ended", _("known number taken out")
    THEME_NAMED = "theme.named", _("priority theme named")
    THEME_DROPPED = "theme.dropped", _("priority theme not chosen")
    THEME_PROPOSED = "theme.proposed", _("priority theme proposed")
    THEME_WITHDRAWN = "theme.withdrawn", _("proposal of a theme taken back")
    SUPPORT_GIVEN = "theme.supported", _("support for a theme given")
    SUPPORT_ENDED = "theme.unsupported", _("support for a theme taken back")
    MONEY_COMMITTED = "activity.committed", _("money committed to an activity")
    ACTIVITY_DONE = "activity.done", _("result of an activity written")
    ACTIVITY_CANCELLED = "activity.cancelled", _("activity cancelled")
    INSTRUMENT_PROPOSED = "instrument.proposed", _("instrument proposed")
    INSTRUMENT_CHECKED = "instrument.checked", _("instrument checked")
    INSTRUMENT_PUBLISHED = "instrument.published", _("instrument published")
    INSTRUMENT_WITHDRAWN = "instrument.withdrawn", _("instrument taken off the list")

    VIEW_KEPT = "view.kept", _("view of the worklist kept")
    VIEW_DROPPED = "view.dropped", _("view of the worklist removed")
    TEXT_KEPT = "text.kept", _("standard text kept")
    TEXT_REMOVED = "text.removed", _("standard text removed")

    ORGANISATION_ADDED = "organisation.added", _("organisation added")
    RETENTION_SET = "organisation.retention", _("term of keeping cases set")
    AFTERCARE_SET = "organisation.aftercare", _("aftercare moments set")
    PERSON_INVITED = "person.invited", _("person invited")
    KEY_GRANTED = "key.granted", _("access given")
    KEY_REVOKED = "key.revoked", _("access taken back")

    ROOT_FOUNDED = "root.founded", _("root of the organisation made")
    PERSON_ENDORSED = "person.endorsed", _("key of a colleague confirmed")
    ENDORSEMENT_ENDED = "person.unendorsed", _("key of a colleague ended")
    SHARE_ENTERED = "root.share", _("share of the main key entered")
    ROOT_RECOVERED = "root.recovered", _("recovery with the main key")
    PERSON_LEFT = "person.left", _("person left the organisation")
    ACCESS_REVIEWED = "access.reviewed", _("access reviewed")
    VAULT_MADE = "vault.made", _("vault made")
    VAULT_RENEWED = "vault.renewed", _("vault got a new key")
    VAULT_OPENED = "vault.opened", _("vault opened")
    VAULT_RECOVERED = "vault.recovered", _("vault opened with the recovery code")
    RECOVERY_CODE_MADE = "vault.code", _("new recovery code made")
    PASSWORD_CHANGED = "vault.password", _("password changed")
    PASSKEY_CONNECTED = "vault.passkey", _("passkey opens the vault")
    FACTOR_ADDED = "factor.added", _("second step added")
    FACTOR_REMOVED = "factor.removed", _("second step removed")
    FACTOR_RENAMED = "factor.renamed", _("second step named")
    CODES_RENEWED = "factor.codes", _("reserve codes made")
    CODE_USED = "factor.code_used", _("reserve code used")
    DEVICE_NEW = "sign_in.new_device", _("signed in with a new device")
    SIGN_IN_FAILED = "sign_in.failed", _("sign-in failed several times")
    SESSION_ENDED = "session.ended", _("session ended")
    IDENTITY_BOUND = "sign_in.bound", _("account of the organisation connected")
    IDENTITY_UNBOUND = "sign_in.unbound", _("account of the organisation let go")
    SERVER_KEY_ON = "vault.server_on", _("key of the server opens the vault")
    SERVER_KEY_OFF = "vault.server_off", _("key of the server no longer opens")
    TOKEN_MADE = "token.made", _("personal token made")
    TOKEN_ENDED = "token.ended", _("personal token ended")


def kinds() -> list[tuple[str, str | Promise]]:
    """The choices of an event; a function, so that a new kind changes no table."""
    return list(Kind.choices)


# What an event of a kind may say besides who, when and about what.
FACTS: dict[str, frozenset[str]] = {
    Kind.STATEMENT_WRITTEN: frozenset({"what"}),
    Kind.STATEMENT_READ: frozenset({"what"}),
    Kind.COMMITMENT_MADE: frozenset({"what", "due"}),
    Kind.COMMITMENT_KEPT: frozenset({"what", "due"}),
    Kind.COMMITMENT_MISSED: frozenset({"what", "due"}),
    Kind.COMMITMENT_MOVED: frozenset({"what", "due"}),
    Kind.COMMITMENT_CANCELLED: frozenset({"what", "due"}),
    Kind.COMMITMENT_DUE: frozenset({"what", "due"}),
    Kind.CASE_ASSIGNED: frozenset({"person"}),
    Kind.CASE_HANDED_OVER: frozenset({"person"}),
    Kind.CASE_DEPUTISED: frozenset({"person", "until"}),
    Kind.CASE_DEPUTY_ENDED: frozenset({"person"}),
    # By which the history knows what was sealed last: an older one put back shows.
    Kind.CASE_OPENED: frozenset({"digest"}),
    Kind.CASE_SEALED: frozenset({"digest"}),
    Kind.RETENTION_NEAR: frozenset({"until"}),
    Kind.RETENTION_DUE: frozenset({"until"}),
    Kind.CASE_DESTROYED: frozenset({"what"}),
    Kind.RETENTION_SET: frozenset({"what", "months"}),
    Kind.CASE_RECUSED: frozenset({"person"}),
    Kind.APPROVAL_ASKED: frozenset({"what"}),
    Kind.APPROVAL_GRANTED: frozenset({"what", "person"}),
    Kind.APPROVAL_REFUSED: frozenset({"what", "person"}),
    Kind.APPROVAL_WITHDRAWN: frozenset({"what"}),
    Kind.APPROVAL_LAPSED: frozenset({"what", "person"}),
    Kind.APPROVAL_ENDED: frozenset({"what"}),
    Kind.REFERRAL_CONSENTED: frozenset({"how"}),
    Kind.REFERRAL_REFUSED: frozenset({"how"}),
    Kind.STORY_AGREED: frozenset({"how"}),
    Kind.CHECK_IN_PLANNED: frozenset({"due"}),
    Kind.CHECK_IN_ANSWERED: frozenset({"worrying"}),
    Kind.RELEASE_MADE: frozenset({"year"}),
    Kind.RELEASE_PUBLISH: frozenset({"year"}),
    Kind.RELEASE_WITHDRAW: frozenset({"year", "why"}),
    Kind.FIGURES_KEY_DESTROYED: frozenset({"year"}),
    Kind.OWN_FIGURES_TAKEN: frozenset({"year"}),
    Kind.REGISTER_KEPT: frozenset({"year"}),
    Kind.FACT_KEPT: frozenset({"year"}),
    Kind.FACT_ENDED: frozenset({"year"}),
    Kind.THEME_NAMED: frozenset({"year", "support"}),
    Kind.THEME_DROPPED: frozenset({"year"}),
    Kind.THEME_PROPOSED: frozenset({"year"}),
    Kind.MONEY_COMMITTED: frozenset({"year", "euros"}),
    Kind.PERSON_INVITED: frozenset({"role"}),
    # Lists of one length: a key, the key of who holds it, and the row that says so.
    Kind.KEY_GRANTED: frozenset({"keys", "holders", "digests"}),
    Kind.KEY_REVOKED: frozenset({"keys", "holders", "digests"}),
    Kind.VAULT_MADE: frozenset({"key"}),
    Kind.VAULT_RENEWED: frozenset({"key"}),
    Kind.ROOT_FOUNDED: frozenset({"root"}),
    Kind.PERSON_ENDORSED: frozenset({"person", "key"}),
    Kind.ENDORSEMENT_ENDED: frozenset({"person"}),
    Kind.CASE_GRANTED: frozenset({"person"}),
    Kind.CASE_LEFT: frozenset({"person"}),
    Kind.SHARE_ENTERED: frozenset({"number"}),
    Kind.ROOT_RECOVERED: frozenset({"person", "root"}),
    Kind.PERSON_LEFT: frozenset({"person"}),
    Kind.ACCESS_REVIEWED: frozenset({"people"}),
}
# Every move of a machine also says from where to where.
MOVE_FACTS = frozenset({"from_state", "to_state"})
