"""Medians, ratios and query counts."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Line:
    """One measured thing: its median, and what it is compared with."""

    what: str
    median_ms: float
    ratio: str
    queries: int | None = None

    def text(self) -> str:
        count = "" if self.queries is None else str(self.queries)
        return f"{self.what:<46} {self.median_ms:>10.2f} {count:>8}  {self.ratio}"


def table() -> str:
    return f"{'what':<46} {'median ms':>10} {'queries':>8}  against"


def cpu(work: Callable[[], Any]) -> float:
    """Processor time of one call in milliseconds; other jobs do not count."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def paired(
    one: Callable[[], Any], other: Callable[[], Any], rounds: int
) -> tuple[float, float, float]:
    """Medians of two calls made in turn, and the median of their ratios."""
    pairs = [(cpu(one), cpu(other)) for _i in range(rounds)]
    return (
        statistics.median(a for a, _b in pairs),
        statistics.median(b for _a, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def queries(work: Callable[[], Any]) -> int:
    """How many queries a call makes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def start_django() -> None:
    """The settings of a test, where nothing asks a database."""
    os.environ.setdefault("WEERBAAR_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weerbaar.settings")
    for name in ("SECRET_KEY", "RECEIPT_PEPPER"):
        os.environ.setdefault(name, "measuring")
    import django

    django.setup()
