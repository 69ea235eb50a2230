"""Fixtures with real servers: the broker and a Celery worker, started when asked for.

A test that needs background work asks for `celery_worker` and is transactional:

    @pytest.mark.django_db(transaction=True)
    def test_notice_is_sent(celery_worker, ...):
        services.do_something(...)      # enqueues in the outbox
        celery_worker.wait_for(lambda: Notice.objects.filter(sent_on__isnull=False))

The worker is a real process on the tests' database. It has no beat of its own unless
`celery_worker.beat()` is called: a test calls the relay itself, or starts the beat.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from weerbaar.embedded import APP, Broker, Child, plan_broker, start_child

ROOT = Path(__file__).resolve().parent.parent
# A busy machine takes its time; only what fails waits so long.
PATIENCE = 90


@dataclass
class Worker:
    """A running worker; `wait_for` waits until its work shows."""

    child: Child
    env: dict[str, str]
    others: list[Child] = field(default_factory=list)

    def wait_for(
        self, happened: Callable[[], Any], *, patience: float = PATIENCE
    ) -> Any:
        """Give the first true answer of `happened`; without one, fail with the log."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if answer := happened():
                return answer
            if not self.child.alive():
                break
            time.sleep(0.05)
        pytest.fail(f"The worker did not do it:\n{self.child.last_lines(30)}")

    def beat(self) -> None:
        """Start the clock: relay, sweep and reminders run by themselves from now on."""
        schedule = self.child.log.with_name("beat-schedule")
        log = self.child.log.with_name("beat.log")
        command = ["beat", "-l", "info", "-s", str(schedule), "--pidfile="]
        self.others.append(_celery("beat", command, log, self.env))

    def stop(self) -> None:
        for child in (*self.others, self.child):
            child.stop()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder for a cluster, which the server's own account can enter."""
    parent = Path(os.environ["WEERBAAR_TEST_FOLDER"])
    folder = parent / tmp_path.name
    folder.mkdir(mode=0o711)
    return folder


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """Celery's broker, running; before the first test that asks for it, it is down."""
    base = Path(os.environ["WEERBAAR_TEST_FOLDER"])
    here = os.environ.pop("BROKER_URL")
    try:
        planned = plan_broker(base, None if here.startswith("redis") else base / "sock")
    finally:
        os.environ["BROKER_URL"] = here
    planned.start()
    yield planned
    planned.stop()


@pytest.fixture(scope="session")
def celery_worker(django_db_setup: None, broker: Broker) -> Iterator[Worker]:
    """A real worker process on the tests' database, as the application's role."""
    log = Path(os.environ["WEERBAAR_TEST_FOLDER"]) / "worker.log"
    worker = start_worker(log, program_env())
    yield worker
    worker.stop()


def program_env(**more: str) -> dict[str, str]:
    """What leads a program to the tests' databases, as the application's role."""
    return {
        **os.environ,
        "PGDATABASE": connection.settings_dict["NAME"],
        "ERASURE_PGDATABASE": connections["erasure"].settings_dict["NAME"],
        "PGUSER": APP,
        # The roots that the tests pinned, also for a program with a state of its own.
        "ORGANISATION_ROOTS": str(settings.ORGANISATION_ROOTS),
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def start_worker(log: Path, env: dict[str, str]) -> Worker:
    """Start a worker and wait until it takes work; fails with its log."""
    arguments = ["worker", "-c", "1", "-l", "info", "-n", f"{log.stem}@%h"]
    arguments += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = Worker(_celery("the worker", arguments, log, env), env)
    deadline = time.monotonic() + PATIENCE
    while " ready." not in (log.read_text() if log.exists() else ""):
        if not worker.child.alive() or time.monotonic() > deadline:
            worker.stop()
            pytest.fail(f"Celery did not start:\n{worker.child.last_lines(30)}")
        time.sleep(0.05)
    return worker


def _celery(name: str, arguments: list[str], log: Path, env: dict[str, str]) -> Child:
    command = [sys.executable, "-m", "tests.worker", "-A", "weerbaar.celery"]
    return start_child(name, [*command, *arguments], log=log, env=env, cwd=ROOT)


def gone(process: int, *, patience: float = 10) -> bool:
    """Whether a process ends within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
