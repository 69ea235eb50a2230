"""The worker counts; the pages cannot: only the worker reads the years' Secrets."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.network.records import year_of_reports
from weerbaar.celery import app
from weerbaar.contributions.services import contribute
from weerbaar.network import services, tasks
from weerbaar.network.keys import KeyMissing, write_key
from weerbaar.network.models import Release
from weerbaar.outbox.models import Message
from weerbaar.outbox.tasks import relay

MAY_READ_KEYS = {
    "weerbaar/network/tasks.py",
    "weerbaar/network/management/commands/figures_key.py",
    "weerbaar/demo/figures.py",
}


@pytest.mark.django_db(transaction=True)
def test_worker_counts_what_an_analyst_asks(celery_worker, femke) -> None:
    year = timezone.localdate().year - 1
    services.begin_years(write_key, now=timezone.now(), since=year)
    for record in year_of_reports(60, year=year):
        contribute(record)

    services.ask_count(year, by=femke, now=timezone.now())
    app.set_current()
    relay()

    made = celery_worker.wait_for(Release.objects.filter(year=year).first)
    assert made.snapshot["totals"]["incident"] == 60
    assert celery_worker.wait_for(Message.objects.exclude(done_at=None).first)


@pytest.mark.django_db
def test_count_without_a_key_fails_and_stays_asked(figure_year, settings, tmp_path):
    settings.NETWORK_KEYS = tmp_path
    message = Message.objects.create(task="network.tabulate", ref="2026")

    with pytest.raises(KeyMissing):
        tasks.tabulate(message.pk)

    message.refresh_from_db()
    assert message.done_at is None


def test_only_the_worker_reads_the_keys() -> None:
    readers = set()
    for room in ("weerbaar", "cases", "intake", "referrals", "aftercare"):
        for file in (Path(settings.ROOT) / room).glob("**/*.py"):
            if "weerbaar.network.keys" in imported(file.read_text("utf-8")):
                readers.add(str(file.relative_to(settings.ROOT)))

    assert readers == MAY_READ_KEYS


def imported(source: str) -> set[str]:
    """Every module that a file imports, in whatever way it says so."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""}
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import weerbaar.network.keys",
        "from weerbaar.network import keys",
        "def f():\n    from weerbaar.network.keys import read_key",
    ],
)
def test_reader_of_the_keys_is_found_however_it_imports_them(source) -> None:
    assert "weerbaar.network.keys" in imported(source)


def test_clock_begins_years_and_counts() -> None:
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {"network.begin_years", "network.count_due"} <= asked
