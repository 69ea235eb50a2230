"""Checking the whole history: rows, tree, checkpoints, and grants against events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import BinaryField, Exists, F, Func, OuterRef, Value

from weerbaar.audit.findings import Fault, Findings
from weerbaar.audit.kinds import Kind
from weerbaar.audit.leaves import Row
from weerbaar.audit.models import Checkpoint, Event, Leaf, Waiting
from weerbaar.audit.notes import Forged, Head, NotANote, Verifier, open_head
from weerbaar.audit.tree import SIZE
from weerbaar.audit.walking import Odd, Signed, Walk
from weerbaar.vault.models import Grant

CHUNK = 5000
# Events that say what was sealed, by its digest.
SEALS = (Kind.CASE_OPENED, Kind.CASE_SEALED)
# Its number, whose it should be, the hashes kept there, and the row of that event.
Place = tuple[int, int, bytes, Row | None]


@dataclass(frozen=True)
class Report:
    """What a check found, and over how much it looked."""

    size: int
    root: bytes
    checkpoints: int
    waiting: int
    others: int
    findings: Findings


def verify(verifier: Verifier, *, saved: str = "") -> Report:
    """Recompute everything and compare it with what was signed.

    `saved` is a checkpoint that somebody kept outside. Events that have no place yet
    are no fault: they wait for the worker. It reads one moment of the database and
    changes nothing.
    """
    findings = Findings()
    with one_moment():
        walk = Walk(_signed(verifier, saved, findings), findings)
        for place in _places():
            walk.step(*place)
        walk.end()
        _say_odd(walk.odd, findings)
        _look_beside_the_tree(findings)
        _look_at_grants(findings)
        _look_at_sealed(findings)
        waiting = Waiting.objects.count()
        others = Checkpoint.objects.count()
        others -= Checkpoint.objects.of_log(verifier.name).count()
    return Report(walk.size, walk.tree.root, walk.fitting, waiting, others, findings)


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every query sees the same rows, and none is changed."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        yield


def _places() -> Iterator[Place]:
    """Every place in order, with the event's row as it stands now.

    Past the ORM, whose objects would cost more than all the hashes.
    """
    columns = ", ".join(f"event.{name}" for name in Row._fields)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT place, event_id, hashes, {columns} FROM audit_leaf AS leaf"  # noqa: S608
            " LEFT JOIN audit_event AS event ON event.id = leaf.event_id"
            " ORDER BY place"
        )
        while rows := cursor.fetchmany(CHUNK):
            for place, event_id, hashes, *row, facts in rows:
                is_there = row[0] is not None
                event = Row._make([*row, json.loads(facts)]) if is_there else None
                yield place, event_id, bytes(hashes), event


def _signed(verifier: Verifier, saved: str, findings: Findings) -> list[Signed]:
    """What this log's checkpoints say whose signature is its own."""
    found: dict[Head, Signed] = {}
    for row in Checkpoint.objects.of_log(verifier.name).order_by("size"):
        head = _opened(row.note, verifier, row.size, findings)
        if head is not None:
            found[head] = Signed(head, row.signed_at)
    if saved and (head := _opened(saved, verifier, None, findings)):
        if head not in found:
            findings.add(Fault.CHECKPOINT_REMOVED, size=head.size)
        found.setdefault(head, Signed(head))
    return list(found.values())


def _opened(
    note: str, verifier: Verifier, size: int | None, findings: Findings
) -> Head | None:
    name = "the saved file" if size is None else f"{size} events"
    try:
        head = open_head(note, verifier)
    except (Forged, NotANote) as error:
        findings.add(Fault.FORGED, size=name, why=str(error))
        return None
    if size is not None and head.size != size:
        findings.add(Fault.FORGED, size=name, why="It stands at another size.")
        return None
    return head


