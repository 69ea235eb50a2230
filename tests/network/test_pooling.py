"""Once a month the inbox moves to the pool: nothing lost, nothing doubled, no order."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.network.records import record, year_of_reports
from weerbaar import codes
from weerbaar.contributions import pooling
from weerbaar.contributions.models import Contribution, PooledContribution
from weerbaar.contributions.pooling import SMALLEST_BATCH, reseal
from weerbaar.contributions.services import contribute, read_year
from weerbaar.network import services, tasks
from weerbaar.network.keys import write_key
from weerbaar.vault.core import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_of_june(now: datetime) -> datetime:
    return now.replace(month=6, day=1)


def sizes() -> tuple[int, int]:
    return Contribution.objects.count(), PooledContribution.objects.count()


def cases(secret: Secret) -> list[str]:
    return sorted(r.case for r in read_year(2026, secret) if r)


def test_inbox_moves_once_a_month_and_counts_as_before(
    figure_year, first_of_june
) -> None:
    for one in year_of_reports(30):
        contribute(one)
    before, old = cases(figure_year), set(Contribution.objects.values_list("pk"))

    assert reseal(2026, figure_year, now=first_of_june) == 30
    contribute(record(case="later"))
    again = [
        reseal(2026, figure_year, now=first_of_june + timedelta(days=days))
        for days in (0, 1)
    ]

    assert again == [0, 0]
    assert sizes() == (1, 30)
    assert cases(figure_year) == sorted([*before, "later"])
    assert not old & set(PooledContribution.objects.values_list("pk"))
    moved = PooledContribution.objects.values_list("record", flat=True)
    assert len({len(bytes(row)) for row in moved}) == 1, "lengths shuffle nothing"
    assert {p.batch_on for p in PooledContribution.objects.all()} == {
        first_of_june.date()
    }


def test_record_with_every_code_is_as_long_as_any_other(figure_year) -> None:
    lists = {
        "channels": "channels",
        "perpetrators": "perpetrator_kinds",
        "referrals": "partners",
    }
    every = {
        name: [entry.code for entry in codes.entries(of)] for name, of in lists.items()
    }
    groups = {e.get("monitor_group") or "" for e in codes.entries("incident_types")}
    token = "0f" * 16
    full = record(case=token, organisation=token + token, **every)
    rows = [
        contribute(replace(full, incident_groups=sorted(groups), no_aangifte=token)),
        contribute(record(kind="prevention", incident_groups=[], channels=[])),
    ]

    assert len({len(row.record) for row in rows if row}) == 1


def test_few_wait_and_so_does_the_middle_of_a_month(figure_year, first_of_june) -> None:
    for one in year_of_reports(SMALLEST_BATCH - 1):
        contribute(one)
    Contribution.objects.create(year_id=2026, record=b"spoiled")

    assert reseal(2026, figure_year, now=first_of_june) == 0
    contribute(record(case="the twentieth"))
    assert reseal(2026, figure_year, now=first_of_june.replace(day=20)) == 0
    assert sizes() == (21, 0)
    assert reseal(2026, figure_year, now=first_of_june.replace(month=7)) == 20
    # What does not open is left for who checks the figures to be told of.
    assert sizes() == (1, 20)


def test_ripe_quarter_counts_what_still_waits(figure_year, august) -> None:
    for n in range(SMALLEST_BATCH - 8):
        contribute(record(case=f"c{n}", organisation=f"o{n}"))

    made = services.tabulate(2026, secret=figure_year, now=august)

    assert made.snapshot["totals"]["incident"] in (10, 15)


def test_crash_halfway_loses_and_doubles_nothing(
    figure_year, first_of_june, monkeypatch
) -> None:
    for one in year_of_reports(30):
        contribute(one)
    before = cases(figure_year)
    real, sealed = pooling._pooled, []

    def full(*args: Any) -> Any:
        sealed.append(1)
        if len(sealed) == 25:
            raise OSError("no space left on device")
        return real(*args)

    monkeypatch.setattr(pooling, "_pooled", full)
    with pytest.raises(OSError, match="no space"):
        reseal(2026, figure_year, now=first_of_june)
    assert (sizes(), cases(figure_year)) == ((30, 0), before)

    monkeypatch.undo()
    assert reseal(2026, figure_year, now=first_of_june) == 30
    assert (sizes(), cases(figure_year)) == ((0, 30), before)


@pytest.mark.parametrize(
    "what",
    [
        "UPDATE contributions_contribution SET record = '\\x00'",
        "DELETE FROM contributions_contribution",
        "TRUNCATE contributions_contribution",
        "UPDATE contributions_pooledcontribution SET batch_on = '2026-01-01'",
        "DELETE FROM contributions_pooledcontribution",
        "TRUNCATE contributions_pooledcontribution",
    ],
)
def test_postgresql_refuses_to_change_a_contribution(
    figure_year, first_of_june, what
) -> None:
    for one in year_of_reports(20):
        contribute(one)
    # A savepoint of its own: what the pool got in it makes up for nothing else.
    reseal(2026, figure_year, now=first_of_june)
    contribute(record(case="later"))

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        connection.cursor().execute(what)

    assert sizes() == (1, 20)


def test_more_than_was_pooled_does_not_leave_the_inbox(figure_year, now) -> None:
    first, second = (contribute(record(case=f"c{n}")) for n in range(2))
    PooledContribution.objects.create(
        year_id=2026, batch_on=now.date(), record=bytes(first.record)
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk__in=[first.pk, second.pk]).delete()
    Contribution.objects.filter(pk=first.pk).delete()

    assert sizes() == (1, 1)


def test_year_without_its_key_does_not_keep_the_others_waiting(
    figure_year, first_of_june, settings, tmp_path, monkeypatch
) -> None:
    settings.NETWORK_KEYS = tmp_path / "network"
    services.begin_years(write_key, now=first_of_june.replace(year=2027))
    for year in (2026, 2027):
        for one in year_of_reports(20, year=year):
            contribute(one)
    monkeypatch.setattr(tasks.timezone, "now", lambda: first_of_june.replace(year=2027))

    with pytest.raises(tasks.KeyMissing):
        tasks.move_to_pool()

    assert PooledContribution.objects.filter(year=2027).count() == 20
    assert Contribution.objects.filter(year=2026).count() == 20
