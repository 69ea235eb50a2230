"""Standard texts of an organisation: kept, removed, and filled in for a case (H-9)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases.guidance.texts import EXAMPLES, FIELDS, filled, unknown_fields
from cases.models import Case, StandardText
from cases.services.sealing import EditConflict
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Permission
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.web.refusals import InvalidInput, NotAllowed

LONGEST = 5_000


class UnknownField(InvalidInput):
    """Something between brackets that nothing can be filled in for."""

    title = _("This field does not exist")
    detail = _("Use only the fields that are named, between square brackets.")


class TextMissing(InvalidInput):
    """A standard text without a title or words, or with too many."""

    title = _("The text is missing or too long")
    detail = _("Give a title, and a text of at most 5,000 characters.")


def _check(organisation: Organisation, by: User) -> None:
    if not by.may(Permission.HANDLE_CASES, organisation):
        raise NotAllowed


@transaction.atomic
def keep_text(
    text: StandardText, *, by: User, now: datetime, revision: int | None = None
) -> StandardText:
    """Keep a new or changed text of one's organisation.

    `revision` is what the writer read: the second of two is told. Raises NotAllowed,
    TextMissing, UnknownField, EditConflict.
    """
    _check(text.organisation, by)
    if not text.title.strip() or not 0 < len(text.body.strip()) <= LONGEST:
        raise TextMissing
    if unknown_fields(text.body):
        raise UnknownField
    present = StandardText.objects.select_for_update().filter(pk=text.pk).first()
    if present is not None and revision is not None and revision != present.revision:
        raise EditConflict
    text.revision = present.revision + 1 if present else 1
    text.changed_on = timezone.localdate(now)
    text.save()
    _record(Kind.TEXT_KEPT, text, by=by, now=now)
    return text


@transaction.atomic
def remove_text(text: StandardText, *, by: User, now: datetime) -> None:
    """Remove a text; what was written with it stays. Raises NotAllowed."""
    _check(text.organisation, by)
    _record(Kind.TEXT_REMOVED, text, by=by, now=now)
    text.delete()


@transaction.atomic
def add_examples(
    organisation: Organisation, *, by: User, now: datetime
) -> list[StandardText]:
    """Give an organisation without texts some to begin with. Raises NotAllowed."""
    _check(organisation, by)
    if StandardText.objects.filter(organisation=organisation).exists():
        return []
    with override("nl"):
        made = [
            StandardText(
                organisation=organisation,
                kind=example.kind,
                title=str(example.title),
                body=str(example.body),
            )
            for example in EXAMPLES
        ]
    return [keep_text(text, by=by, now=now) for text in made]


def texts_for(case: Case, kind: str) -> list[StandardText]:
    """The texts of the case's organisation for words of this kind."""
    texts = StandardText.objects.filter(organisation=case.organisation_id, kind=kind)
    return list(texts)


def fill_in(text: StandardText, case: Case, *, by: User) -> str:
    """The text with its fields filled in for this case, to be changed and sent."""
    values: dict[str, Any] = {
        "behandelaar": by.name,
        "organisatie": case.organisation.name,
        "telefoon": case.organisation.phone,
        "kenmerk": case.reference,
    }
    return filled(text.body, {name: str(values[name]) for name in FIELDS})


def _record(kind: Kind, text: StandardText, *, by: User, now: datetime) -> None:
    record(kind, text, by=by, now=now, organisation_id=text.organisation_id)
