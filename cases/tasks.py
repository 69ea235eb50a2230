"""Work on the clock: reminders of promises, and deputising that has ended."""

from celery import shared_task
from django.utils import timezone

from cases import services


@shared_task(name="cases.remind")
def remind() -> None:
    """Tell of promises that fall due (H-5), once on a day."""
    services.remind(now=timezone.now())


@shared_task(name="cases.expire_deputies")
def expire_deputies() -> None:
    """End deputising whose last day has passed."""
    services.expire_deputies(now=timezone.now())
