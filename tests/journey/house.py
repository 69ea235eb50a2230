"""Fixtures: the whole house at work, as in production, on the tests' database.

The website under gunicorn, a Celery worker and a broker, each a process of its own, and
mail as files. What they write stands in one folder, so that a test can look through it.
"""

import http.client
import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from celery import Celery

from tests.journey.clock import VARIABLE, Clock
from tests.journey.served import INSIDE
from tests.servers import ROOT, Worker, program_env, start_worker
from weerbaar.devstack.stack import GUNICORN
from weerbaar.embedded import Broker, Child, plan_broker, start_child
from weerbaar.outbox.models import Message

PATIENCE = 90
MORNING = datetime.fromisoformat("2026-05-12T10:30+02:00")
QUEUE, ASIDE = "celery", "aside"
WEB = [sys.executable, "-m", "gunicorn", "tests.journey.served:serve()", *GUNICORN]


@dataclass
class House:
    """What runs, where it writes, and the hand that moves its clock.

    `opened` is the morning on which the test began.
    """

    url: str
    folder: Path
    clock: Clock
    broker: Broker
    celery: Celery
    worker: Worker
    web: Child
    opened: datetime = MORNING

    def day(self, days: int, hour: int = 9) -> None:
        """It is so many days later, at this hour, with everything delivered before."""
        self.deliver()
        self.clock.set(self.opened.replace(hour=hour) + timedelta(days=days))

    def do(self, task: str, *, queue: str = QUEUE) -> None:
        """What beat does on its hour: have the worker do a task, and wait for it."""
        sent = self.send(task, queue=queue)
        done = f"[{sent}] succeeded"
        self.worker.wait_for(lambda: done in self.worker.child.log.read_text())

    def send(self, task: str, *arguments: str, queue: str = QUEUE) -> str:
        """Put a task into the broker; gives its id."""
        return str(self.celery.send_task(task, arguments, queue=queue).id)

    def deliver(self) -> None:
        """Everything in the outbox is handed over and done, also what comes of it."""
        open_ = Message.objects.filter(done_at=None)
        while open_.exists():
            self.do("outbox.relay")
            self.worker.wait_for(lambda: not open_.exclude(sent_at=None).exists())

    @contextmanager
    def relayed_but_not_done(self) -> Iterator[None]:
        """What was in the outbox waits in the broker: the worker looks elsewhere."""
        control, told = self.celery.control, {"reply": True, "limit": 1}
        control.add_consumer(ASIDE, **told)
        control.cancel_consumer(QUEUE, **told)
        self.do("outbox.relay", queue=ASIDE)
        yield
        control.add_consumer(QUEUE, **told)
        control.cancel_consumer(ASIDE, **told)

    @property
    def mail_folder(self) -> Path:
        return self.folder / "state" / "mail"

    def mails(self, address: str) -> list[EmailMessage]:
        """The mails to one person, oldest first."""
        files = sorted(self.mail_folder.glob("*"), key=lambda f: f.stat().st_mtime)
        found = [letter for file in files for letter in letters(file.read_bytes())]
        return [letter for letter in found if letter["To"] == address]

    def link_in_mail(self, address: str) -> str:
        """Where the newest mail to somebody leads."""
        text = self.mails(address)[-1].get_content()
        return re.findall(r"https?://\S+", text)[-1]

    def inside(self, *, put: str = "") -> dict[str, Any]:
        """What the website holds in memory; `put` goes into its cache first."""
        with closing(http.client.HTTPConnection(urlsplit(self.url).netloc)) as asking:
            asking.request("POST" if put else "GET", INSIDE, body=put or None)
            told: dict[str, Any] = json.loads(asking.getresponse().read())
            return told


def letters(content: bytes) -> list[EmailMessage]:
    """The mails in one file of Django's file backend, which rules them off."""
    ruled = re.split(rb"^-{79}$", content, flags=re.MULTILINE)
    return [
        message_from_bytes(part.strip(), policy=policy.default)
        for part in ruled
        if part.strip()
    ]


@pytest.fixture(scope="session")
def running_house(django_db_setup: None) -> Iterator[House]:
    """The processes, started when a test first asks for them."""
    folder = Path(os.environ["WEERBAAR_TEST_FOLDER"]) / "house"
    for name in ("state", "temp", "log"):
        (folder / name).mkdir(parents=True)
    clock = Clock(folder / "clock")
    clock.set(MORNING)
    broker = _broker(folder)
    url = f"http://127.0.0.1:{_free_port()}"
    env = program_env(
        WEERBAAR_STATE=str(folder / "state"),
        TMPDIR=str(folder / "temp"),
        SITE_ADDRESS=url,
        BROKER_URL=broker.url,
        PYTHONUNBUFFERED="1",
        **{VARIABLE: str(clock.path)},
    )
    with ExitStack() as running:
        running.callback(broker.stop)
        # One process, so that there is one cache to look into.
        command = [*WEB, "-w", "1", "-b", urlsplit(url).netloc]
        log = folder / "log" / "web.log"
        web = start_child("the website", command, log=log, env=env, cwd=ROOT)
        running.callback(web.stop)
        worker = start_worker(folder / "log" / "tasks.log", env)
        running.callback(worker.stop)
        _wait_until_served(url, web)
        with Celery("house", broker=broker.url, set_as_current=False) as celery:
            yield House(url, folder, clock, broker, celery, worker, web)


def _broker(folder: Path) -> Broker:
    """A broker for this house alone, of the kind that the tests use."""
    here = os.environ.pop("BROKER_URL")
    try:
        tables = None if here.startswith("redis") else folder.parent / "sock"
        broker = plan_broker(folder, tables)
    finally:
        os.environ["BROKER_URL"] = here
    broker.start()
    return broker


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(url: str, web: Child) -> None:
    deadline = time.monotonic() + PATIENCE
    place = urlsplit(url)
    while time.monotonic() < deadline and web.alive():
        with socket.socket() as probe:
            if probe.connect_ex((place.hostname, place.port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"The website did not start:\n{web.last_lines(30)}")


@pytest.fixture
def house(
    running_house: House, transactional_db: None, now: datetime
) -> Iterator[House]:
    """The house on a Tuesday morning: no mail, no file, and no year of figures yet."""
    state = running_house.folder / "state"
    for kept in (running_house.mail_folder, state / "network", state / "evidence"):
        shutil.rmtree(kept, ignore_errors=True)
    running_house.opened = now
    running_house.clock.set(now)
    yield running_house
    # Nothing may still be at work when the tables are emptied.
    running_house.deliver()
