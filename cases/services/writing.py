"""Words in a case: internal notes, messages both ways, and the classification."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import (
    DIALOGUE,
    Awaits,
    Case,
    Commitment,
    CommitmentKind,
    Statement,
    StatementKind,
)
from cases.permissions import is_reporter, may_handle
from cases.services.promises import promise
from cases.services.sealing import (
    add_statement,
    open_statement,
)
from cases.services.settling import check_day, fulfil
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput, NotAllowed

MOST = 20_000


class WordsMissing(InvalidInput):
    """A statement without words."""

    title = _("The text is missing")
    detail = _("Write something before you save.")


class TooLong(InvalidInput):
    """A statement beyond the size that fits."""

    title = _("The text is too long")
    detail = _("Write at most 20,000 characters, or split it in two.")


def _checked(text: str) -> str:
    if not text.strip():
        raise WordsMissing
    if len(text) > MOST:
        raise TooLong
    return text


@transaction.atomic
def write_statement(
    case: Case,
    kind: StatementKind | str,
    body: dict[str, Any],
    *,
    by: Any,
    keyring: Keyring,
    now: datetime,
    once: UUID | None = None,
) -> Statement:
    """Append words, sealed to the dialogue if the reporter may read them, or the case.

    With `once`, an id made with the form, the same words sent twice are written once;
    other words under the same id, after going back, are written as well. Raises
    WordsMissing, TooLong and vault errors. The caller checked who may.
    """
    _checked(str(body.get("text", "")))
    Case.objects.select_for_update().get(pk=case.pk)
    if before := _sent_before(case, once, kind, body, keyring):
        return before
    is_taken = once is not None and Statement.objects.filter(pk=once).exists()
    key_id = case.dialogue_key_id if kind in DIALOGUE else case.case_key_id
    statement = add_statement(
        case,
        kind,
        body,
        secret=keyring.open(key_id),
        key_id=key_id,
        author=by if isinstance(by, User) else None,
        today=timezone.localdate(now),
        once=None if is_taken else once,
    )
    events = {
        StatementKind.MESSAGE: Kind.MESSAGE_SENT,
        StatementKind.REPLY: Kind.REPLY_RECEIVED,
    }
    event = events.get(StatementKind(kind), Kind.STATEMENT_WRITTEN)
    facts = {"what": str(kind)} if event == Kind.STATEMENT_WRITTEN else {}
    record(
        event,
        statement,
        by=by,
        now=now,
        about=case.pk,
        organisation_id=case.organisation_id,
        **facts,
    )
    return statement


def _sent_before(
    case: Case,
    once: UUID | None,
    kind: StatementKind | str,
    body: dict[str, Any],
    keyring: Keyring,
) -> Statement | None:
    """What was written from this very form, word for word the same."""
    found = case.statements.filter(pk=once, kind=kind).first() if once else None
    if found is None or open_statement(found, keyring.open(found.key_id)) != body:
        return None
    return found


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
    if sent := _sent_before(case, once, StatementKind.MESSAGE, body, keyring):
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
