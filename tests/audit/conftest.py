"""A history to check: things that happened."""

from collections.abc import Callable
from datetime import datetime

import pytest

from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Organisation
from weerbaar.audit import services
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event


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
