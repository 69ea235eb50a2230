"""The bytes of an event as a leaf of the tree: all it says, in one spelling.

Version 1 is the vault's `context`, a list of typed and length-prefixed parts, of:

1. the text `weerbaar event` and the number 1, the version;
2. `id`, `kind`, `subject_type`, `subject_id`;
3. `about_id`, `organisation_id`: a UUID, or no bytes where there is none;
4. `actor_kind`, and `actor_id` as in 3;
5. `at` in microseconds since 1970 in UTC;
6. `facts` as JSON in ASCII, keys sorted, without spaces.

Two rows that differ anywhere never give the same bytes. A change of an event's columns
is a new version, which reads new rows; old rows keep the bytes they had.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from weerbaar.vault.core import context

VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Recorded(Protocol):
    """An event as it stands in its row."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject_type(self) -> str: ...
    @property
    def subject_id(self) -> str: ...
    @property
    def about_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_id(self) -> UUID | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def facts(self) -> Any: ...


class Row(NamedTuple):
    """The columns of an event and nothing more, where a million of them are read."""

    id: int
    kind: str
    subject_type: str
    subject_id: str
    about_id: UUID | None
    organisation_id: UUID | None
    actor_kind: str
    actor_id: UUID | None
    at: datetime
    facts: Any


def leaf_of(event: Recorded) -> bytes:
    """The bytes that the tree holds of an event, read back from its row."""
    return context(
        "weerbaar event",
        VERSION,
        event.id,
        event.kind,
        event.subject_type,
        event.subject_id,
        event.about_id or b"",
        event.organisation_id or b"",
        event.actor_kind,
        event.actor_id or b"",
        (event.at - _EPOCH) // _MICROSECOND,
        json.dumps(event.facts, sort_keys=True, separators=(",", ":")),
    )
