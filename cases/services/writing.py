"""The verbs of who writes: internal notes, messages both ways, another wish."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cases.models import (
    Awaits,
    Case,
    Commitment,
    CommitmentKind,
    Statement,
    StatementKind,
)
from cases.permissions import is_reporter, may_handle
from cases.services.promises import promise
from cases.services.settling import check_day, fulfil
from cases.services.statements import sent_before, write_statement
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed


def write_note(
    case: Case,
    text: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
    once: UUID | None = None,
) -> Statement:
    """A note for handlers; the reporter never sees it. Raises NotAllowed."""
    if not may_handle(case, by):
        raise NotAllowed
    return write_statement(
        case,
        StatementKind.NOTE,
        {"text": text},
        by=by,
        keyring=keyring,
        now=now,
        once=once,
    )


@transaction.atomic
def send_message(
    case: Case,
    text: str,
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
    answer_by: date | None = None,
    once: UUID | None = None,
) -> Statement:
    """A message that the reporter reads in the mailbox; may ask for an answer by a day.

    A first contact that was promised is kept by it. Raises NotAllowed, WordsMissing,
    DayPassed.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if answer_by is not None:
        check_day(answer_by, now)
    Case.objects.select_for_update().get(pk=case.pk)
    body = {"text": text}
    if sent := sent_before(case, once, StatementKind.MESSAGE, body, keyring):
        return sent
    statement = write_statement(
        case,
        StatementKind.MESSAGE,
        body,
        by=by,
        keyring=keyring,
        now=now,
        once=once,
    )
    keep_first_contact(case, by=by, now=now)
    if answer_by is not None:
        promise(
            case,
            CommitmentKind.REPLY,
            due_on=answer_by,
            awaits=Awaits.REPORTER,
            by=by,
            now=now,
        )
    return statement


@transaction.atomic
def reply(
    case: Case,
    text: str,
    *,
    by: Any,
    keyring: Keyring,
    now: datetime,
    once: UUID | None = None,
) -> Statement:
    """The reporter writes to the handlers; an answer that was waited for has come."""
    if not is_reporter(case, by):
        raise NotAllowed
    statement = write_statement(
        case,
        StatementKind.REPLY,
        {"text": text},
        by=by,
        keyring=keyring,
        now=now,
        once=once,
    )
    for commitment in _open(case, CommitmentKind.REPLY):
        fulfil(commitment, by=by, now=now)
    return statement


@transaction.atomic
def change_wish(
    case: Case, wish: str, *, by: Any, keyring: Keyring, now: datetime
) -> None:
    """The reporter wants something else done (R-6); handlers read it in the thread.

    The header is out of a reporter's reach, so the wish is sealed to the dialogue.
    Raises NotAllowed and codes.UnknownCode.
    """
    if not is_reporter(case, by):
        raise NotAllowed
    codes.get("wishes", wish)
    write_statement(
        case,
        StatementKind.REPLY,
        {"text": wish, "wish": wish},
        by=by,
        keyring=keyring,
        now=now,
    )
    record(
        Kind.WISH_CHANGED, case, by=by, now=now, organisation_id=case.organisation_id
    )


def keep_first_contact(case: Case, *, by: User, now: datetime) -> None:
    """Words that reach the reporter are the first contact that was promised."""
    for commitment in _open(case, CommitmentKind.FIRST_CONTACT):
        fulfil(commitment, by=by, now=now)


def _open(case: Case, kind: CommitmentKind) -> list[Commitment]:
    return list(case.commitments.open().filter(kind=kind).select_related("case"))
