"""Recording what happened, inside the transaction of the change itself."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from weerbaar.accounts.actors import actor_kind
from weerbaar.audit import signals
from weerbaar.audit.kinds import FACTS, MOVE_FACTS, Kind
from weerbaar.audit.models import Event
from weerbaar.vault.models import Grant


class FactNotAllowed(ValueError):
    """An event may carry ids, dates, numbers and codes; never words."""


def record(
    kind: Kind,
    subject: models.Model,
    *,
    by: Any,
    now: datetime,
    about: models.Model | UUID | None = None,
    organisation_id: UUID | None = None,
    **facts: Any,
) -> Event:
    """Write the event and tell those who listen, in the caller's transaction.

    A reporter's moment is rounded down to a quarter of a day (SEC-7). Raises
    FactNotAllowed for a fact that the kind does not name or that could be words.
    """
    allowed = FACTS.get(kind, frozenset()) | MOVE_FACTS
    if stray := set(facts) - allowed:
        raise FactNotAllowed(f"{kind} does not carry {sorted(stray)}")
    actor = actor_kind(by)
    root = about if about is not None else getattr(subject, "case_id", subject.pk)
    told = {name: _plain(value) for name, value in facts.items()}
    # No savepoint: an event is never recorded without the change it tells of.
    with transaction.atomic(savepoint=False):
        event = Event.objects.create(
            kind=kind,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            about_id=_uuid(getattr(root, "pk", root)),
            organisation_id=organisation_id,
            actor_kind=actor,
            actor_id=by.pk,
            at=_day_part(now) if actor == "reporter" else now,
            facts=told,
        )
        signals.recorded.send(sender=Event, event=event)
    return event


def record_grants(
    subject: models.Model, grants: Iterable[Grant], *, by: Any, now: datetime, **of: Any
) -> None:
    """Write that keys were granted: which key, to which holder's key, which row.

    One event for all of them; none when there are none. `of` is as in `record`.
    """
    _record_access(Kind.KEY_GRANTED, subject, grants, by=by, now=now, **of)


def record_revocations(
    subject: models.Model, grants: Iterable[Grant], *, by: Any, now: datetime, **of: Any
) -> None:
    """Write that keys were taken back; as `record_grants`."""
    _record_access(Kind.KEY_REVOKED, subject, grants, by=by, now=now, **of)


def _record_access(
    kind: Kind, subject: models.Model, grants: Iterable[Grant], **of: Any
) -> None:
    rows = list(grants)
    if rows:
        record(
            kind,
            subject,
            keys=[row.key_id for row in rows],
            holders=[row.holder_id for row in rows],
            digests=[row.digest for row in rows],
            **of,
        )


def _day_part(now: datetime) -> datetime:
    # By the Dutch clock, or an afternoon would be told as a morning.
    here = timezone.localtime(now)
    return here.replace(
        hour=here.hour - here.hour % 6, minute=0, second=0, microsecond=0
    )


def _uuid(value: object) -> UUID | None:
    return value if isinstance(value, UUID) else None


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, bool | int) or value is None:
        return value
    if (
        isinstance(value, str)
        and value.isascii()
        and " " not in value
        and len(value) < 50
    ):
        return value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    raise FactNotAllowed("an event holds ids, dates, numbers and codes only")
