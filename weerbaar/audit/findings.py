"""What can be wrong with a history, in plain words. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# Of each kind the first ones are told in full, and the rest are counted.
TOLD = 20


class Fault(StrEnum):
    """A way in which the history is not what it was; the value says it in words."""

    ROW_CHANGED = (
        "Place {place}: event {event} is not what it was when it got its place. "
        "Its row was changed."
    )
    ROW_REMOVED = "Place {place}: event {event} is gone. Its row was removed."
    ROW_INSERTED = (
        "Event {event} has no place in the tree and does not wait for one. "
        "Its row was put in past the application."
    )
    ROW_LOST = (
        "Event {event} waited for its place and is gone. Its row was removed before."
    )
    ROW_MOVED = (
        "Place {place}: event {event} belongs at place {other}. "
        "Rows were put in another order."
    )
    ROW_BACKDATED = (
        "Place {place}: event {event} says {at}, and got its place only after the "
        "checkpoint of {since}. It was put in later."
    )
    PLACE_REMOVED = "Places {first} to {last} of the tree are gone: rows were removed."
    TREE_CHANGED = (
        "Places {first} to {last}: the tree does not fit its own rows. They were "
        "put in another order, or changed together with their own hash."
    )
    REWRITTEN = (
        "The checkpoint of {size} was signed over other rows: from place {first} to "
        "{last} something was changed, removed, put in or put in another order."
    )
    SHORTER = (
        "The checkpoint of {size} was signed over {size} events, and the log has "
        "{there}. Its end was cut off, or it was begun anew."
    )
    FORGED = (
        "The checkpoint of {size} is forged or spoiled: {why} It proves nothing and "
        "was not used."
    )
    CHECKPOINT_REMOVED = (
        "The saved checkpoint of {size} is a true one, and is not among those kept "
        "here any more. It was removed."
    )
    SEALED_CHANGED = (
        "The sealed header of {subject} is not the one that was written last. An older "
        "one was put back, or it was changed."
    )
    SEALED_REMOVED = (
        "{subject} is gone, and the history does not say that it was destroyed."
    )
    GRANT_UNKNOWN = (
        "Key {key} is granted to {holder}, and the history does not say so. The row "
        "was put in, changed, or put back after it had been taken away."
    )
    GRANT_REMOVED = (
        "The history says that key {key} is granted to {holder}, and the row is gone."
    )


@dataclass(frozen=True)
class Finding:
    """One fault with where it is."""

    fault: Fault
    where: dict[str, Any]

    def __str__(self) -> str:
        return self.fault.format(**self.where)


@dataclass
class Findings:
    """All that was found: the first of each kind, and how many there are."""

    told: list[Finding] = field(default_factory=list)
    counts: Counter[Fault] = field(default_factory=Counter)

    def add(self, fault: Fault, **where: Any) -> None:
        """Keep a finding; beyond the first ones of its kind only its number."""
        self.counts[fault] += 1
        if self.counts[fault] <= TOLD:
            self.told.append(Finding(fault, where))

    @property
    def untold(self) -> int:
        """How many are counted only."""
        return self.counts.total() - len(self.told)
