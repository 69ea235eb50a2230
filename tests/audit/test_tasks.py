"""The worker gives places, signs and mails by itself; no broker's loss matters."""

import email
import email.policy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from weerbaar.audit import tasks
from weerbaar.audit.models import Checkpoint, Event, Leaf, Waiting
from weerbaar.audit.notes import Signer
from weerbaar.celery import app
from weerbaar.outbox.models import Message
from weerbaar.outbox.tasks import relay


def test_clock_gives_places_and_signs() -> None:
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {tasks.append.name, tasks.sign.name} <= asked


@pytest.mark.django_db(transaction=True)
def test_worker_gives_places(
    celery_worker: Any, happen: Callable[..., list[Event]]
) -> None:
    happen(3, place=False)
    app.set_current()
    tasks.append.delay()

    celery_worker.wait_for(lambda: Leaf.objects.count() == 3)
    assert not Waiting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_events_wait_while_the_broker_is_down(
    happen: Callable[..., list[Event]], log_key: Signer
) -> None:
    """Nobody asks the worker for anything: the events stand, and wait."""
    happen(3, place=False)
    assert Waiting.objects.count() == 3

    tasks.append()

    assert Leaf.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_worker_signs_remembers_and_mails(
    celery_worker: Any, happen: Callable[..., list[Event]]
) -> None:
    shutil.rmtree(settings.AUDIT_KEYS, ignore_errors=True)
    happen(2, place=False)
    app.set_current()
    tasks.sign.delay()
    made = celery_worker.wait_for(Checkpoint.objects.first)
    relay()
    celery_worker.wait_for(lambda: not Message.objects.filter(done_at=None).exists())

    remembered = settings.AUDIT_KEYS / "last.checkpoint"
    assert celery_worker.wait_for(remembered.exists)
    assert remembered.read_text("utf-8") == made.note
    assert sorted(mailed(made.note)) == sorted(settings.AUDIT_WITNESSES)


def mailed(note: str) -> list[str]:
    """To whom a mail went that holds this checkpoint, and nothing else."""
    line = "\n" + "-" * 79 + "\n"  # the mail folder's own, after each mail
    found = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in Path(settings.EMAIL_FILE_PATH).iterdir()
    ]
    return [m["To"] for m in found if m.get_content().removesuffix(line) == note]
