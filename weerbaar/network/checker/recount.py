"""The truth, counted once more from the records: in DuckDB, by sets, in memory only.

The maker walks through the records one by one; here each rule of the plan is a query.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from weerbaar.network.checker.findings import Address
from weerbaar.network.checker.heavy import duckdb
from weerbaar.network.checker.rules import QUARTER, Grid, Rules, Split

Record = Mapping[str, Any]
MARKS = ("rest", "several", "nothing")
# Behind every category that has a place in the plan's order.
LAST = 10**6


class Behind(NamedTuple):
    """How many incidents, persons and organisations, and how many of the largest."""

    incidents: int = 0
    persons: int = 0
    organisations: int = 0
    largest: int = 0


# The category of a record in one dimension: by the code it has, by the one group that
# all its codes fall into, or by the first of the plan's order among them.
CATEGORY = {
    "one": "coalesce(max(t.category), $rest)",
    "several": """case when count(s.code) = 0 and $nothing <> '' then $nothing
        when count(distinct t.category) filter (t.category <> $rest) > 1 then $several
        else coalesce(max(t.category) filter (t.category <> $rest), $rest) end""",
    "heaviest": """coalesce(
        arg_min(t.category, t.rank) filter (t.rank < $last), $rest)""",
}
NEWEST = """
create table counted as
select id, kind, person, organisation, month from (
    select *, row_number() over (
        partition by cased order by revision desc, withdrawn desc, id) as age
    from given)
where age = 1 and not withdrawn and month <= 3 * ?
"""
CLASSIFY = """
insert into fell select * from (
    select c.id, c.kind, $dimension, {category} as category
    from counted c
    left join said s on s.id = c.id and s.source = $source
    left join takes t on t.code = s.code
    where c.kind = $kind and $rest is not null and $several is not null
        and $nothing is not null and $last is not null
    group by c.id, c.kind)
where list_contains($codes, category)
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
            self._classify(kind, split)
        self.db.execute(OUTSIDE, {"kinds": [kind for kind, _code in splits]})

    def __enter__(self) -> "Recount":
        return self

    def __exit__(self, *_error: object) -> None:
        self.db.close()

    def _load(self, records: list[Record], quarters: int) -> None:
        """The last revision of each case that was not withdrawn, up to a quarter."""
        self._table(
            "given",
            {"id": "int", "cased": "text", "person": "text", "organisation": "text",
             "kind": "text", "month": "int", "revision": "int", "withdrawn": "bool"},
            [(number, r["case"], r["person"], r["organisation"], r["kind"],
              r["month"], r["revision"], bool(r["withdrawn"]))
             for number, r in enumerate(records)],
        )  # fmt: skip
        self.db.execute(NEWEST, [quarters])
        sources = {s.source for g in self.rules.grids for s in g.splits} - {"month"}
        self._table(
            "said",
            {"id": "int", "source": "text", "code": "text"},
            [
                (number, source, code)
                for number, record in enumerate(records)
                for source in sources
                for code in _codes(record[source])
            ],
        )
        self._table(
            "fell",
            {"id": "int", "kind": "text", "dimension": "text", "category": "text"},
            [],
        )

    def _table(
        self, name: str, columns: dict[str, str], rows: list[tuple[Any, ...]]
    ) -> None:
        typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.db.execute(f"create or replace table {name} ({typed})")
        if rows:
            asked = ", ".join("unnest(?)" for _column in columns)
            whole = [list(column) for column in zip(*rows, strict=True)]
            self.db.execute(f"insert into {name} select {asked}", whole)

    def _classify(self, kind: str, split: Split) -> None:
        """Every record of a kind into one category of a dimension, or into none."""
        if split.reads == QUARTER:
            self.db.execute(
                "insert into fell select id, kind, ?, 'q' || ((month + 2) // 3) "
                "from counted where kind = ?",
                [split.code, kind],
            )
            return
        rank = {category: place for place, category in enumerate(split.order)}
        self._table(
            "takes",
            {"code": "text", "category": "text", "rank": "int"},
            [(code, group, rank.get(group, LAST))
             for code, group in split.groups.items()],
        )  # fmt: skip
        asked = {mark: split.marks.get(mark, "") for mark in MARKS}
        self.db.execute(
            CLASSIFY.format(category=CATEGORY[split.reads]),
            {"dimension": split.code, "source": split.source, "kind": kind,
             "codes": list(split.codes), "last": LAST, **asked},
        )  # fmt: skip

    def behind(self) -> dict[Address, Behind]:
        """Who stands behind each cell of the plan, also the empty."""
        found: dict[Address, Behind] = {}
        for grid in self.rules.grids:
            for row in (None, *grid.rows.codes):
                for column in (None, *grid.column_codes):
                    found[grid.address(row, column)] = Behind()
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


def _codes(said: Any) -> list[str]:
    return list(said) if isinstance(said, (list, tuple)) else [said]
