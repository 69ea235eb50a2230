"""Walking through all places of a history in order and saying where it does not fit.

Pure: rows and checkpoints come in, findings come out. It keeps no more than the right
edge of the tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from weerbaar.audit.findings import Fault, Findings
from weerbaar.audit.leaves import Recorded, leaf_of
from weerbaar.audit.notes import Head
from weerbaar.audit.tree import SIZE, Frontier, hash_leaf

# A reporter's moment is up to six hours early, and a transaction takes its time.
EARLY = timedelta(hours=7)
# Beyond this many odd rows nobody asks where each of them belongs.
MOST_ODD = 1000


@dataclass(frozen=True)
class Signed:
    """What a checkpoint that its key signed says, and when it was stored."""

    head: Head
    signed_at: datetime | None = None


@dataclass(frozen=True)
class Odd:
    """A row that does not fit the hash at its place."""

    place: int
    event: int
    hash: bytes


class Walk:
    """One walk; `step` takes the places in order, `end` says what never came."""

    def __init__(self, signed: Iterable[Signed], findings: Findings) -> None:
        self.tree = Frontier()
        self.odd: list[Odd] = []
        self.fitting = 0
        self._findings = findings
        self._ahead = sorted(signed, key=lambda one: -one.head.size)
        self._next = 0
        self._good = 0
        self._is_rewritten = self._is_broken = False
        self._told_from = -1
        self._limit: datetime | None = None
        self._since: datetime | None = None
        self._compare()

    def step(
        self, place: int, event_id: int, hashes: bytes, row: Recorded | None
    ) -> None:
        """Take one place: the event that should stand there and the row that does."""
        if place != self._next:
            self._findings.add(Fault.PLACE_REMOVED, first=self._next, last=place - 1)
            self._is_broken = True
        self._next = place + 1
        self._look(place, event_id, hashes[:SIZE], row)
        if self._is_broken:
            return
        made = self.tree.append(hashes[:SIZE])
        if b"".join(made) != hashes:
            self._locate(place, made, hashes)
        self._compare()

    def end(self) -> None:
        """Nothing more comes: checkpoints of more than there is were cut off."""
        for one in self._ahead:
            if one.head.size > self._next:
                self._findings.add(Fault.SHORTER, size=one.head.size, there=self._next)

    @property
    def size(self) -> int:
        """How many places there are."""
        return self._next

    def _look(
        self, place: int, event_id: int, leaf: bytes, row: Recorded | None
    ) -> None:
        if row is None:
            self._findings.add(Fault.ROW_REMOVED, place=place, event=event_id)
            return
        found = hash_leaf(leaf_of(row))
        if found != leaf:
            # Said later: the hash may be that of another place.
            if len(self.odd) < MOST_ODD:
                self.odd.append(Odd(place, event_id, found))
            else:
                self._findings.add(Fault.ROW_CHANGED, place=place, event=event_id)
        if self._limit is not None and row.at < self._limit:
            self._findings.add(
                Fault.ROW_BACKDATED,
                place=place,
                event=event_id,
                at=row.at,
                since=self._since,
            )

    def _locate(self, place: int, made: list[bytes], hashes: bytes) -> None:
        """Say the smallest subtree that does not fit; those above it never do then."""
        wrong = [
            place + 1 - (1 << level)
            for level, hash_ in enumerate(made)
            if hashes[SIZE * level : SIZE * (level + 1)] != hash_
        ]
        first = wrong[0] if wrong else place
        if self._told_from < first:
            self._findings.add(Fault.TREE_CHANGED, first=first, last=place)
            self._told_from = first

    def _compare(self) -> None:
        """Hold the root against every checkpoint of exactly this size."""
        while self._ahead and self._ahead[-1].head.size == self.tree.size:
            one = self._ahead.pop()
            if one.head.root == self.tree.root:
                self._good = self.tree.size
                self.fitting += 1
            elif not self._is_rewritten:
                # What was signed later was signed over the same rows.
                self._is_rewritten = True
                size = self.tree.size
                self._findings.add(
                    Fault.REWRITTEN, size=size, first=self._good, last=size - 1
                )
            if one.signed_at is not None:
                self._since = one.signed_at
                self._limit = one.signed_at - EARLY
