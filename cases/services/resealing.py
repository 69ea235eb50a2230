"""Sealing a case anew: under a new key after suspicion, or by a newer suite.

Every room says once which of its fields are sealed to a case; a test holds that against
the models, so that nothing stays behind under an old key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Attachment, Case, Commitment, Hold, Statement, StatementKind
from cases.permissions import may_handle
from cases.services.locking import lock
from cases.services.sealing import (
    add_statement,
    figures_place,
    header_place,
    tell_sealed,
)
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record, record_grants, record_revocations
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import reseal_json, reseal_json_to
from weerbaar.vault.erasing import erasure_of, new_erasure
from weerbaar.vault.granting import grant, grants_of, new_key, sealed_anew
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key, KeyKind
from weerbaar.vault.suite import is_outdated
from weerbaar.web.refusals import InvalidInput, NotAllowed


class RekeyReasonMissing(InvalidInput):
    """A new key is made for a reason."""

    title = _("A reason is missing")
    detail = _("Write why this case needs a new key.")


@dataclass(frozen=True)
class SealedField:
    """A field that is sealed to a case: where its rows are, its place and its key.

    `of_case` leads from a row to the case; `key` is the key of the case, or the row's
    own `key`. `boxed` fields were sealed to the public half by who cannot read them.
    """

    model: type[models.Model]
    name: str
    place: Callable[[Any], tuple[Any, ...]]
    of_case: str = "case"
    key: Literal["case_key", "dialogue_key", "key"] = "case_key"
    boxed: bool = False

    def key_id(self, row: Any, case: Case) -> UUID:
        """The id of the key that a row's ciphertext is under."""
        owner = row if self.key == "key" else case
        return UUID(str(getattr(owner, f"{self.key}_id")))


_fields: list[SealedField] = [
    SealedField(
        Case, "header", lambda case: header_place(case, case.revision), of_case="pk"
    ),
    SealedField(Case, "figures", figures_place, of_case="pk", key="dialogue_key"),
    SealedField(Statement, "body", lambda row: row.place, key="key"),
    SealedField(Commitment, "words", lambda row: row.place),
    SealedField(Hold, "reason", lambda row: row.place),
    # A reporter cannot read what she added: it was sealed to the public half.
    SealedField(Attachment, "sealed", lambda row: row.place, key="key", boxed=True),
]


def sealed_fields() -> list[SealedField]:
    """Every field that is sealed to a case, in every room."""
    return list(_fields)


def register(*fields: SealedField) -> None:
    """For the rooms above, at start-up: these fields are sealed to a case too."""
    _fields.extend(one for one in fields if one not in _fields)


@dataclass(frozen=True)
class Turn:
    """From one Secret to another; the same one when only the suite is newer."""

    old: Secret
    new: Secret
    key: Key


def _reseal(
    case: Case, turns: Mapping[UUID, Turn], *, only_outdated: bool = False
) -> int:
    """Seal what is under these keys anew, inside the caller's transaction."""
    count = 0
    for field in sealed_fields():
        found = field.model._default_manager.filter(**{field.of_case: case.pk})
        for row in found.exclude(**{field.name: None}):
            blob = bytes(getattr(row, field.name))
            turn = turns.get(field.key_id(row, case))
            if turn is None or (only_outdated and not is_outdated(blob)):
                continue
            changed: dict[str, Any] = {field.name: _turned(field, row, blob, turn)}
            if field.key == "key":
                changed["key"] = turn.key
            field.model._default_manager.filter(pk=row.pk).update(**changed)
            if isinstance(row, Case):
                setattr(row, field.name, changed[field.name])
                tell_sealed(row)
            count += 1
    return count


def _turned(field: SealedField, row: Any, blob: bytes, turn: Turn) -> bytes:
    place = field.place(row)
    if field.boxed:
        return reseal_json_to(blob, old=turn.old, new=turn.new.public, place=place)
    return reseal_json(blob, old=turn.old, new=turn.new, place=place)


