"""The relay and the sweep, and the frame in which outbox work runs."""

from collections.abc import Callable

from celery import Task, current_app, shared_task
from django.utils import timezone

from weerbaar.outbox import services
from weerbaar.outbox.models import Message


def ledgered(name: str) -> Callable[[Callable[[str], None]], Task]:
    """A task for `enqueue(name, ref=…)`: works once, however often it is sent."""

    def wrap(work: Callable[[str], None]) -> Task:
        @shared_task(name=name)
        def run(message_id: int) -> None:
            services.finish(message_id, work, now=timezone.now())

        return run

    return wrap


def _send(message: Message) -> None:
    current_app.send_task(
        message.task, args=[message.pk], task_id=f"outbox-{message.pk}", retry=False
    )


@shared_task(name="outbox.relay")
def relay() -> None:
    """Hand new rows to the broker."""
    services.relay(_send, now=timezone.now())


@shared_task(name="outbox.resend")
def resend() -> None:
    """Hand lost rows to the broker again."""
    services.resend(_send, now=timezone.now())
