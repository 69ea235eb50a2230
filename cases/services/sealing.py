"""Where each ciphertext of a case belongs, and sealing words and codes to it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.header import Header
from cases.models import Case, Statement, StatementKind
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import Conflict


class EditConflict(Conflict):
    """Somebody else changed the same thing since this page was opened."""

    title = _("Somebody else changed this in the meantime")
    detail = _(
        "Your change was not saved. Below is what you filled in; compare it with how "
        "it stands now and save again."
    )


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


def rewrite_header(
    case: Case,
    changes: dict[str, Any],
    *,
    keyring: Keyring,
    revision: int | None = None,
) -> Header:
    """Seal a changed header under the next revision; call it inside a transaction.

    With the `revision` that a page showed, a second writer is told: EditConflict.
    """
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if revision is not None and fresh.revision != revision:
        raise EditConflict
    secret = keyring.open(fresh.case_key_id)
    header = open_header(fresh, secret).changed(**changes)
    fresh.revision += 1
    seal_header(fresh, header, secret)
    fresh.is_classified = header.is_complete
    Case.objects.filter(pk=case.pk).update(
        header=fresh.header, revision=fresh.revision, is_classified=fresh.is_classified
    )
    tell_sealed(fresh)
    case.header, case.revision = fresh.header, fresh.revision
    case.is_classified = fresh.is_classified
    return header


def tell_sealed(case: Case) -> None:
    """Tell the history what is sealed now, so that an older one put back shows."""
    record(
        Kind.CASE_SEALED,
        case,
        by=SYSTEM,
        now=timezone.now(),
        organisation_id=case.organisation_id,
        digest=case.digest,
    )


def identity_place(case: Case) -> tuple[str, Any, str]:
    return ("case", case.pk, "identity")


def figures_place(case: Case) -> tuple[str, Any, str]:
    return ("case", case.pk, "figures")


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
    sequence: int | None = None,
) -> Statement:
    """Seal words to a Secret of the case and append them; the case is locked.

    Who opens the case knows its first places, and names them as `sequence`.
    """
    if sequence is None:
        last = case.statements.aggregate(last=Max("sequence"))["last"] or 0
        sequence = last + 1
    statement = Statement(
        pk=once or uuid4(),
        case=case,
        kind=kind,
        key_id=key_id,
        author=author,
        written_on=today,
        sequence=sequence,
    )
    statement.body = seal_json(secret, body, place=statement.place)
    statement.save(force_insert=True)
    return statement


def open_statement(statement: Statement, secret: Secret) -> dict[str, Any]:
    """The words of a statement. Raises vault errors."""
    return open_json(secret, bytes(statement.body), place=statement.place)
