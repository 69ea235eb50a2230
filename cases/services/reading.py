"""Reading a case: the worklist, the page, and the texts, each look an event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q

from cases.header import Header
from cases.models import (
    Assignment,
    Case,
    CaseQuerySet,
    Commitment,
    Statement,
    StatementKind,
)
from cases.permissions import may_handle
from cases.services.sealing import open_header, open_statement
from cases.workflow import State
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, KeyKind
from weerbaar.web.refusals import NotAllowed


@dataclass(frozen=True)
class Row:
    """A line of the worklist: the case, its opened header and its next promise."""

    case: Case
    header: Header
    next_promise: Commitment | None
    owner: User | None

    def is_overdue(self, today: date) -> bool:
        return self.next_promise is not None and self.next_promise.is_overdue(today)


@dataclass(frozen=True)
class Opened:
    """A statement with its words."""

    statement: Statement
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.body.get("text", ""))


def header_of(case: Case, keyring: Keyring) -> Header:
    """The classification of one case. Raises vault errors."""
    return open_header(case, keyring.open(case.case_key_id))


def recused_in(case: Case, keyring: Keyring) -> set[str]:
    """Ids of who may never receive this case.

    From the sealed header, and from what the reporter said later in the mailbox: the
    header is out of her reach. Raises vault errors.
    """
    found = set(header_of(case, keyring).recused)
    for statement in case.statements.of_kinds([StatementKind.REPLY]):
        body = open_statement(statement, keyring.open(statement.key_id))
        if body.get("excludes"):
            found.add(str(body["excludes"]))
    return found


def current_wish(case: Case, keyring: Keyring) -> str:
    """What the reporter wants now: the newest word in the mailbox, or the report."""
    replies = case.statements.of_kinds([StatementKind.REPLY]).order_by("-sequence")
    for statement in replies:
        body = open_statement(statement, keyring.open(statement.key_id))
        if body.get("wish"):
            return str(body["wish"])
    return header_of(case, keyring).wish


def listed(cases: CaseQuerySet) -> list[Case]:
    """The cases with promises and owners, nothing opened; always three queries."""
    promises = Commitment.objects.open()
    owners = Assignment.objects.filter(capacity="owner", ended_on=None)
    return list(
        cases.prefetch_related(
            Prefetch("commitments", queryset=promises, to_attr="promised"),
            Prefetch(
                "assignments", queryset=owners.select_related("user"), to_attr="owners"
            ),
        )
    )


def worklist(cases: CaseQuerySet, keyring: Keyring) -> list[Row]:
    """The cases with their headers opened; one case takes as many queries as more."""
    found = listed(cases)
    keyring.preload([case.case_key_id for case in found])
    # What was erased can stand here again after a backup was put back.
    opened = [case for case in found if keyring.holds(case.case_key_id)]
    return [
        Row(
            case,
            open_header(case, keyring.open(case.case_key_id)),
            case.promised[0] if case.promised else None,  # type: ignore[attr-defined]
            case.owners[0].user if case.owners else None,  # type: ignore[attr-defined]
        )
        for case in opened
    ]


SEVERITY = {"very_serious": 0, "serious": 1, "less_serious": 2, "": 3}


def by_urgency(rows: list[Row], today: date) -> list[Row]:
    """Danger first, then what is overdue, then by due day and severity (H-1)."""

    def urgency(row: Row) -> tuple[bool, bool, date, int, date]:
        due = row.next_promise.due_on if row.next_promise else date.max
        return (
            not row.header.is_acute or row.case.state == State.CLOSED,
            not row.is_overdue(today),
            due,
            SEVERITY[row.header.severity],
            row.case.opened_on,
        )

    return sorted(rows, key=urgency)


def matching(
    rows: list[Row], *, state: str = "", severity: str = "", incident_type: str = ""
) -> list[Row]:
    """The rows that fit; what is sealed is compared after opening, never in SQL."""
    return [
        row
        for row in rows
        if (not state or row.case.state == state)
        and (not severity or row.header.severity == severity)
        and (not incident_type or _is_of(row.header, incident_type))
    ]


def _is_of(header: Header, group: str) -> bool:
    parents = {codes.get("incident_types", t).get("parent") for t in header.types}
    return group in header.types or group in parents


def reaches_reporter(case: Case) -> bool:
    """Whether a receipt still opens the dialogue, so that a message can be read."""
    return Grant.objects.filter(
        key_id=case.dialogue_key_id, holder__kind=KeyKind.RECEIPT
    ).exists()


def look(case: Case, *, by: User, now: datetime) -> None:
    """Record that somebody opened the page of a case (H-12: who looked)."""
    record(
        Kind.CASE_OPENED_BY, case, by=by, now=now, organisation_id=case.organisation_id
    )


@transaction.atomic
def read_report(
    case: Case, *, by: Any, keyring: Keyring, now: datetime
) -> Opened | None:
    """The story; the look itself is an event. Raises NotAllowed and vault errors."""
    statement = case.statements.of_kinds([StatementKind.REPORT]).first()
    if statement is None:
        return None
    if isinstance(by, User) and not may_handle(case, by):
        raise NotAllowed
    opened = Opened(
        statement, open_statement(statement, keyring.open(statement.key_id))
    )
    record(
        Kind.STATEMENT_READ,
        statement,
        by=by,
        now=now,
        about=case.pk,
        organisation_id=case.organisation_id,
        what=statement.kind,
    )
    return opened


def read_safe_contact(case: Case, keyring: Keyring) -> dict[str, Any]:
    """How to reach the reporter safely; stands on top of the page (R-11, H-3)."""
    statement = case.statements.of_kinds([StatementKind.CONTACT]).last()
    if statement is None:
        return {}
    return open_statement(statement, keyring.open(statement.key_id))


def read_thread(case: Case, kinds: Iterable[str], keyring: Keyring) -> list[Opened]:
    """Statements of some kinds, opened, oldest first. Raises vault errors."""
    statements = case.statements.of_kinds(kinds).select_related("author")
    return [Opened(s, open_statement(s, keyring.open(s.key_id))) for s in statements]


@dataclass(frozen=True)
class Moment:
    """A line of the timeline: the event, who did it and whom it was about."""

    event: Event
    person: User | None
    about: list[User]


def timeline(case: Case) -> list[Moment]:
    """Everything that happened in a case, oldest first, also who looked (H-12)."""
    # What the history keeps for itself is no news to a handler.
    events = list(Event.objects.about(case.pk).exclude(kind=Kind.CASE_SEALED))
    told = {e.pk: _concerned(e) for e in events}
    ids = {str(e.actor_id) for e in events if e.actor_id}
    ids = ids.union(*told.values())
    found = User.objects.filter(Q(pk__in=ids) | Q(key__in=ids))
    people = {str(u.pk): u for u in found} | {str(u.key_id): u for u in found}
    return [
        Moment(
            e,
            people.get(str(e.actor_id)),
            [people[one] for one in told[e.pk] if one in people],
        )
        for e in events
    ]


def _concerned(event: Event) -> list[str]:
    """Ids of whom an event is about: a person, or the keys of who got access."""
    person = [event.facts["person"]] if "person" in event.facts else []
    return list(dict.fromkeys([*person, *event.facts.get("holders", [])]))
