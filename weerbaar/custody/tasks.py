"""Work on the clock: ceremonies whose hour has passed."""

from celery import shared_task
from django.utils import timezone

from weerbaar.custody import services


@shared_task(name="custody.expire")
def expire() -> None:
    """Remove what is left of ceremonies that nobody finished."""
    services.expire(now=timezone.now())
