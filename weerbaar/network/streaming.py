"""Counting by the hundred million: the same counts as `counting`, from columns.

Records lie in Parquet (`flattened` makes its columns: text, and lists as words with
spaces between), are read a batch at a time, and go into one `numpy.bincount` for each
table over organisation and cell. So memory holds one batch, and a number for each
organisation and cell (statistics 3.4 and 7).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from weerbaar.contributions.services import Record
from weerbaar.network.counting import Cell, Counts, counts_of
from weerbaar.network.dimensions import Dimension, OutsidePlan
from weerbaar.network.structure import cliques, structure
from weerbaar.network.tables import Table

LISTS = frozenset(
    field.name for field in fields(Record) if field.default_factory is list
)
# Records at once: enough to hide what a batch costs, few enough for the processor's
# own memory.
BATCH = 1 << 18
# Records among which persons are told apart at once.
STEP = 1 << 15
# Where a record falls that fits no category.
OUTSIDE = 255
Places = npt.NDArray[Any]


def flattened(records: Iterable[Record]) -> Any:
    """Records as one batch of columns: what `count_batches` reads."""
    rows = list(records)
    columns = {
        field.name: [_flat(getattr(row, field.name)) for row in rows]
        for field in fields(Record)
    }
    return pa.RecordBatch.from_pydict(columns)


def _flat(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value


def parquet_batches(file: Path, tables: Sequence[Table]) -> Iterator[Any]:
    """The columns that the tables need, a batch at a time."""
    sources = {d.source for table in tables for d in table.dimensions}
    needed = sorted(sources | {"kind", "organisation", "person"})
    # Read ahead it would hold the whole file.
    with pq.ParquetFile(file, read_dictionary=needed, pre_buffer=False) as content:
        yield from content.iter_batches(BATCH, columns=needed)


def count_batches(
    batches: Iterable[Any], tables: Sequence[Table], *, persons: int
) -> tuple[Counts, int]:
    """Every cell of the plan, and how many records fit no category.

    The records are what `counting.newest` gave. Up to `persons` persons are told apart
    in a cell: fewer is exact, that number is that many or more. The gate asks no more,
    and whoever is known to be many need not be held in memory.
    """
    kinds = {
        kind: _Kind([table for table in tables if table.kind == kind], persons)
        for kind in dict.fromkeys(table.kind for table in tables)
    }
    outside = 0
    for batch in batches:
        for kind, rows in _by_kind(batch).items():
            fits = kinds[kind].add(rows) if kind in kinds else 0
            outside += len(rows) - fits
    tallies: dict[Cell, tuple[Counter[str], set[str]]] = {}
    for found in kinds.values():
        tallies |= found.tallies()
    return counts_of(tallies), outside


def _by_kind(batch: Any) -> dict[str, Any]:
    if not len(batch):
        return {}
    column = _coded(batch["kind"])
    kinds, places = column.dictionary.to_pylist(), column.indices.to_numpy()
    if len(kinds) == 1:
        return {kinds[0]: batch}
    present = [at for at in range(len(kinds)) if (places == at).any()]
    return {kinds[at]: batch.filter(pa.array(places == at)) for at in present}


def _coded(column: Any) -> Any:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


class _Kind:
    """What was counted of one kind of case: a line for each organisation."""

    def __init__(self, tables: Sequence[Table], persons: int) -> None:
        self.system = structure(tables)
        self.persons = persons
        self.cliques = cliques(tables)
        self.categories = {
            d.code: _Categories(d) for table in self.cliques for d in table.dimensions
        }
        self.organisations: dict[str, int] = {}
        self.cases = np.zeros((0, len(self.system.inner)), np.int64)
        self.people: list[set[str]] = [set() for _inner in self.system.inner]

    def add(self, batch: Any) -> int:
        """Count a batch; gives how many of its records fit."""
        at = {
            code: known.of(batch[known.dimension.source])
            for code, known in self.categories.items()
        }
        fits = np.ones(len(batch), np.bool_)
        for places in at.values():
            fits &= places != OUTSIDE
        if not fits.all():
            return self.add(batch.filter(pa.array(fits)))
        if len(batch):
            self._count(at, self._owners(batch["organisation"]), batch["person"])
        return len(batch)

    def _owners(self, column: Any) -> Places:
        coded = _coded(column)
        known = self.organisations
        names = coded.dictionary.to_pylist()
        lines = np.array([known.setdefault(n, len(known)) for n in names], np.int64)
        more = np.zeros((len(known) - len(self.cases), self.cases.shape[1]), np.int64)
        self.cases = np.concatenate([self.cases, more]) if len(more) else self.cases
        return lines[coded.indices.to_numpy()]

    def _count(self, at: Mapping[str, Places], owners: Places, people: Any) -> None:
        first = 0
        for table in self.cliques:
            width = len(table.columns.codes) if table.columns else 1
            many = len(table.rows.codes) * width
            cells = at[table.rows.code].astype(np.int64)
            if table.columns:
                cells *= width
                cells += at[table.columns.code]
            keys = owners * many
            keys += cells
            found = np.bincount(keys, minlength=len(self.cases) * many)
            found = found.reshape(-1, many)
            self.cases[:, first : first + many] += found
            self._meet(first, cells, found.sum(axis=0) > 0, people)
            first += many

    def _meet(self, first: int, cells: Places, filled: Places, people: Any) -> None:
        """Note who stands behind cells of which not enough persons are known yet."""
        known = self.people[first : first + len(filled)]
        is_open = filled & np.array([len(known_) < self.persons for known_ in known])
        if not is_open.any():
            return
        coded = _coded(people)
        who, names = coded.indices.to_numpy(), coded.dictionary
        rows = np.flatnonzero(is_open[cells])
        while len(rows):
            now, rows = rows[:STEP], rows[STEP:]
            for pair in np.unique(cells[now] * len(names) + who[now]):
                cell, person = divmod(int(pair), len(names))
                if len(known[cell]) < self.persons:
                    known[cell].add(names[person].as_py())
            is_open = np.array([len(known_) < self.persons for known_ in known])
            rows = rows[is_open[cells[rows]]]

    def tallies(self) -> dict[Cell, tuple[Counter[str], set[str]]]:
        """Of each cell how many cases each organisation has, and persons behind it."""
        names = np.array(list(self.organisations), dtype=object)
        found = {}
        for place, lists in self.system.sums.items():
            cases = self.cases[:, lists[0]].sum(axis=1)
            own = np.flatnonzero(cases)
            people = set[str]().union(*(self.people[inner] for inner in lists[0]))
            found[place] = (
                Counter(dict(zip(names[own], cases[own].tolist(), strict=True))),
                set(sorted(people)[: self.persons]),
            )
        return found


class _Categories:
    """The place of the category of each value that a column was seen to have."""

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension
        self.known: dict[Any, int] = {}

    def of(self, column: Any) -> Places:
        coded = _coded(column)
        values = coded.dictionary.to_pylist()
        for value in values:
            if value not in self.known:
                self.known[value] = self._place(value)
        places = np.array([self.known[value] for value in values], np.uint8)
        return cast(Places, places[coded.indices.to_numpy()])

    def _place(self, value: Any) -> int:
        source = self.dimension.source
        said = value.split() if source in LISTS else value
        try:
            code = self.dimension.of(cast(Record, SimpleNamespace(**{source: said})))
        except OutsidePlan:
            return OUTSIDE
        return self.dimension.codes.index(code)
