"""Where each ciphertext of a case belongs, and sealing words to that place."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max

from cases.header import Header
from cases.models import Case, Statement, StatementKind
from weerbaar.accounts.models import User
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import open_json, seal_json


def header_place(case: Case, revision: int) -> tuple[str, Any, str, int]:
    return ("case", case.pk, "header", revision)


def seal_header(case: Case, header: Header, secret: Secret) -> None:
    """Put the header into the case, sealed for its present revision; does not save."""
    case.header = seal_json(
        secret, header.to_dict(), place=header_place(case, case.revision)
    )


def open_header(case: Case, secret: Secret) -> Header:
    """The header of a case. Raises vault errors for another row or revision."""
    return Header.from_dict(
        open_json(secret, bytes(case.header), place=header_place(case, case.revision))
    )


def identity_place(case: Case) -> tuple[str, Any, str]:
    return ("case", case.pk, "identity")


def add_statement(
    case: Case,
    kind: StatementKind | str,
    body: dict[str, Any],
    *,
    secret: Secret,
    key_id: Any,
    author: User | None,
    today: date,
    once: UUID | None = None,
) -> Statement:
    """Seal words to a Secret of the case and append them; the case is locked."""
    last = case.statements.aggregate(last=Max("sequence"))["last"] or 0
    statement = Statement(
        pk=once or uuid4(),
        case=case,
        kind=kind,
        key_id=key_id,
        author=author,
        written_on=today,
        sequence=last + 1,
    )
    statement.body = seal_json(secret, body, place=statement.place)
    statement.save(force_insert=True)
    return statement


def open_statement(statement: Statement, secret: Secret) -> dict[str, Any]:
    """The words of a statement. Raises vault errors."""
    return open_json(secret, bytes(statement.body), place=statement.place)
