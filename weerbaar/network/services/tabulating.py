"""Counting a year: open the contributions, count, protect, check, lay aside a draft."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import read_year
from weerbaar.network import checker
from weerbaar.network.counting import count, newest, until
from weerbaar.network.models import Release, digest_of
from weerbaar.network.periods import QUARTERS, newest_ripe, ripe_quarters
from weerbaar.network.permissions import may_check
from weerbaar.network.protection import protect
from weerbaar.network.snapshots import Snapshot, snapshot_of
from weerbaar.network.tables import PLAN, plan
from weerbaar.network.workflow import State
from weerbaar.outbox.models import Message
from weerbaar.outbox.services import enqueue
from weerbaar.steps import take_step
from weerbaar.vault.core import Secret
from weerbaar.web.refusals import NotAllowed

TASK = "network.tabulate"


class NothingReadable(Exception):
    """Not one contribution of the year opens: this is the key of another year."""


def count_due(*, now: datetime) -> None:
    """Have every ripe quarter counted that was not counted yet."""
    year, quarters = newest_ripe(timezone.localdate(now))
    counted = set(Release.objects.values_list("year", "quarters"))
    for period in {(year - 1, QUARTERS), (year, quarters)} - counted:
        if FigureYear.objects.filter(pk=period[0]).exists():
            _enqueue(period[0])


def ask_count(year: int, *, by: User) -> None:
    """Have the worker count a year again, with what came in since. Raises NotAllowed.

    A page cannot count: only the worker has the year's Secret.
    """
    if not may_check(None, by):
        raise NotAllowed
    if FigureYear.objects.filter(pk=year).exists():
        _enqueue(year)


def _enqueue(year: int) -> None:
    """Ask once: a count that still waits takes in whatever came since."""
    waiting = Message.objects.filter(task=TASK, ref=str(year), done_at=None)
    if not waiting.exists():
        enqueue(TASK, ref=year)


@transaction.atomic
def tabulate(year: int, *, secret: Secret, now: datetime) -> Release | None:
    """Count the ripe quarters of a year and lay the protected tables aside as a draft.

    Gives None when no quarter is ripe, or when nothing differs from what was counted
    last: counting again tells nobody that nothing came in. Raises NothingReadable.
    """
    FigureYear.objects.select_for_update().get(pk=year)
    quarters = ripe_quarters(year, timezone.localdate(now))
    if not quarters:
        return None
    snapshot, left_out = _counted(year, quarters, secret)
    if _is_known(year, snapshot):
        return None
    for older in _waiting(year):
        take_step(older, "supersede", by=SYSTEM, now=now)
    release = Release.objects.create(
        year=year,
        quarters=quarters,
        plan=PLAN,
        made_at=now,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        left_out=left_out,
        findings=[found._asdict() for found in checker.check(snapshot)],
    )
    record(Kind.RELEASE_MADE, release, by=SYSTEM, now=now, year=year)
    return release


def _counted(year: int, quarters: int, secret: Secret) -> tuple[Snapshot, int]:
    """The protected tables, and how many contributions they leave out."""
    found = list(read_year(year, secret))
    readable = [entry for entry in found if entry is not None]
    if found and not readable:
        raise NothingReadable(year)
    tables = plan(quarters)
    counts, outside = count(until(newest(readable), quarters), tables)
    published = protect(counts, tables)
    snapshot = snapshot_of(published, tables, year=year, quarters=quarters)
    return snapshot, len(found) - len(readable) + len(outside)


def _waiting(year: int) -> Any:
    return Release.objects.filter(year=year, state__in=[State.DRAFT, State.AUDITED])


def _is_known(year: int, snapshot: Snapshot) -> bool:
    last = Release.objects.filter(year=year).order_by("-made_at").first()
    return last is not None and last.digest == digest_of(snapshot)
