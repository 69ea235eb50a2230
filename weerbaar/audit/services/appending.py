"""Giving events their place in the tree: afterwards, in order, by one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from weerbaar.audit.leaves import leaf_of
from weerbaar.audit.models import Event, Leaf, Waiting
from weerbaar.audit.tree import SIZE, Frontier, Node, hash_leaf, nodes_of

BATCH = 5000
# A number of ours in PostgreSQL's space of advisory locks.
_LOCK = 0x6C6F67626F656B


class TreeBroken(Exception):
    """A hash that the tree needs is not there: the history was tampered with."""


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else changes the tree; others wait their turn.

    Requests never take this lock: recording an event waits for nobody (docs/adr/0015).
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def append_waiting(*, limit: int = BATCH) -> int:
    """Give up to `limit` waiting events their places; gives how many.

    In the order of their numbers. An event whose transaction took longer comes after
    ones that were recorded later, which happened beside it. Raises TreeBroken.
    """
    with alone():
        waiting = Event.objects.filter(pk__in=Waiting.objects.values("event_id"))
        events = list(waiting.order_by("pk")[:limit])
        if not events:
            return 0
        frontier = read_frontier()
        Leaf.objects.bulk_create(_leaf(event, frontier) for event in events)
        Waiting.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(events)


def append_all() -> None:
    """Give every event that waits now its place. Raises TreeBroken."""
    while append_waiting() == BATCH:
        pass


def _leaf(event: Event, frontier: Frontier) -> Leaf:
    place = frontier.size
    hashes = frontier.append(hash_leaf(leaf_of(event)))
    return Leaf(place=place, event_id=event.pk, hashes=b"".join(hashes))


def tree_size() -> int:
    """How many events have a place."""
    last = Leaf.objects.order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


def read_frontier() -> Frontier:
    """The right edge of the tree as it stands. Raises TreeBroken."""
    size = tree_size()
    return Frontier(size, stored_hashes(list(nodes_of(0, size))))


def stored_hashes(nodes: list[Node]) -> list[bytes]:
    """The hashes of whole subtrees, each kept with its last leaf. Raises TreeBroken."""
    places = [((number + 1) << level) - 1 for level, number in nodes]
    kept = dict(
        Leaf.objects.filter(pk__in=places).values_list("place", "hashes").iterator()
    )
    found = [
        bytes(kept.get(place, b""))[SIZE * level : SIZE * (level + 1)]
        for place, (level, _number) in zip(places, nodes, strict=True)
    ]
    if any(len(hash_) != SIZE for hash_ in found):
        raise TreeBroken("A hash of the tree is missing.")
    return found
