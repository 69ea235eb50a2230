"""Counting a year: open the contributions, count, protect, check, lay aside a draft."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import Record, read_year
from weerbaar.network.checker import Checked, Depth, Finding
from weerbaar.network.counting import Counts, count, newest, until
from weerbaar.network.gate import Facts
from weerbaar.network.ledger import Ledger, commitment, open_ledger, seal_ledger
from weerbaar.network.models import Release, digest_of
from weerbaar.network.periods import ripe_quarters
from weerbaar.network.planning import Plan, plan_of
from weerbaar.network.protection import Protected, protect
from weerbaar.network.rounding import NotRoundable
from weerbaar.network.services.auditing import have_audited
from weerbaar.network.services.due import may_make
from weerbaar.network.services.knowing import known_facts
from weerbaar.network.snapshots import Snapshot, empty_snapshot, snapshot_of
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
    figure_year = FigureYear.objects.select_for_update().get(pk=year)
    today = timezone.localdate(now)
    quarters = ripe_quarters(year, today)
    if not quarters or figure_year.final_on or not may_make(year, quarters, today):
        return None
    plan = plan_of(year)
    tables = so_far(plan.tables, quarters)
    records, unreadable = _read(year, secret)
    counts, outside = count(until(newest(records), quarters), tables)
    last = _last(year, secret)
    if last and last.covers(quarters) and last.ledger.same_truth(counts):
        return None
    for older in Release.objects.waiting().filter(year=year):
        take_step(older, "supersede", by=SYSTEM, now=now)
    release = _counted(year, quarters, plan, now, unreadable + len(outside))
    try:
        seed = os.urandom(32)
        facts = known_facts(year, quarters)
        protected = _protected(counts, plan, tables, seed, last, quarters, facts)
    except NotRoundable:
        release.findings = [Finding("unroundable", "")._asdict()]
        release.save(update_fields=["findings"])
        return release
    snapshot = snapshot_of(protected, plan, tables, year=year, quarters=quarters)
    public = figure_year.key.public_key
    ledger = seal_ledger(release.pk, protected, counts, seed, public)
    _rounded(release, snapshot, commitment(seed), ledger, now)
    remember(release.digest)
    _audited(release, have_audited(release, records, secret, depth), now)
    return release


def _counted(
    year: int, quarters: int, plan: Plan, now: datetime, left_out: int
) -> Release:
    snapshot = empty_snapshot(plan, year=year, quarters=quarters)
    release = Release.objects.create(
        year=year,
        quarters=quarters,
        plan=plan.version,
        made_at=now,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        left_out=left_out,
    )
    take_step(release, "count", by=SYSTEM, now=now, year=year)
    return release


def _rounded(
    release: Release, snapshot: Snapshot, committed: str, ledger: bytes, now: datetime
) -> None:
    release.snapshot, release.digest = snapshot, digest_of(snapshot)
    release.seed_commitment, release.ledger = committed, ledger
    release.save(update_fields=["snapshot", "digest", "seed_commitment", "ledger"])
    take_step(release, "round_off", by=SYSTEM, now=now)


def _audited(release: Release, checked: Checked, now: datetime) -> None:
    """Keep what was found and done; with a finding the release stays where it is."""
    release.findings = [found._asdict() for found in checked.findings]
    release.report = checked.measures
    release.save(update_fields=["findings", "report"])
    if not checked.findings:
        take_step(release, "audit", by=SYSTEM, now=now)


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
    is_waiting: bool

    def covers(self, quarters: int) -> bool:
        """Is it about the same period, and can still be published itself?"""
        return self.is_waiting and self.quarters == quarters


def _last(year: int, secret: Secret) -> _Last | None:
    """The newest release of a year; those of before the ledger bind nobody."""
    made = Release.objects.filter(year=year, ledger__isnull=False).order_by("-made_at")
    newest_one = made.first()
    if newest_one is None:
        return None
    blob = bytes(newest_one.ledger or b"")
    ledger = open_ledger(newest_one.pk, blob, secret)
    return _Last(newest_one.quarters, ledger, newest_one.state in WAITING)


def _protected(
    counts: Counts,
    plan: Plan,
    tables: Sequence[Table],
    seed: bytes,
    last: _Last | None,
    quarters: int,
    facts: Facts,
) -> Protected:
    if last is None:
        return protect(counts, plan, tables, seed=seed, facts=facts)
    same = last.quarters == quarters
    return protect(
        counts,
        plan,
        tables,
        seed=seed,
        earlier=last.ledger.earlier(),
        earlier_dots=last.ledger.earlier_dots(same_period=same),
        facts=facts,
    )
