"""Advice asked beforehand: a case of its own kind, with a checklist of promises."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from cases.clocks import is_working_day, next_working_day
from cases.header import Header
from cases.models import Case, CommitmentKind, Kind
from cases.services.opening import CaseRequest, open_case
from cases.services.people import take_ownership
from cases.services.promises import promise
from cases.services.settling import check_day
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


@dataclass(frozen=True)
class PreventionRequest:
    """What somebody wants advice on; the checklist is what has to be done for it.

    Of the checklist, `before` falls due on the last working day before the meeting and
    `after` on the first one after it.
    """

    organisation: Organisation
    subject: str
    meeting_on: date
    expected: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    id: UUID = field(default_factory=uuid4)


@transaction.atomic
def open_prevention(
    request: PreventionRequest, *, by: User, keyring: Keyring, now: datetime
) -> Case:
    """Open a prevention case with its promises; whoever asks, handles it (H-28).

    The same request sent twice gives the same case. Raises NotAllowed, DayPassed.
    """
    today = timezone.localdate(now)
    if not by.may(Permission.HANDLE_CASES, request.organisation):
        raise NotAllowed
    check_day(request.meeting_on, now)
    if made := Case.objects.visible_to(by).filter(pk=request.id).first():
        return made
    opened = CaseRequest(
        id=request.id,
        organisation=request.organisation,
        kind=Kind.PREVENTION,
        header=Header(
            subject=request.subject,
            wish="think_along",
            anonymity="named",
            occurred=request.meeting_on.isoformat(),
        ),
        report={"text": request.expected},
        identity={"name": by.name},
    )
    case = open_case(opened, by=by, now=now)
    take_ownership(case, by, now=now)
    dues = [(text, day_before(request.meeting_on, today)) for text in request.before]
    after = next_working_day(request.meeting_on + timedelta(days=1))
    dues += [(text, after) for text in request.after]
    for text, due in dues:
        promise(
            case,
            CommitmentKind.TASK,
            due_on=due,
            by=by,
            now=now,
            words=text,
            keyring=keyring,
        )
    return case


def day_before(meeting_on: date, today: date) -> date:
    """The last working day before the meeting, but not a day that has passed."""
    day = meeting_on - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return max(day, today)
