"""The Celery application: tasks are found in each package's `tasks.py`."""

import logging.config
import os
from typing import Any

from celery import Celery, signals
from django.conf import settings

from weerbaar.vault.memory import keep_memory_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weerbaar.settings")
app = Celery("weerbaar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
@signals.beat_init.connect
def _begin(**_given: Any) -> None:
    keep_memory_in()


@signals.setup_logging.connect
def _log_like_the_website(loglevel: int, **_given: Any) -> None:
    """Celery's own lines would tell an exception in its words."""
    logging.config.dictConfig(settings.LOGGING)
    logging.getLogger().setLevel(loglevel)
