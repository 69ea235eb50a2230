"""Putting words into a case: sealed, appended, and once for a form sent twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import DIALOGUE, Case, Statement, StatementKind
from cases.services.sealing import add_statement, open_statement
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import InvalidInput

MOST = 20_000
EVENTS = {
    StatementKind.MESSAGE: Kind.MESSAGE_SENT,
    StatementKind.REPLY: Kind.REPLY_RECEIVED,
}


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
    if before := sent_before(case, once, kind, body, keyring):
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
    _note(statement, case, by=by, now=now)
    return statement


def _note(statement: Statement, case: Case, *, by: Any, now: datetime) -> None:
    """The event; that a message went either way is one of its own."""
    event = EVENTS.get(StatementKind(statement.kind), Kind.STATEMENT_WRITTEN)
    what = {"what": str(statement.kind)} if event == Kind.STATEMENT_WRITTEN else {}
    record(
        event,
        statement,
        by=by,
        now=now,
        about=case.pk,
        organisation_id=case.organisation_id,
        **what,
    )


def sent_before(
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
