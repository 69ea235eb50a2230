"""Checking a million events: the hashes alone, and all that the database costs."""

import time
from collections.abc import Callable, Iterator

from django.db import connection

from tests.bench.measuring import Line
from weerbaar.audit import services
from weerbaar.audit.leaves import Row, leaf_of
from weerbaar.audit.models import Event, Leaf
from weerbaar.audit.notes import Signer
from weerbaar.audit.services.appending import read_frontier
from weerbaar.audit.tree import SIZE, Frontier, hash_leaf
from weerbaar.vault.core import Secret

MANY = 1_000_000
PLACED = 20_000
# As ordinary events: texts of cases that were opened.
FILL = """
INSERT INTO audit_event (kind, subject_type, subject_id, about_id, organisation_id,
                         actor_kind, actor_id, at, facts)
SELECT 'statement.read', 'cases.statement', gen_random_uuid()::text,
       gen_random_uuid(), gen_random_uuid(), 'person', gen_random_uuid(),
       now(), '{"what": "report"}'
FROM generate_series(1, %s)
"""


def measure() -> Iterator[Line]:
    """Processor time of the command; the wall has the server and its neighbours too."""
    services.append_all()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [PLACED])
        placing, wall = _took(services.append_all)
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_waits")
        cursor.execute(FILL, [MANY - Leaf.objects.count()])
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_waits")
    rate = f"{PLACED / placing * 1000:,.0f} a second; {wall / 1000:.1f} s on the wall"
    yield Line(f"places for {PLACED:,} events", placing, rate)
    leaves = _fill_tree()
    hashing, _wall = _took(lambda: _grown(leaves))
    yield Line(f"a tree of {MANY:,} hashes, in memory", hashing, "")
    spelling = _spelling()
    verifier = Signer("weerbaar.example/logboek", Secret.new()).verifier
    checking, wall = _took(lambda: services.verify(verifier))
    rest = checking - hashing - spelling
    yield Line(
        f"verify_audit of {MANY:,} events",
        checking,
        f"{checking / hashing:.0f} x that: {spelling / checking:.0%} their bytes, "
        f"{rest / checking:.0%} the driver; {wall / 1000:.0f} s on the wall",
    )


def _fill_tree() -> list[bytes]:
    """Places for all, faster than the product gives them; gives the leaves' hashes."""
    frontier, leaves = read_frontier(), [bytes(SIZE)] * Leaf.objects.count()
    late = Event.objects.order_by("pk")[frontier.size :].values_list(*Row._fields)
    writing = connection.copy()
    with (
        writing.cursor() as cursor,
        cursor.copy("COPY audit_leaf (place, event_id, hashes) FROM STDIN") as copy,
    ):
        for row in map(Row._make, late.iterator(10_000)):
            leaves.append(hash_leaf(leaf_of(row)))
            made = b"".join(frontier.append(leaves[-1]))
            copy.write_row((len(leaves) - 1, row.id, made))
    writing.close()
    return leaves


def _spelling() -> float:
    """Milliseconds for the bytes and hashes of all events, from rows in memory."""
    few = [Row._make(r) for r in Event.objects.values_list(*Row._fields)[:PLACED]]
    took, _wall = _took(lambda: [hash_leaf(leaf_of(row)) for row in few])
    return took * MANY / len(few)


def _grown(leaves: list[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root


def _took(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of our processor, and on the wall."""
    began, at = time.process_time(), time.perf_counter()
    work()
    ended, now = time.process_time(), time.perf_counter()
    return (ended - began) * 1000, (now - at) * 1000