@transaction.atomic
def renew(case: Case, *, keyring: Keyring) -> int:
    """Seal by the newest suite what an older one wrote; gives how much that was.

    Done when a handler opens the case: nobody else holds what it takes.
    """
    if not is_outdated(bytes(case.header)):
        return 0
    fresh = lock(case)
    keys = {fresh.case_key_id, fresh.dialogue_key_id}
    turns = {}
    for key in Key.objects.filter(pk__in=keys):
        secret = keyring.open(key.pk)
        turns[key.pk] = Turn(secret, secret, key)
        for old in Grant.objects.filter(key=key, share=0).select_related("holder"):
            if is_outdated(bytes(old.sealed)):
                old.sealed = sealed_anew(old, secret)
                old.save(update_fields=["sealed"])
    count = _reseal(fresh, turns, only_outdated=True)
    case.refresh_from_db()
    return count


@transaction.atomic
def rekey(
    case: Case, *, reason: str, by: User, keyring: Keyring, now: datetime
) -> None:
    """Give a case new keys after suspicion: who had the old ones reads nothing new.

    Whoever has a grant keeps access, and so does the reporter with her receipt. A name
    that takes two people has a key of its own and stays as it is. Raises NotAllowed,
    RekeyReasonMissing.
    """
    if not may_handle(case, by):
        raise NotAllowed
    if not reason.strip():
        raise RekeyReasonMissing
    today, fresh = timezone.localdate(now), lock(case)
    old_case, old_dialogue = fresh.case_key, fresh.dialogue_key
    erasure = erasure_of(old_case) or new_erasure(today=today)
    turns: dict[UUID, Turn] = {}
    for old in (old_case, old_dialogue):
        holders = [g.holder for g in old.grants.select_related("holder")]
        if old is old_dialogue:
            holders = [turns[old_case.pk].key if h == old_case else h for h in holders]
        key, secret = new_key(
            KeyKind(old.kind), holders=holders, today=today, erasure=erasure
        )
        turns[old.pk] = Turn(keyring.open(old.pk), secret, key)
        keyring.add(secret)
    _reseal(fresh, turns)
    _take_along(old_case, turns[old_case.pk].key, keyring, now=now)
    fresh.case_key, fresh.dialogue_key = (
        turns[old_case.pk].key,
        turns[old_dialogue.pk].key,
    )
    fresh.save(update_fields=["case_key", "dialogue_key"])
    _settle(fresh, [old_case, old_dialogue], by=by, now=now)
    _give_reason(fresh, reason, keyring, by=by, now=now)
    case.refresh_from_db()


def _take_along(old: Key, new: Key, keyring: Keyring, *, now: datetime) -> None:
    """What the old case key opened besides, the new one opens: names and packages."""
    for held in Grant.objects.filter(holder=old, share=0).select_related("key"):
        if held.key.kind != KeyKind.DIALOGUE:
            grant(
                keyring.open(held.key_id),
                key=held.key,
                to=new,
                today=timezone.localdate(now),
            )


def _settle(case: Case, old: list[Key], *, by: User, now: datetime) -> None:
    """The old keys go; the history says which grants went and which came."""
    facts: dict[str, Any] = {
        "by": by,
        "now": now,
        "organisation_id": case.organisation_id,
    }
    gone = grants_of(*[key.pk for key in old])
    gone += Grant.objects.filter(holder__in=old).exclude(pk__in=[g.pk for g in gone])
    record_revocations(case, gone, **facts)
    Key.objects.filter(pk__in=[key.pk for key in old]).delete()
    made = grants_of(case.case_key_id, case.dialogue_key_id)
    made += Grant.objects.filter(holder=case.case_key_id).exclude(
        key=case.dialogue_key_id
    )
    record_grants(case, made, **facts)
    record(Kind.CASE_REKEYED, case, **facts)


def _give_reason(
    case: Case, reason: str, keyring: Keyring, *, by: User, now: datetime
) -> None:
    add_statement(
        case,
        StatementKind.REASON,
        {"text": reason.strip()},
        secret=keyring.open(case.case_key_id),
        key_id=case.case_key_id,
        author=by,
        today=timezone.localdate(now),
    )
