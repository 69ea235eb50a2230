"""Work on the clock: reminders, deputising that has ended, approvals that are over."""

from celery import shared_task
from django.utils import timezone

from cases import services
from weerbaar.outbox.tasks import ledgered
from weerbaar.vault import erasing


@shared_task(name="cases.remind")
def remind() -> None:
    """Tell of promises that fall due (H-5), once on a day."""
    services.remind(now=timezone.now())


@shared_task(name="cases.expire_approvals")
def expire_approvals() -> None:
    """End requests and approvals whose time has passed; a lent half goes back."""
    services.expire_approvals(now=timezone.now())


@shared_task(name="cases.expire_deputies")
def expire_deputies() -> None:
    """End deputising whose last day has passed."""
    services.expire_deputies(now=timezone.now())


@shared_task(name="cases.end_terms")
def end_terms() -> None:
    """Tell of terms that end, and see to what nobody can open any more (A-4)."""
    services.warn_of_ends(now=timezone.now())
    services.destroy_unattended(now=timezone.now())
    erasing.sweep(today=timezone.localdate())


@ledgered("cases.erase")
def erase(ref: str) -> None:
    """Destroy the erasure key of a destroyed case."""
    services.erase_key(ref, now=timezone.now())
