"""The truth of many millions of records, counted once more: DuckDB over a Parquet file.

Each line is a case as it was last told; lists are words with spaces between. Only the
columns of a question are read, and nothing is written to disk.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from weerbaar.network.checker.classes import classify, table
from weerbaar.network.checker.findings import Address
from weerbaar.network.checker.heavy import duckdb
from weerbaar.network.checker.recount import Behind, nothing_behind
from weerbaar.network.checker.rules import QUARTER, Grid, Rules, Split

# So many lines at the beginning say of nearly every cell that enough persons stand
# behind it; only the others are asked for in the whole file.
FIRST = 1_000_000
MEMORY = "1GB"
THREADS = 2
# The lines of a kind that fit a category of every dimension.
LINES = "from read_parquet($file) where kind = $kind and month <= $month {fits}"
# Of the first lines only; a number for each line is what the whole need not pay for.
HEAD = """
from read_parquet($file, file_row_number = true)
where file_row_number < $first and kind = $kind and month <= $month {fits}
"""
# Summed by the values of the file, and only then put into categories: there are few
# values, and many lines.
SUMMED = """
create or replace temp table {name} as
with told as (
    select {row} as row_value, {column} as column_value, organisation, {what}
    {lines} group by all)
select r.category as a, k.category as b, t.* exclude (row_value, column_value)
from told t
join place r on r.kind = $kind and r.dimension = $row
    and r.value = cast(row_value as text)
left join place k on k.kind = $kind and k.dimension = $column
    and k.value = cast(column_value as text)
"""
SHARES = """
with shares as (
    select a, b, grouping(a, b) as level, organisation, sum(n) as n from {name}
    group by grouping sets ((a, b, organisation), (a, organisation),
        (b, organisation), (organisation)))
select level, a, b, sum(n), count(*), max(n) from shares group by level, a, b
"""
OWN = "select organisation, a, b, sum(n) from {name} group by all"
PEOPLE = """
select grouping(a, b), a, b, count(distinct person) from {name}
group by grouping sets ((a, b), (a), (b), ())
"""
EXACT = "select count(distinct person) {lines}"
IN_CELL = """
and cast({source} as text) in (select value from place
    where kind = $kind and dimension = ${at}_of and category = ${at})
