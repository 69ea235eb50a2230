"""The reporter's own side of a case: what she reads there, and her verbs."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import aftercare.services as aftercare
import cases.services as case_services
import referrals.services as referrals
from cases.models import (
    DIALOGUE,
    Capacity,
    Case,
    Commitment,
    CommitmentKind,
    StatementKind,
)
from cases.services import Counting, Opened
from cases.workflow import State
from intake.services.entering import Access
from intake.services.people import Person, people
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.stories import services as stories
from weerbaar.web.refusals import NotPossibleNow

# What a reporter is told of our promises; tasks among handlers are not hers to follow,
# and check-ins are shown by aftercare.
TOLD = (
    CommitmentKind.FIRST_CONTACT,
    CommitmentKind.RECEPTION_TALK,
    CommitmentKind.REACTION,
    CommitmentKind.WORRYING_ANSWER,
    CommitmentKind.REFERRAL_ANSWER,
    CommitmentKind.REPLY,
)


class NotKept(NotPossibleNow):
    """The reporter did not choose to read the report back."""

    title = _("You cannot read your report here")
    detail = _("When you reported, you did not choose to read it back. That is safer.")


def thread(access: Access) -> list[Opened]:
    """Messages, advice and answers both ways, oldest first."""
    return case_services.read_thread(access.case, DIALOGUE, access.keyring)


def can_reread(access: Access) -> bool:
    """Did she choose to read the report back?"""
    return access.case.statements.filter(
        kind=StatementKind.REPORT, key_id=access.case.dialogue_key_id
    ).exists()


def reread(access: Access, *, now: datetime) -> Opened:
    """The own report. Raises NotKept when she did not choose so."""
    if not can_reread(access):
        raise NotKept
    opened = case_services.read_report(
        access.case, by=access.by, keyring=access.keyring, now=now
    )
    if opened is None:
        raise NotKept
    return opened


def promises(case: Case) -> list[Commitment]:
    """What we promised the reporter and still have to do, soonest first."""
    return list(case.commitments.open().filter(kind__in=TOLD))


def handler_of(case: Case, today: date) -> Person | None:
    """Who handles the case now, if somebody does."""
    on = case_services.people_on(case)
    owners = [a.user for a in on if a.capacity == Capacity.OWNER]
    return people(owners, case.organisation_id, today)[owners[0].pk] if owners else None


def last_move(case: Case) -> str:
    """The kind of the last step of the case; empty when nobody moved it yet."""
    moved = Event.objects.about(case.pk).filter(
        facts__has_key="to_state", subject_type=Case._meta.label_lower
    )
    last = moved.last()
    return last.kind if last else ""


def wish_of(messages: list[Opened]) -> str:
    """The wish as she last changed it here; empty when she did not."""
    wishes = [m.body["wish"] for m in messages if m.body.get("wish")]
    return str(wishes[-1]) if wishes else ""


def reply(
    access: Access, text: str, *, now: datetime, once: UUID | None = None
) -> None:
    """She writes to the handlers; with `once` the same message is written once. Raises
    WordsMissing, TooLong.
    """
    case_services.reply(
        access.case, text, by=access.by, keyring=access.keyring, now=now, once=once
    )


@transaction.atomic
def change_wish(access: Access, wish: str, *, now: datetime) -> None:
    """She wants something else done than before (R-6); saying it twice is once."""
    Case.objects.select_for_update().get(pk=access.case.pk)
    if wish == wish_of(thread(access)):
        return
    case_services.change_wish(
        access.case, wish, by=access.by, keyring=access.keyring, now=now
    )


def counting(access: Access) -> Counting:
    """Whether she lets her report count."""
    return case_services.counting_of(access.case, access.keyring)


def can_change_counting(access: Access) -> bool:
    """Whether that choice still makes a difference: until the figures are final."""
    return case_services.may_change_counting(access.case)


def change_counting(access: Access, *, counted: bool, now: datetime) -> None:
    """She lets her report count, or not. Raises FiguresFinal."""
    case_services.change_counting(
        access.case, counted=counted, by=access.by, keyring=access.keyring, now=now
    )


def can_withdraw(access: Access) -> bool:
    """Whether the report can still be taken back: until the assessment has ended."""
    return access.case.state in {State.REPORTED, State.TRIAGE}


def is_withdrawn(access: Access) -> bool:
    """Whether she took the report back, and nothing happened since."""
    return last_move(access.case) == Kind.CASE_WITHDRAW


@transaction.atomic
def withdraw(access: Access, *, now: datetime) -> None:
    """She takes the report back, and everything that was set going for it (R-10).

    Raises StepNotPossible after the assessment.
    """
    case_services.withdraw(access.case, by=access.by, now=now)
    aftercare.let_go(access.case, by=access.by, now=now)
    referrals.let_go(access.case, by=access.by, now=now)
    stories.let_go(access.case, by=access.by, keyring=access.keyring, now=now)
