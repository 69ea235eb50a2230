"""Counting a year: open the contributions, count, protect, check, lay aside a draft."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import Record, read_year
from weerbaar.network.checker import Depth
from weerbaar.network.counting import Counts, count, newest, until
from weerbaar.network.ledger import Ledger, commitment, open_ledger, seal_ledger
from weerbaar.network.models import Release, digest_of
from weerbaar.network.periods import QUARTERS, newest_ripe, ripe_quarters
from weerbaar.network.permissions import may_check
from weerbaar.network.planning import Plan, plan_of
from weerbaar.network.protection import Protected, protect
from weerbaar.network.services.auditing import have_audited
from weerbaar.network.snapshots import snapshot_of
from weerbaar.network.tables import Table, so_far
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
        if can_count(period[0]):
            _enqueue(period[0])


def can_count(year: int) -> bool:
    """Whether a year has begun, and its figures are not final."""
    return FigureYear.objects.filter(pk=year, final_on=None).exists()


def ask_count(year: int, *, by: User) -> None:
    """Have the worker count a year again, with what came in since. Raises NotAllowed.

    A page cannot count: only the worker has the year's Secret.
    """
    if not may_check(None, by):
        raise NotAllowed
    if can_count(year):
        _enqueue(year)


def _enqueue(year: int) -> None:
    """Ask once: a count that still waits takes in whatever came since."""
    waiting = Message.objects.filter(task=TASK, ref=str(year), done_at=None)
    if not waiting.exists():
        enqueue(TASK, ref=year)


@transaction.atomic
def tabulate(
    year: int, *, secret: Secret, now: datetime, depth: Depth = Depth.FULL
) -> Release | None:
    """Count the ripe quarters of a year and lay the protected tables aside as a draft.

    The checker audits it at once, as far as `depth` says: here are the records. Gives
    None when no quarter is ripe, when the year is final, or when nothing differs from
    what was counted last: rounding the same truth once more would only tell more of
    it. Raises NothingReadable, PlanRefused, NotRoundable.
    """
    figure_year = FigureYear.objects.select_for_update().get(pk=year)
    quarters = ripe_quarters(year, timezone.localdate(now))
    if not quarters or figure_year.final_on:
        return None
    plan = plan_of(year)
    tables = so_far(plan.tables, quarters)
    records, unreadable = _read(year, secret)
    counts, outside = count(until(newest(records), quarters), tables)
    last = _last(year, secret)
    if last and last.quarters == quarters and last.ledger.same_truth(counts):
        return None
    seed = os.urandom(32)
    protected = _protected(counts, plan, tables, seed, last, quarters)
    snapshot = snapshot_of(protected, plan, tables, year=year, quarters=quarters)
    for older in _waiting(year):
        take_step(older, "supersede", by=SYSTEM, now=now)
    release = Release(
        year=year,
        quarters=quarters,
        plan=plan.version,
        made_at=now,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        seed_commitment=commitment(seed),
        left_out=unreadable + len(outside),
    )
    checked = have_audited(release, records, secret, depth)
    release.findings = [found._asdict() for found in checked.findings]
    release.report = checked.measures
    public = figure_year.key.public_key
    release.ledger = seal_ledger(release.pk, protected, counts, seed, public)
    release.save(force_insert=True)
    record(Kind.RELEASE_MADE, release, by=SYSTEM, now=now, year=year)
    return release


def _read(year: int, secret: Secret) -> tuple[list[Record], int]:
    """Every record of a year that opens, and how many do not."""
    found = list(read_year(year, secret))
    readable = [entry for entry in found if entry is not None]
    if found and not readable:
        raise NothingReadable(year)
    return readable, len(found) - len(readable)


@dataclass(frozen=True)
class _Last:
    """The release that was made last, and what it kept back."""

    quarters: int
    ledger: Ledger


def _last(year: int, secret: Secret) -> _Last | None:
    """The newest release of a year; those of before the ledger bind nobody."""
    made = Release.objects.filter(year=year, ledger__isnull=False).order_by("-made_at")
    newest_one = made.first()
    if newest_one is None:
        return None
    blob = bytes(newest_one.ledger or b"")
    return _Last(newest_one.quarters, open_ledger(newest_one.pk, blob, secret))


def _protected(
    counts: Counts,
    plan: Plan,
    tables: Sequence[Table],
    seed: bytes,
    last: _Last | None,
    quarters: int,
) -> Protected:
    if last is None:
        return protect(counts, plan, tables, seed=seed)
    same = last.quarters == quarters
    return protect(
        counts,
        plan,
        tables,
        seed=seed,
        earlier=last.ledger.earlier(),
        earlier_dots=last.ledger.earlier_dots(same_period=same),
    )


def _waiting(year: int) -> Any:
    return Release.objects.filter(year=year, state__in=[State.DRAFT, State.AUDITED])