"""
FALLEN = {"id": "int", "kind": "text", "dimension": "text", "category": "text"}
SAID = {"id": "int", "source": "text", "code": "text"}
COUNTED = {"id": "int", "kind": "text", "month": "int"}
PLACE = {"kind": "text", "dimension": "text", "value": "text", "category": "text"}


class LargeRecount:
    """The same answers as `Recount`, from a file; used in a `with`.

    Of persons it says how many there are at least: exactly how many where they are
    fewer than the gate asks of a cell of that size.
    """

    def __init__(self, file: Path, rules: Rules, quarters: int) -> None:
        self.rules, self.month, self.file = rules, 3 * quarters, str(file.resolve())
        config = {"threads": THREADS, "temp_directory": "", "memory_limit": MEMORY}
        self.db = duckdb.connect(":memory:", config=config)
        allowed = self.file.replace("'", "''")
        self.db.execute(f"set allowed_paths = ['{allowed}']")
        self.db.execute("set enable_external_access = false")
        self.many = self._first("select count(*) from read_parquet(?)", [self.file])
        self.summed: set[str] = set()
        self.outside: dict[str, dict[str, list[str]]] = {}
        placed: list[tuple[str, str, str, str]] = []
        pairs = {(grid.kind, s.code): s for grid in rules.grids for s in grid.splits}
        for (kind, _code), split in pairs.items():
            placed += self._places(kind, split)
        table(self.db, "place", PLACE, placed)

    def __enter__(self) -> "LargeRecount":
        return self

    def __exit__(self, *_error: object) -> None:
        self.db.close()

    def _first(self, query: str, asked: Any) -> int:
        return int(self.db.execute(query, asked).fetchone()[0])

    def _places(self, kind: str, split: Split) -> Iterator[tuple[str, str, str, str]]:
        """The category of every value of a column; what has none is noted as such."""
        query = f"select distinct {split.source} from read_parquet(?) where kind = ?"  # noqa: S608 - one of the sources that a plan may name
        found = self.db.execute(query, [self.file, kind]).fetchall()
        values = [value for (value,) in found]
        self._as_records(kind, split, values)
        classify(self.db, kind, split)
        known = dict(self.db.execute("select id, category from fell").fetchall())
        for at, value in enumerate(values):
            if at in known:
                yield kind, split.code, str(value), known[at]
            else:
                missed = self.outside.setdefault(kind, {})
                missed.setdefault(split.source, []).append(value)

    def _as_records(self, kind: str, split: Split, values: list[Any]) -> None:
        """Each value as if it were all that a case told."""
        is_month = split.reads == QUARTER
        rows = [(at, kind, v if is_month else 0) for at, v in enumerate(values)]
        table(self.db, "counted", COUNTED, rows)
        codes = [
            (at, split.source, code)
            for at, value in enumerate([] if is_month else values)
            for code in ([value] if split.reads == "one" else value.split())
        ]
        table(self.db, "said", SAID, codes)
        table(self.db, "fell", FALLEN, [])

    def behind(self) -> dict[Address, Behind]:
        """Who stands behind each cell of the plan, also the empty."""
        found = nothing_behind(self.rules)
        for grid in self.rules.cliques:
            people = self._people(grid)
            for level, row, column, n, owners, largest in self._cases(SHARES, grid):
                at = _address(grid, level, row, column)
                known = people.get(at, 0)
                if known < self.rules.gate["persons"]:
                    known = self._exactly(grid, at, known, int(n))
                found[at] = Behind(int(n), known, owners, int(largest))
        return found

    def own(self) -> dict[str, dict[Address, int]]:
        """How many of its own incidents each organisation has in each inner cell."""
        found: dict[str, dict[Address, int]] = {}
        for grid in self.rules.cliques:
            for organisation, row, column, number in self._cases(OWN, grid):
                mine = found.setdefault(organisation, {})
                mine[grid.address(row, column)] = int(number)
        return found

    def _people(self, grid: Grid) -> dict[Address, int]:
        """How many persons the first lines name, of each cell."""
        self._sum("people", grid, "person", HEAD)
        return {
            _address(grid, level, row, column): number
            for level, row, column, number in self._asked(PEOPLE, "people")
        }

    def _cases(self, query: str, grid: Grid) -> list[tuple[Any, ...]]:
        """Ask the cases of each organisation, for which the file is read once."""
        name = f"cases_{self.rules.cliques.index(grid)}"
        if name not in self.summed:
            self._sum(name, grid, "count(*) as n", LINES)
            self.summed.add(name)
        return self._asked(query, name)

    def _exactly(self, grid: Grid, at: Address, known: int, incidents: int) -> int:
        """How many persons the whole file names, where the gate asks for it."""
        if self.many <= FIRST or incidents < self.rules.gate["from"]:
            return known
        where, asked = self._lines(LINES, grid.kind)
        sources = {split.code: split.source for split in grid.splits}
        for name, (code, category) in zip("ab", sorted(at[1]), strict=False):
            where += IN_CELL.format(source=sources[code], at=name)
            asked |= {f"{name}_of": code, name: category}
        return self._first(EXACT.format(lines=where), asked)

    def _sum(self, name: str, grid: Grid, what: str, lines: str) -> None:
        where, asked = self._lines(lines, grid.kind)
        column = grid.columns
        query = SUMMED.format(
            name=name,
            row=grid.rows.source,
            column=column.source if column else "null",
            what=what,
            lines=where,
        )
        asked |= {"row": grid.rows.code, "column": column.code if column else ""}
        self.db.execute(query, asked)

    def _lines(self, lines: str, kind: str) -> tuple[str, dict[str, Any]]:
        missed = self.outside.get(kind, {})
        fits = "".join(f" and {s} not in (select unnest(${s}))" for s in missed)
        asked = {"file": self.file, "kind": kind, "month": self.month}
        first = {"first": FIRST} if lines is HEAD else {}
        return lines.format(fits=fits), asked | first | missed

    def _asked(self, query: str, name: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]]
        found = self.db.execute(query.format(name=name)).fetchall()
        return found


def _address(grid: Grid, level: int, row: str | None, column: str | None) -> Address:
    return grid.address(
        None if level & 2 else row,
        None if level & 1 or not grid.columns else column,
    )
