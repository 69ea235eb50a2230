"""The truth, counted once more from the records: in DuckDB, by sets, in memory only.

The maker walks through the records one by one; here each rule of the plan is a query.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from weerbaar.network.checker.classes import classify, codes_of, table
from weerbaar.network.checker.findings import Address
from weerbaar.network.checker.heavy import duckdb
from weerbaar.network.checker.rules import Grid, Rules

Record = Mapping[str, Any]


class Behind(NamedTuple):
    """How many incidents, persons and organisations, and how many of the largest."""

    incidents: int = 0
    persons: int = 0
    organisations: int = 0
    largest: int = 0


def nothing_behind(rules: Rules) -> dict[Address, Behind]:
    """Every cell of the plan, empty: what no record falls in is counted too."""
    return {
        grid.address(row, column): Behind()
        for grid in rules.grids
        for row in (None, *grid.rows.codes)
        for column in (None, *grid.column_codes)
    }


NEWEST = """
create table counted as
select id, kind, person, organisation, month from (
    select *, row_number() over (
        partition by cased
        order by spoke desc, revision desc, withdrawn desc, id) as age
    from given)
where age = 1 and not withdrawn and month <= 3 * ?
"""
# Who fits no category of one dimension is left out of every table.
OUTSIDE = """
delete from fell where id in (
    select id from fell group by id, kind
    having count(*) <> list_count(list_filter($kinds, lambda k: k = kind)))
"""
CELLS = """
with base as (
    select r.category as a, {column} as b, c.organisation, c.person
    from counted c join fell r on r.id = c.id and r.dimension = $row {join}
    where c.kind = $kind),
shares as (
    select a, b, grouping(a, b) as level, organisation, count(*) as n from base
    group by grouping sets ((a, b, organisation), (a, organisation),
        (b, organisation), (organisation))),
people as (
    select a, b, grouping(a, b) as level, count(distinct person) as persons from base
    group by grouping sets ((a, b), (a), (b), ()))
select s.level, s.a, s.b, sum(n), any_value(persons), count(*), max(n)
from shares s join people p on p.level = s.level
    and p.a is not distinct from s.a and p.b is not distinct from s.b
group by s.level, s.a, s.b
"""
OWN = """
select c.organisation, r.category, {column}, count(*)
from counted c join fell r on r.id = c.id and r.dimension = $row {join}
where c.kind = $kind group by all
"""


class Recount:
    """The records of a release by category; used in a `with`.

    Nothing is written to disk: the records are confidential.
    """

    def __init__(self, records: Iterable[Record], rules: Rules, quarters: int) -> None:
        self.rules = rules
        memory: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "enable_external_access": False,
            "temp_directory": "",
        }
        self.db = duckdb.connect(":memory:", config=memory)
        self._load(list(records), quarters)
        splits = {
            (grid.kind, split.code): split
            for grid in rules.grids
            for split in grid.splits
        }
        for (kind, _code), split in splits.items():
            classify(self.db, kind, split)
        self.db.execute(OUTSIDE, {"kinds": [kind for kind, _code in splits]})

    def __enter__(self) -> "Recount":
        return self

    def __exit__(self, *_error: object) -> None:
        self.db.close()

    def _load(self, records: list[Record], quarters: int) -> None:
        """The last revision of each case that was not withdrawn, up to a quarter.

        What she said last of counting comes before any revision.
        """
        table(
            self.db,
            "given",
            {"id": "int", "cased": "text", "person": "text", "organisation": "text",
             "kind": "text", "month": "int", "spoke": "int", "revision": "int",
             "withdrawn": "bool"},
            [(number, r["case"], r["person"], r["organisation"], r["kind"],
              r["month"], r["said"], r["revision"], bool(r["withdrawn"]))
             for number, r in enumerate(records)],
        )  # fmt: skip
        self.db.execute(NEWEST, [quarters])
        sources = {s.source for g in self.rules.grids for s in g.splits} - {"month"}
        table(
            self.db,
            "said",
            {"id": "int", "source": "text", "code": "text"},
            [
                (number, source, code)
                for number, record in enumerate(records)
                for source in sources
                for code in codes_of(record[source])
            ],
        )
        table(
            self.db,
            "fell",
            {"id": "int", "kind": "text", "dimension": "text", "category": "text"},
            [],
        )

    def behind(self) -> dict[Address, Behind]:
        """Who stands behind each cell of the plan, also the empty."""
        found = nothing_behind(self.rules)
        for grid in self.rules.cliques:
            for level, row, column, *numbers in self._asked(CELLS, grid):
                at = (None if level & 2 else row, None if level & 1 else column)
                found[grid.address(*at)] = Behind(*map(int, numbers))
        return found

    def own(self) -> dict[str, dict[Address, int]]:
        """How many of its own incidents each organisation has in each inner cell."""
        found: dict[str, dict[Address, int]] = {}
        for grid in self.rules.cliques:
            for organisation, row, column, number in self._asked(OWN, grid):
                mine = found.setdefault(organisation, {})
                mine[grid.address(row, column)] = number
        return found

    def _asked(self, query: str, grid: Grid) -> list[tuple[Any, ...]]:
        asked = {"row": grid.rows.code, "kind": grid.kind}
        column, join = "cast(null as text)", ""
        if grid.columns:
            column = "k.category"
            join = "join fell k on k.id = c.id and k.dimension = $column"
            asked["column"] = grid.columns.code
        text = query.format(column=column, join=join)
        return self.db.execute(text, asked).fetchall()
