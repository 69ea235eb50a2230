"""Nothing behind her back: what is done with her name and her report, and her veto."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

import cases.services as case_services
from cases.models import Approval, Case, Purpose
from cases.workflow import ApprovalState
from intake.services.entering import Access
from intake.services.people import Person, people
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Role
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.web.refusals import NotPossibleNow


@dataclass(frozen=True)
class Opening:
    """Somebody looked at the reporter's name."""

    person: Person
    at: datetime


def identity_openings(case: Case, today: date) -> list[Opening]:
    """Who opened the name of a confidential reporter, and when: nothing behind her
    back.
    """
    events = list(Event.objects.about(case.pk).filter(kind=Kind.IDENTITY_OPENED))
    users = list(User.objects.filter(pk__in={e.actor_id for e in events if e.actor_id}))
    known = people(users, case.organisation_id, today)
    return [Opening(known[e.actor_id], e.at) for e in events if e.actor_id in known]


# What was asked of a second person, and what came of it; roles, never names.
ASKED: dict[str, str | Promise] = {
    Purpose.IDENTITY: gettext_lazy("A handler asked to see your name."),
    Purpose.EXPORT: gettext_lazy("A handler asked to export your report."),
    Purpose.DESTRUCTION: gettext_lazy("A handler asked to destroy your report early."),
}
ANSWERED: dict[str, str | Promise] = {
    ApprovalState.ASKED: gettext_lazy("There is no answer yet."),
    ApprovalState.WITHDRAWN: gettext_lazy("The handler took the request back."),
    ApprovalState.LAPSED: gettext_lazy("Nobody answered, so nothing happened."),
}
AGREED: dict[tuple[str, bool], str | Promise] = {
    (Role.CUSTODIAN, True): gettext_lazy("A custodian of names agreed."),
    (Role.CUSTODIAN, False): gettext_lazy("A custodian of names did not agree."),
    (Role.HANDLER, True): gettext_lazy("Another handler agreed."),
    (Role.HANDLER, False): gettext_lazy("Another handler did not agree."),
}


@dataclass(frozen=True)
class Asked:
    """What two people decided, or still have to, as the reporter is told of it."""

    approval: Approval
    text: str | Promise
    answer: str | Promise

    @property
    def on(self) -> date:
        return timezone.localdate(self.approval.asked_at)


def requests_about(case: Case) -> list[Asked]:
    """Each request that takes two people, oldest first; not why."""
    return [_told(one) for one in case.approvals.all()]


def _told(approval: Approval) -> Asked:
    said = ANSWERED.get(approval.state)
    if said is None:
        yes = approval.state != ApprovalState.REFUSED
        said = AGREED[approval.answered_as, yes]
    return Asked(approval, ASKED[approval.purpose], said)


@dataclass(frozen=True)
class Changed:
    """Something else that was done with her report, on a day."""

    text: str | Promise
    on: date


def changes_about(case: Case) -> list[Changed]:
    """Who no longer sees the report, by role, and whether it was exported."""
    kinds = [Kind.CASE_RECUSED, Kind.CASE_EXPORTED]
    found = Event.objects.about(case.pk).filter(kind__in=kinds)
    return [Changed(_change(one), timezone.localdate(one.at)) for one in found]


def _change(event: Event) -> str | Promise:
    if event.kind == Kind.CASE_EXPORTED:
        return gettext_lazy("A handler exported your report.")
    if event.actor_kind == "reporter":
        return gettext_lazy("You excluded somebody. That person no longer sees it.")
    if str(event.actor_id) == event.facts.get("person"):
        return gettext_lazy("A handler stepped back and no longer sees your report.")
    return gettext_lazy("Somebody was excluded and no longer sees your report.")


class NotThere(NotPossibleNow):
    """Somebody who does not see the report, or no longer."""

    title = gettext_lazy("This person does not see your report")
    detail = gettext_lazy("Look at the page again.")


def readers_of(access: Access, now: datetime) -> dict[str, Person]:
    """Who sees something of this report now, so that she can exclude one."""
    today = timezone.localdate(now)
    found = case_services.may_be_excluded(access.case, today)
    known = people(found, access.case.organisation_id, today)
    return {str(pk): person for pk, person in known.items()}


def exclude(access: Access, person: str, *, now: datetime) -> None:
    """She keeps somebody out, at once (R-12). Raises NotThere, NobodyLeftForYou."""
    known = readers_of(access, now)
    if person not in known:
        raise NotThere
    # Handlers read this line; the house speaks Dutch with them.
    with override("nl"):
        words = _("I do not want this person to see my report: %(name)s.") % {
            "name": known[person].name
        }
    case_services.exclude(
        access.case,
        User.objects.get(pk=person),
        words,
        by=access.by,
        keyring=access.keyring,
        now=now,
    )
