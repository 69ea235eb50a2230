"""Counting a year: open the contributions, count, protect, check, lay aside a draft."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import Record, read_year
from weerbaar.network.checker import Checked, Depth, Finding
from weerbaar.network.counting import Counts, count, newest, until
from weerbaar.network.ledger import Ledger, commitment, open_ledger, seal_ledger
from weerbaar.network.models import Release, digest_of
from weerbaar.network.periods import ripe_quarters
from weerbaar.network.plan import Plan
from weerbaar.network.planning import plan_of
from weerbaar.network.protection import Protected, protect
from weerbaar.network.rounding import NotRoundable
from weerbaar.network.services.auditing import have_audited
from weerbaar.network.services.due import may_count
from weerbaar.network.services.knowing import known_facts
from weerbaar.network.snapshots import empty_snapshot, snapshot_of
from weerbaar.network.tables import Table, so_far
from weerbaar.network.workflow import WAITING
from weerbaar.steps import take_step
from weerbaar.vault.core import Secret


class NothingReadable(Exception):
    """Not one contribution of the year opens: this is the key of another year."""


@transaction.atomic
def tabulate(
    year: int,
    *,
    secret: Secret,
    now: datetime,
    depth: Depth = Depth.FULL,
    remember: Callable[[str], object] = lambda _digest: None,
) -> Release | None:
    """Count the ripe quarters of a year, round and audit them, for two people to read.

    The checker audits at once, as far as `depth` says: here are the records. What was
    rounded is told to `remember`, so that the worker signs nothing else later. Gives
    None when no quarter is ripe, when the period is not due, and when a release still
    waits from which nothing differs. Figures that cannot be rounded stay counted, and
    say so. Raises NothingReadable, PlanRefused.
    """
    # Without touching the key of the row: who contributes meanwhile need not wait.
    figure_year = FigureYear.objects.select_for_update(no_key=True).get(pk=year)
    today = timezone.localdate(now)
    quarters = ripe_quarters(year, today)
    if not quarters or figure_year.final_on or not may_count(year, quarters, today):
        return None
    counted = _count(figure_year, quarters, secret)
    if counted.is_waiting:
        return None
    for older in Release.objects.waiting().filter(year=year):
        take_step(older, "supersede", by=SYSTEM, now=now)
    release = _made(counted, now)
    if _rounded(release, counted, now):
        remember(release.digest)
        _audited(release, have_audited(release, counted.records, secret, depth), now)
    return release


@dataclass(frozen=True)
class _Last:
    """The release that was made last, and what it kept back."""

    quarters: int
    ledger: Ledger
    is_waiting: bool


@dataclass(frozen=True)
class _Counted:
    """A period as it was counted, and the release before, which binds it."""

    year: FigureYear
    quarters: int
    plan: Plan
    tables: Sequence[Table]
    records: Sequence[Record]
    counts: Counts
    left_out: int
    last: _Last | None

    @property
    def is_waiting(self) -> bool:
        """Does a release of this period wait from which nothing differs?

        One in which something was found waits for nothing: it is made anew.
        """
        last = self.last
        return (
            last is not None
            and last.is_waiting
            and last.quarters == self.quarters
            and last.ledger.same_truth(self.counts)
        )


def _count(year: FigureYear, quarters: int, secret: Secret) -> _Counted:
    plan = plan_of(year.pk)
    tables = so_far(plan.tables, quarters)
    records, unreadable = _read(year.pk, secret)
    counts, outside = count(until(newest(records), quarters), tables)
    left_out = unreadable + len(outside)
    last = _last(year.pk, secret)
    return _Counted(year, quarters, plan, tables, records, counts, left_out, last)


def _read(year: int, secret: Secret) -> tuple[list[Record], int]:
    """Every record of a year that opens, and how many do not."""
    found = list(read_year(year, secret))
    readable = [entry for entry in found if entry is not None]
    if found and not readable:
        raise NothingReadable(year)
    return readable, len(found) - len(readable)


def _last(year: int, secret: Secret) -> _Last | None:
    """The newest release of a year; those of before the ledger bind nobody."""
    made = Release.objects.filter(year=year, ledger__isnull=False).order_by("-made_at")
    newest_one = made.first()
    if newest_one is None:
        return None
    ledger = open_ledger(newest_one.pk, bytes(newest_one.ledger or b""), secret)
    waits = newest_one.state in WAITING and not newest_one.findings
    return _Last(newest_one.quarters, ledger, waits)


def _made(counted: _Counted, now: datetime) -> Release:
    """The release as soon as it is counted: it has no number yet."""
    year, quarters, plan = counted.year.pk, counted.quarters, counted.plan
    snapshot = empty_snapshot(plan, year=year, quarters=quarters)
    release = Release.objects.create(
        year=year,
        quarters=quarters,
        plan=plan.version,
        made_at=now,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        left_out=counted.left_out,
    )
    take_step(release, "count", by=SYSTEM, now=now, year=year)
    return release


def _rounded(release: Release, counted: _Counted, now: datetime) -> bool:
    """Round, and keep what is kept back; False when no joint rounding exists."""
    seed = os.urandom(32)
    try:
        protected = _protected(counted, seed)
    except NotRoundable:
        release.findings = [Finding("unroundable", "")._asdict()]
        release.save(update_fields=["findings"])
        return False
    release.snapshot = snapshot_of(
        protected,
        counted.plan,
        counted.tables,
        year=release.year,
        quarters=release.quarters,
    )
    release.digest = digest_of(release.snapshot)
    release.seed_commitment = commitment(seed)
    public = counted.year.key.public_key
    release.ledger = seal_ledger(release.pk, protected, counted.counts, seed, public)
    release.save(update_fields=["snapshot", "digest", "seed_commitment", "ledger"])
    take_step(release, "round_off", by=SYSTEM, now=now)
    return True


def _protected(counted: _Counted, seed: bytes) -> Protected:
    last, quarters = counted.last, counted.quarters
    bound: dict[str, Any] = {}
    if last is not None:
        same = last.quarters == quarters
        bound["earlier"] = last.ledger.earlier()
        bound["earlier_dots"] = last.ledger.earlier_dots(same_period=same)
    return protect(
        counted.counts,
        counted.plan,
        counted.tables,
        seed=seed,
        facts=known_facts(counted.year.pk, quarters),
        **bound,
    )


def _audited(release: Release, checked: Checked, now: datetime) -> None:
    """Keep what was found and done; with a finding the release stays where it is."""
    release.findings = [found._asdict() for found in checked.findings]
    release.report = checked.measures
    release.save(update_fields=["findings", "report"])
    if not checked.findings:
        take_step(release, "audit", by=SYSTEM, now=now)
