"""A history to check: things that happened, a key of the log, and its folder."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Organisation
from weerbaar.audit import keys, services
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Checkpoint, Event
from weerbaar.audit.notes import Signer


@pytest.fixture
def log_key(settings: Any, tmp_path: Path) -> Signer:
    """The key of the log, in a folder of this test."""
    settings.AUDIT_KEYS = tmp_path / "audit"
    return keys.read_log_key(make=True)


@pytest.fixture
def happen(lindeveen: Organisation, now: datetime) -> Callable[..., list[Event]]:
    """Have something happen a number of times; it gets its places."""

    def record(
        times: int = 1, *, place: bool = True, at: datetime = now
    ) -> list[Event]:
        made = [
            services.record(Kind.ORGANISATION_ADDED, lindeveen, by=SYSTEM, now=at)
            for _time in range(times)
        ]
        if place:
            services.append_all()
        return made

    return record


@pytest.fixture
def sign(log_key: Signer, now: datetime) -> Callable[..., Checkpoint | None]:
    """Sign as the worker does, and remember it outside the database."""

    def sign_now(at: datetime = now) -> Checkpoint | None:
        last = keys.last_signed()
        made = services.sign(keys.read_log_key, last_signed=last, now=at)
        if made is not None:
            keys.keep_signed(made.note)
        return made

    return sign_now
