"""Background work of the history; the only place where the log's Secret is read."""

from celery import shared_task
from django.utils import timezone

from weerbaar.audit import keys, services
from weerbaar.outbox.tasks import ledgered


@shared_task(name="audit.append")
def append() -> None:
    """Give the events that wait their places."""
    services.append_waiting()


@shared_task(name="audit.sign")
def sign() -> None:
    """Sign what was added, once an hour, and remember it outside the database."""
    made = services.sign(
        keys.read_log_key, last_signed=keys.last_signed(), now=timezone.now()
    )
    if made is not None:
        keys.keep_signed(made.note)


@ledgered("audit.mail_witness")
def mail_witness(ref: str) -> None:
    """Mail one checkpoint to one witness; it waits while the mail server is down."""
    services.mail_witness(ref)