def _say_odd(odd: list[Odd], findings: Findings) -> None:
    """Tell rows that were changed from rows that stand at the place of another."""
    leaf = Func(
        F("hashes"),
        Value(1),
        Value(SIZE),
        function="substring",
        output_field=BinaryField(),
    )
    wanted = [one.hash for one in odd]
    places: dict[bytes, int] = {}
    if wanted:
        kept = Leaf.objects.annotate(leaf=leaf).filter(leaf__in=wanted)
        places = {
            bytes(hash_): place for hash_, place in kept.values_list("leaf", "pk")
        }
    for one in odd:
        where = {"place": one.place, "event": one.event}
        if one.hash in places:
            findings.add(Fault.ROW_MOVED, **where, other=places[one.hash])
        else:
            findings.add(Fault.ROW_CHANGED, **where)


def _look_beside_the_tree(findings: Findings) -> None:
    """Events without a place that do not wait for one, and waiting that waits for
    nothing.
    """
    placed = Leaf.objects.filter(event_id=OuterRef("pk"))
    waits = Waiting.objects.filter(event_id=OuterRef("pk"))
    strays = Event.objects.filter(~Exists(placed), ~Exists(waits))
    for pk in strays.order_by("pk").values_list("pk", flat=True):
        findings.add(Fault.ROW_INSERTED, event=pk)
    recorded = Event.objects.filter(pk=OuterRef("pk"))
    lost = Waiting.objects.filter(~Exists(recorded)).order_by("pk")
    for pk in lost.values_list("pk", flat=True):
        findings.add(Fault.ROW_LOST, event=pk)


def _look_at_grants(findings: Findings) -> None:
    """Every grant that stands was written down, and every one written down stands."""
    told = _told_grants()
    for grant in Grant.objects.order_by("pk").iterator(CHUNK):
        if told.pop(grant.digest, None) is None:
            findings.add(Fault.GRANT_UNKNOWN, key=grant.key_id, holder=grant.holder_id)
    for key, holder in told.values():
        findings.add(Fault.GRANT_REMOVED, key=key, holder=holder)


def _look_at_sealed(findings: Findings) -> None:
    """Every sealed header is the one that was written last, or was destroyed.

    The rooms above say in their events what the digest of a row is; `digest` of the
    model is what it is now.
    """
    for (label, pk), told in _told_sealed().items():
        row = apps.get_model(label)._default_manager.filter(pk=pk).first()
        subject = f"{label} {pk}"
        if row is None:
            findings.add(Fault.SEALED_REMOVED, subject=subject)
        elif row.digest != told:
            findings.add(Fault.SEALED_CHANGED, subject=subject)


def _told_sealed() -> dict[tuple[str, str], str]:
    """The last digest that the history tells of each row that still should stand."""
    told: dict[tuple[str, str], str] = {}
    events = Event.objects.filter(kind__in=[*SEALS, Kind.CASE_DESTROYED])
    columns = ("kind", "subject_type", "subject_id", "facts")
    for kind, label, pk, facts in events.order_by("pk").values_list(*columns):
        if kind == Kind.CASE_DESTROYED:
            told.pop((label, pk), None)
        elif isinstance(facts, dict) and "digest" in facts:
            told[label, pk] = facts["digest"]
    return told


def _told_grants() -> dict[str, tuple[str, str]]:
    """The grants that stand according to the history, by the digest of their row."""
    told: dict[str, tuple[str, str]] = {}
    events = Event.objects.filter(kind__in=[Kind.KEY_GRANTED, Kind.KEY_REVOKED])
    for kind, facts in events.order_by("pk").values_list("kind", "facts").iterator():
        for key, holder, digest in _rows_told(facts):
            if kind == Kind.KEY_GRANTED:
                told[digest] = (key, holder)
            else:
                told.pop(digest, None)
    return told


def _rows_told(facts: Any) -> list[tuple[str, str, str]]:
    """What an event says of grants; a row that was spoiled says nothing."""
    try:
        return list(zip(facts["keys"], facts["holders"], facts["digests"], strict=True))
    except (KeyError, TypeError, ValueError):
        return []
