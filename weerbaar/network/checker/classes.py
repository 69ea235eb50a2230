"""Into which category of the plan each record falls: a query for each dimension.

It reads the tables `counted` (whose cases) and `said` (which codes they have), and
fills `fell`. A record that fits no category does not fall anywhere.
"""

from typing import Any

from weerbaar.network.checker.rules import QUARTER, Split

MARKS = ("rest", "several", "nothing")
# Behind every category that has a place in the plan's order.
LAST = 10**6
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


def table(db: Any, name: str, columns: dict[str, str], rows: list[Any]) -> None:
    """A table anew, with these rows."""
    typed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    db.execute(f"create or replace table {name} ({typed})")
    if rows:
        asked = ", ".join("unnest(?)" for _column in columns)
        whole = [list(column) for column in zip(*rows, strict=True)]
        db.execute(f"insert into {name} select {asked}", whole)


def classify(db: Any, kind: str, split: Split) -> None:
    """Every record of a kind into one category of a dimension, or into none."""
    if split.reads == QUARTER:
        db.execute(
            "insert into fell select id, kind, ?, 'q' || ((month + 2) // 3) "
            "from counted where kind = ?",
            [split.code, kind],
        )
        return
    rank = {category: place for place, category in enumerate(split.order)}
    table(
        db,
        "takes",
        {"code": "text", "category": "text", "rank": "int"},
        [(code, group, rank.get(group, LAST)) for code, group in split.groups.items()],
    )
    asked = {mark: split.marks.get(mark, "") for mark in MARKS}
    db.execute(
        CLASSIFY.format(category=CATEGORY[split.reads]),
        {"dimension": split.code, "source": split.source, "kind": kind,
         "codes": list(split.codes), "last": LAST, **asked},
    )  # fmt: skip


def codes_of(said: Any) -> list[str]:
    """The codes of an answer: several, or the one that it is."""
    return list(said) if isinstance(said, (list, tuple)) else [said]
