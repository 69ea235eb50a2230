"""Everything that a case holds, opened once, for who was allowed to take it out.

The name of a confidential reporter is not in it: that is a request of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cases.models import Approval, Case, Purpose
from cases.permissions import may_handle
from cases.services.ending import ApprovalOver, end
from cases.services.files import OpenedFile, files_of, open_file
from cases.services.naming import open_identity
from cases.services.people import people_on
from cases.services.reading import Moment, header_of, timeline
from cases.services.request_words import answer_given, reason_asked
from cases.services.sealing import open_statement
from cases.services.wording import reason_of, words_of
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed

# What a room above this one tells of a case: things with a title and labelled lines.
Thing = dict[str, Any]
Room = Callable[[Case, Keyring], list[Thing]]
_rooms: dict[str, tuple[Any, Room]] = {}


def register_room(name: str, label: Any, tell: Room) -> None:
    """For the rooms above, at start-up: `tell` opens what they keep of a case."""
    _rooms[name] = (label, tell)


@dataclass(frozen=True)
class Exported:
    """An opened case: plain values, the words as they were written."""

    case: Case
    by: User
    at: datetime
    header: dict[str, Any]
    identity: dict[str, Any]
    people: list[dict[str, Any]] = field(default_factory=list)
    statements: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    # By the name of the room its label and what it keeps.
    rooms: dict[str, tuple[Any, list[Thing]]] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    files: list[OpenedFile] = field(default_factory=list)


# What tells nothing about the case, and would tie it to the figures.
LEFT_OUT = (
    "case_token",
    "person_token",
    "person_mark",
    "figure_revision",
    "figure_said",
    "recused",
)


@transaction.atomic
def export_case(
    approval: Approval, *, by: User, keyring: Keyring, now: datetime
) -> Exported:
    """Take a case out, once, after a second person agreed.

    Raises NotAllowed, ApprovalOver, StepNotPossible and vault errors.
    """
    case = approval.case
    if approval.asked_by_id != by.pk or not may_handle(case, by):
        raise NotAllowed
    if approval.purpose != Purpose.EXPORT or not approval.holds(now):
        raise ApprovalOver
    end(approval, by=by, now=now)
    header = header_of(case, keyring).to_dict()
    named = header["anonymity"] == "named"
    found = Exported(
        case,
        by,
        now,
        header={k: v for k, v in header.items() if k not in LEFT_OUT},
        identity=open_identity(case, by=by, keyring=keyring, now=now) if named else {},
        people=_people(case),
        statements=_statements(case, keyring),
        promises=_promises(case, keyring),
        requests=_requests(case, keyring),
        rooms={
            name: (label, tell(case, keyring)) for name, (label, tell) in _rooms.items()
        },
        moments=timeline(case),
        files=_files(case, by=by, keyring=keyring, now=now),
    )
    record(
        Kind.CASE_EXPORTED, case, by=by, now=now, organisation_id=case.organisation_id
    )
    return found


def _people(case: Case) -> list[dict[str, Any]]:
    return [
        {"name": one.user.name, "capacity": one.capacity, "since": one.since}
        for one in people_on(case)
    ]


def _statements(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "author": one.author.name if one.author else "",
            "writtenOn": one.written_on,
            "body": open_statement(one, keyring.open(one.key_id)),
        }
        for one in case.statements.select_related("author")
    ]


def _files(
    case: Case, *, by: User, keyring: Keyring, now: datetime
) -> list[OpenedFile]:
    """Each file that this handler can open; read piece by piece while it is sent."""
    return [
        open_file(case, one.attachment.pk, by=by, keyring=keyring, now=now)
        for one in files_of(case, keyring)
        if one.piece is not None
    ]


def _promises(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "state": one.state,
            "dueOn": one.due_on,
            "settledOn": one.settled_on,
            "owner": one.owner.name if one.owner else "",
            "text": words_of(one, keyring),
            "reason": reason_of(one, keyring),
        }
        for one in case.commitments.select_related("case", "owner")
    ]


def _requests(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    return [
        {
            "purpose": one.purpose,
            "state": one.state,
            "askedBy": one.asked_by.name,
            "askedAt": one.asked_at,
            "answeredBy": one.answered_by.name if one.answered_by else "",
            "reason": reason_asked(one, keyring),
            "answer": answer_given(one, keyring),
        }
        for one in case.approvals.select_related("asked_by", "answered_by")
    ]
