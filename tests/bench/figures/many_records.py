"""The invented country's incidents by the hundred million, as Parquet.

The same shares as `weerbaar.network.country`, drawn by column: a million records a
second. The columns are those of `weerbaar.network.streaming.flattened`.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from weerbaar import codes
from weerbaar.network import country

GROUP = 1 << 20
# Draws are looked up in a table of so many places: 16 bits of chance each.
PLACES = 1 << 16
# Bytes that a record takes on disk, with room to spare.
BYTES = 12
OFFICE = ("person", "organisation", "organisation_type", "province", "office_kind")
EVERY = {"kind": "incident", "outcome": "handled"}


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
    chance = np.random.default_rng(seed)
    people = country.offices(random.Random(seed))
    told = {name: _coded([getattr(p, name) for p in people]) for name in OFFICE}
    drawn = {name: _spread(shares) for name, shares in country.SHARES.items()}
    drawn["topic"] = _spread(_topics())
    # Finer than the others: there are ten thousand people.
    weights = np.minimum(chance.pareto(country.TAIL, len(people)) + 1, country.MOST)
    owners = _looked_up(weights, PLACES << 6)
    for first in range(0, many, GROUP):
        size = min(GROUP, many - first)
        who = owners[chance.integers(0, len(owners), size, dtype=np.uint32)]
        columns = {name: _array(places[who], of) for name, (places, of) in told.items()}
        for name, (table, of) in drawn.items():
            places = table[chance.integers(0, PLACES, size, dtype=np.uint16)]
            columns[name] = _array(places, of)
        columns["month"] = pa.array(_months(chance, size))
        for name, value in EVERY.items():
            columns[name] = _array(np.zeros(size, np.int8), [value])
        yield pa.RecordBatch.from_pydict(columns)


def _coded(values: list[str]) -> tuple[Any, list[str]]:
    listed = sorted(set(values))
    places = {value: at for at, value in enumerate(listed)}
    return np.array([places[value] for value in values], np.int16), listed


def _spread(shares: dict[str, Any]) -> tuple[Any, list[str]]:
    table = _looked_up(np.array(list(shares.values()), float), PLACES)
    return table.astype(np.int8), list(shares)


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


def _array(places: Any, values: list[str]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(values))
