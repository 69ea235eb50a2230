"""The invented country's incidents by the hundred million, as Parquet.

The same shares as `weerbaar.network.country`, drawn by column: a million records a
second. The columns are those of `weerbaar.network.streaming.flattened`.
"""

import random
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from weerbaar import codes
from weerbaar.contributions.services import Record
from weerbaar.network import country

GROUP = 1 << 20
# Draws are looked up in a table of so many places: 16 bits of chance each.
PLACES = 1 << 16
# Bytes that a record takes on disk, with room to spare.
BYTES = 12
OFFICE = ("person", "organisation", "organisation_type", "province", "office_kind")
# What all say alike; what nothing is drawn for is not known.
EVERY = {f.name: "" for f in fields(Record) if f.default == ""} | {
    "kind": "incident",
    "outcome": "handled",
}
CHECKS = ("check_two_weeks", "check_six_weeks")


def size_of(many: int) -> int:
    """Bytes that the file of so many records may take."""
    return many * BYTES + 100_000_000


def write(file: Path, many: int, *, seed: int = 1) -> None:
    """`many` records of a year, each the only revision of its case."""
    writer = None
    for batch in _batches(many, seed):
        if writer is None:
            writer = pq.ParquetWriter(file, batch.schema, compression="zstd")
        writer.write_batch(batch, row_group_size=GROUP)
    if writer is not None:
        writer.close()


def _batches(many: int, seed: int) -> Iterator[Any]:
    invented = _Country(seed)
    for first in range(0, many, GROUP):
        columns = invented.columns(min(GROUP, many - first))
        yield pa.RecordBatch.from_pydict(columns)


class _Country:
    """Who lives there, and the tables in which draws are looked up."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        people = country.offices(random.Random(seed))
        self.told = {
            name: _coded([getattr(p, name) for p in people]) for name in OFFICE
        }
        shares = country.SHARES | country.TIMES | {"topic": _topics()}
        self.drawn = {name: _spread(weights) for name, weights in shares.items()}
        self.checks = [_after(at) for at in range(len(CHECKS))]
        weights = np.minimum(
            self.chance.pareto(country.TAIL, len(people)) + 1, country.MOST
        )
        # Finer than the others: there are ten thousand people.
        self.owners = _looked_up(weights, PLACES << 6)

    def columns(self, size: int) -> dict[str, Any]:
        """So many incidents."""
        places = self.chance.integers(0, len(self.owners), size, dtype=np.uint32)
        who = self.owners[places]
        columns = {name: _alike(value, size) for name, value in EVERY.items()}
        for name, (table, of) in self.told.items():
            columns[name] = _array(table[who], of)
        for name, (table, of) in self.drawn.items():
            columns[name] = _array(table[self._draws(size)], of)
        ended = columns["aftercare"].indices.to_numpy()
        for name, (table, of) in zip(CHECKS, self.checks, strict=True):
            columns[name] = _array(table[ended, self._draws(size)], of)
        columns["month"] = pa.array(_months(self.chance, size))
        return columns

    def _draws(self, size: int) -> Any:
        return self.chance.integers(0, PLACES, size, dtype=np.uint16)


def _coded(values: list[str]) -> tuple[Any, list[str]]:
    listed = sorted(set(values))
    places = {value: at for at, value in enumerate(listed)}
    return np.array([places[value] for value in values], np.int16), listed


def _spread(shares: dict[str, Any]) -> tuple[Any, list[str]]:
    table = _looked_up(np.array(list(shares.values()), float), PLACES)
    return table.astype(np.int8), list(shares)


def _after(which: int) -> tuple[Any, list[str]]:
    """Whether a talk was in time: a table for each way in which aftercare ended."""
    told = [country.CHECKS[ended][which] for ended in country.SHARES["aftercare"]]
    codes_of = list(dict.fromkeys(code for shares in told for code in shares))
    weights = [[shares.get(code, 0) for code in codes_of] for shares in told]
    lines = [_looked_up(np.array(line, float), PLACES) for line in weights]
    return np.array(lines, np.int8), codes_of


def _looked_up(weights: Any, places: int) -> Any:
    """A table in which each number stands as often as its weight says."""
    ends = np.round(np.cumsum(weights) / weights.sum() * places).astype(np.int64)
    return np.repeat(np.arange(len(weights), dtype=np.int16), np.diff(ends, prepend=0))


def _topics() -> dict[str, float]:
    listed = [entry.code for entry in codes.entries("policy_topics")]
    shares = {code: float(np.exp(-0.25 * at)) for at, code in enumerate(listed)}
    return shares


def _months(chance: Any, size: int) -> Any:
    days = chance.random(size, np.float32) * 365
    days += chance.exponential(country.LAG_DAYS, size)
    return np.minimum(12, (days / 30.5).astype(np.int8) + 1)


def _alike(value: str, size: int) -> Any:
    return _array(np.zeros(size, np.int8), [value])


def _array(places: Any, values: list[str]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values))
