"""Background work of the figures; the only place where the years' Secrets are read."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from weerbaar.contributions.pooling import reseal, years_due
from weerbaar.network import services
from weerbaar.network.keys import (
    KeyMissing,
    destroy_key,
    read_figures_signer,
    read_key,
    remember_made,
    was_made,
    write_key,
)
from weerbaar.outbox.tasks import ledgered


@shared_task(name="network.begin_years")
def begin_years() -> None:
    """Begin this year of figures, and from December on the next."""
    services.begin_years(write_key, now=timezone.now())


@shared_task(name="network.count_due")
def count_due() -> None:
    """Have the newest ripe quarter counted, once."""
    services.count_due(now=timezone.now())


@shared_task(name="network.reseal")
def move_to_pool() -> None:
    """Seal and shuffle what came in, in the first days of a month.

    A year whose key is missing does not keep the others waiting. Raises KeyMissing.
    """
    missing = []
    for year in years_due(now=timezone.now()):
        try:
            reseal(year, read_key(year), now=timezone.now())
        except KeyMissing as error:
            missing.append(error)
    if missing:
        raise missing[0]


@shared_task(name="network.destroy_keys")
def destroy_keys() -> None:
    """Destroy the Secrets of years whose definitive figures stand for long enough."""
    services.destroy_keys(destroy_key, now=timezone.now())


@ledgered("network.tabulate")
def tabulate(ref: str) -> None:
    """Count one year; a spoiled key leaves the row for the sweep."""
    services.tabulate(
        int(ref),
        secret=read_key(int(ref)),
        now=timezone.now(),
        remember=remember_made,
    )


@ledgered("network.sign")
def sign(ref: str) -> None:
    """Sign what was published or withdrawn; a missing key leaves the row waiting."""
    services.sign(UUID(ref), read_figures_signer, was_made=was_made, now=timezone.now())
