"""Work on the clock: sealed cookies that were idle for too long are deleted."""

from celery import shared_task
from django.utils import timezone

from intake.services import expire


@shared_task(name="intake.expire")
def expire_sealed_cookies() -> None:
    """Delete idle drafts and mailbox sessions; safe to run twice."""
    expire(now=timezone.now())
