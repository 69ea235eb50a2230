"""What a release keeps back, sealed to the network's Secret of its year.

The seed of its rounding, the truth behind its numbers, and the numbers behind its dots:
a second release of the same period must not move what did not change, and an auditor
must be able to make the release again. With the year's Secret all of it is gone.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from weerbaar.network.counting import Cell, Count, Counts
from weerbaar.network.protection import Protected
from weerbaar.network.rounding import Earlier
from weerbaar.network.tables import QUARTER
from weerbaar.vault.core import PublicKey, Secret
from weerbaar.vault.envelope import open_json_sealed, seal_json_to


@dataclass(frozen=True)
class Ledger:
    """The seed, the counts, the rounded numbers and the dots of one release."""

    seed: bytes
    counts: Counts
    numbers: Mapping[Cell, int]
    dots: frozenset[Cell]

    def same_truth(self, counts: Counts) -> bool:
        """Does nothing differ from what was counted then?"""
        return self.counts == counts

    def earlier(self) -> Earlier:
        """What a later release has to hold to, also one of a longer period.

        A year so far begins with what was counted before: where the count did not go
        down, a lower number beside the earlier one would narrow both.
        """
        return Earlier(self.numbers, self.counts)

    def earlier_dots(self, *, same_period: bool) -> frozenset[Cell]:
        """The dots that stay; of another period only those of a whole quarter."""
        return frozenset(c for c in self.dots if same_period or _quartered(c))


def _quartered(place: Cell) -> bool:
    return any(dimension == QUARTER for dimension, _code in place.at)


def commitment(seed: bytes) -> str:
    """What is said openly of a seed, so that it cannot be chosen afterwards."""
    return hashlib.sha256(b"weerbaar release seed" + seed).hexdigest()


def seal_ledger(
    release_id: UUID,
    protected: Protected,
    counts: Counts,
    seed: bytes,
    public: PublicKey,
) -> bytes:
    """Seal what a release keeps back to the public half of its year."""
    places = sorted(counts, key=Cell.sort_key)
    content = {
        "seed": base64.b64encode(seed).decode(),
        "cells": [
            [
                _key(place),
                astuple(counts[place]),
                protected.numbers[place],
                place in protected.dots,
            ]
            for place in places
        ],
    }
    return seal_json_to(public, content, place=_place(release_id))


def open_ledger(release_id: UUID, blob: bytes, secret: Secret) -> Ledger:
    """What a release kept back. Raises vault errors, also after the Secret is gone."""
    content = open_json_sealed(secret, bytes(blob), place=_place(release_id))
    counts, numbers, dots = {}, {}, set()
    for key, counted, number, is_dot in content["cells"]:
        place = _cell(key)
        counts[place], numbers[place] = Count(*counted), number
        if is_dot:
            dots.add(place)
    return Ledger(base64.b64decode(content["seed"]), counts, numbers, frozenset(dots))


def _place(release_id: UUID) -> tuple[str, UUID, str]:
    return ("release", release_id, "ledger")


def _key(place: Cell) -> list[Any]:
    return [place.kind, *place.pairs]


def _cell(key: list[Any]) -> Cell:
    kind, *at = key
    return Cell(kind, frozenset((dimension, code) for dimension, code in at))
