"""Counting columns in batches gives what counting records one by one gives."""

import random
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.network.records import record, year_of_reports
from weerbaar.contributions.services import Record
from weerbaar.network import streaming
from weerbaar.network.checker import large
from weerbaar.network.checker.plans import read_rules
from weerbaar.network.checker.recount import Recount
from weerbaar.network.counting import Cell, Counts, count
from weerbaar.network.gate import gated
from weerbaar.network.planning import plan_of
from weerbaar.network.tables import so_far

PLAN = plan_of(2026)
TABLES = so_far(PLAN.tables, 4)
ENOUGH = PLAN.gate.persons


def odd_year(many: int, seed: int) -> list[Record]:
    """A year with several things at once, advice asked, and what fits no plan."""
    chance = random.Random(seed)
    others = (
        {"kind": "prevention"},
        {"kind": "conduct"},
        {"topic": "no such topic"},
        {"channels": ["email", "home"], "referrals": ["riec", "sipa"]},
        {"incident_groups": ["verbal", "physical"], "perpetrators": []},
        {"month": 12, "organisation": "body-1", "person": "one"},
    )
    return [
        replace(
            one,
            **{"person": f"p{chance.randrange(40)}", **chance.choice([{}, *others])},
        )
        for one in year_of_reports(many, seed=seed)
    ]


def batches(records: list[Record], sizes: list[int]):
    rest = list(records)
    for size in [*sizes, len(records)]:
        yield streaming.flattened(rest[:size])
        rest = rest[size:]


def write(records: list[Record], folder: Path) -> Path:
    file = folder / "records.parquet"
    table = pa.Table.from_batches([streaming.flattened(records)])
    pq.write_table(table, file, row_group_size=1000)
    return file


def capped(counts: Counts) -> Counts:
    return {at: replace(c, persons=min(c.persons, ENOUGH)) for at, c in counts.items()}


@settings(max_examples=25, deadline=None)
@given(
    many=st.integers(0, 400),
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(0, 200), max_size=4),
)
def test_batches_of_columns_count_as_records_do(many, seed, sizes) -> None:
    records = odd_year(many, seed)
    counts, outside = count(records, TABLES)

    streamed, missed = streaming.count_batches(
        batches(records, sizes), TABLES, persons=ENOUGH
    )

    assert streamed == capped(counts)
    assert missed == len(outside)
    assert gated(streamed, PLAN.gate) == gated(counts, PLAN.gate)


def test_records_from_parquet_count_as_records_do(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(streaming, "BATCH", 700)
    records = [r for r in odd_year(3000, 5) if r.kind != "conduct"]
    file = write(records, tmp_path)

    found = streaming.parquet_batches(file, TABLES)
    streamed, _missed = streaming.count_batches(found, TABLES, persons=ENOUGH)

    assert streamed == capped(count(records, TABLES)[0])


def test_persons_are_told_apart_as_far_as_the_gate_asks() -> None:
    few = [record(case=f"a{n}", person=f"p{n % 4}") for n in range(50)]
    many = [record(case=f"b{n}", person=f"p{n}", topic="waste_taxes") for n in range(9)]
    streamed, _missed = streaming.count_batches(
        batches(few + many, [30]), TABLES, persons=ENOUGH
    )

    topics = [("topic", "housing_building"), ("topic", "waste_taxes")]
    assert [streamed[Cell("incident", frozenset({t}))].persons for t in topics] == [
        4,
        5,
    ]


@pytest.mark.parametrize("first", [10, 10_000])
def test_checker_counts_a_file_as_it_counts_records(tmp_path, monkeypatch, first):
    monkeypatch.setattr(large, "FIRST", first)
    records = odd_year(900, 6)
    file = write(records, tmp_path)
    rules = read_rules(PLAN.text).until(3)

    with Recount([asdict(one) for one in records], rules, 3) as recount:
        behind, own = recount.behind(), recount.own()
    with large.LargeRecount(file, rules, 3) as recount:
        found = recount.behind()
        assert recount.own() == own

    assert found.keys() == behind.keys()
    for at, known in behind.items():
        assert found[at]._replace(persons=0) == known._replace(persons=0)
        assert found[at].persons <= known.persons
        if known.incidents >= PLAN.gate.start:
            assert min(found[at].persons, ENOUGH) == min(known.persons, ENOUGH)


def test_checker_reads_the_file_of_the_records_and_no_other(tmp_path):
    file = write(odd_year(20, 1), tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    with large.LargeRecount(file, read_rules(PLAN.text), 4) as recount:
        with pytest.raises(duckdb.Error, match="disabled"):
            recount.db.execute("select * from read_csv(?)", [str(other)])
        with pytest.raises(duckdb.Error, match="disabled"):
            recount.db.execute("copy place to ?", [str(tmp_path / "out.csv")])
