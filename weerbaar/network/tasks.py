"""Background work of the figures; the only place where the years' Secrets are read."""

from celery import shared_task
from django.utils import timezone

from weerbaar.network import services
from weerbaar.network.keys import read_key, write_key
from weerbaar.outbox.tasks import ledgered


@shared_task(name="network.begin_years")
def begin_years() -> None:
    """Begin this year of figures, and from December on the next."""
    services.begin_years(write_key, now=timezone.now())


@shared_task(name="network.count_due")
def count_due() -> None:
    """Have the newest ripe quarter counted, once."""
    services.count_due(now=timezone.now())


@ledgered("network.tabulate")
def tabulate(ref: str) -> None:
    """Count one year; a spoiled key leaves the row for the sweep."""
    services.tabulate(int(ref), secret=read_key(int(ref)), now=timezone.now())
