"""Eight and sixty-four reports sent at the same moment: is any refused?"""

import statistics
import threading
import time
from collections.abc import Iterator

from django.db import connections
from django.utils import timezone

from cases.models import Case
from intake.services import Report, submit
from tests.bench.measuring import Line
from weerbaar.accounts.models import Organisation


def measure() -> Iterator[Line]:
    """Threads of one process, each with its own connection, all let go at once."""
    one = _send(1)[0]
    for many in (8, 64):
        before = Case.objects.count()
        took = _send(many)
        kept = Case.objects.count() - before
        middle = statistics.median(took)
        yield Line(
            f"{many} reports at once",
            middle * 1000,
            f"{middle / one:.1f} x one alone; {many - kept} refused of {many}",
        )


def _send(many: int) -> list[float]:
    report = Report(
        organisation=Organisation.objects.get(slug="lindeveen"),
        types=["veiled_threat"],
        story="Zij weten waar mijn kinderen naar school gaan. " * 20,
    )
    took: list[float] = []
    gate = threading.Barrier(many)

    def send() -> None:
        gate.wait()
        began = time.perf_counter()
        try:
            submit(report=report, now=timezone.now())
            took.append(time.perf_counter() - began)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _i in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took
