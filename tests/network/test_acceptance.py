"""The list by which the figures are accepted: which test shows each point, and size.

The table itself stands in docs/statistics.md.
"""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.bench.figures import judging, side_by_side, sizes, writing
from tests.network.test_checker import make
from weerbaar.network import country
from weerbaar.network.counting import Cell, count
from weerbaar.network.planning import plan_of
from weerbaar.network.protection import protect

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "statistics.md"
PLAN = plan_of(2026)
POINTS = 23


def listed() -> dict[int, tuple[list[tuple[str, str]], bool]]:
    """For each point the tests that are named, and whether the night is named."""
    text = DOCUMENT.read_text("utf-8").partition("## The list of acceptance")[2]
    rows = re.findall(r"^\| (\d+) \|(.*)\|$", text.partition("\n## ")[0], re.M)
    named = re.compile(r"`(test_\w+)::(test_\w+)`")
    return {int(n): (named.findall(row), "nightly" in row) for n, row in rows}


def defined(module: str) -> dict[str, bool]:
    """The tests of a file, and whether they, or some of them, are for the night."""
    source = (ROOT / "tests" / "network" / f"{module}.py").read_text("utf-8")
    return {
        found.name: "nightly" in "".join(map(ast.unparse, found.decorator_list))
        for found in ast.parse(source).body
        if isinstance(found, ast.FunctionDef)
    }


def test_every_point_of_the_list_names_tests_that_exist() -> None:
    points = listed()

    assert list(points) == list(range(1, POINTS + 1))
    for number, (tests, _night) in points.items():
        assert tests, number
        assert [t for m, t in tests if t not in defined(m)] == [], number


def test_list_says_what_only_the_night_shows() -> None:
    for number, (tests, night) in listed().items():
        assert any(defined(module)[test] for module, test in tests) == night, number


def test_five_thousand_records_lose_little() -> None:
    """Error at most 1.7 and never over 4, at most two dots, over ten seeds."""
    records = list(country.records(5000, year=2026))
    counts, outside = count(records, PLAN.tables)
    assert not outside
    for number in range(10):
        made = protect(counts, PLAN, PLAN.tables, seed=number.to_bytes(32, "big"))
        errors = [
            abs(shown - counts[place].incidents)
            for place, shown in made.published.items()
            if shown is not None
        ]
        assert sum(errors) / len(errors) <= 1.7
        assert max(errors) <= 4
        assert len(made.dots) <= 2


def test_attacker_of_the_comparison_finds_what_is_there_to_find() -> None:
    """The one by whom we are measured beside others, on exact tables and on ours."""
    records, rules, truth = side_by_side.year_of(500)
    exact = side_by_side.exact(rules, truth).judged
    ours = side_by_side.ours(records, rules, truth).judged

    assert exact == judging.Judged(0, 0, 0, exact.small, 1, 1, 1, 0)
    assert (ours.exact, ours.small_narrow, ours.narrow, ours.unequal) == (0, 0, 0, 0)
    assert exact.small > 20
    assert ours.mean <= 1.7


def test_document_has_the_place_where_measurements_are_written() -> None:
    text = DOCUMENT.read_text("utf-8")

    told = text.partition(writing.BEGIN)[2].partition(writing.END)[0]
    assert all(f"| {many:,} |" in told for many in sizes.SIZES)
    assert all(peer.stem in told for peer in side_by_side.PEERS.glob("*.txt"))


def test_measuring_asks_for_room_before_it_fills_the_disk(tmp_path) -> None:
    with pytest.raises(RuntimeError, match="make room"):
        sizes.have_room(tmp_path, 10**18)


# --- by night -----------------------------------------------------------------------


@pytest.mark.nightly
@pytest.mark.parametrize("many", [5_000, 1_000_000])
def test_large_year_is_made_and_checked_within_its_target(many) -> None:
    """Each in a process of its own; a hundred million by `make bench`."""
    size = sizes.measured(many)

    assert size.holds
    assert size.made["furthest"] <= 4


def known(counts: Any, *dimensions: str) -> tuple[dict[str, Any], ...]:
    """The total, and every number of some dimensions, as they are."""
    return tuple(
        {"kind": kind, "at": sorted(at), "number": counted.incidents}
        for (kind, at), counted in counts.items()
        if kind == "incident"
        and {name for name, _code in at} <= {*dimensions}
        and len(at) <= 1
    )


@pytest.mark.nightly
@pytest.mark.parametrize(("many", "seeds"), [(500, 10), (5_000, 5), (50_000, 2)])
def test_coalitions_and_known_totals_tell_nothing_of_others(many, seeds) -> None:
    """All organisations, the 3 and 10 largest, and who knows the exact totals."""
    for seed in range(seeds):
        records = list(country.records(many, year=2026, seed=seed))
        made = make(records, seed=bytes([seed, 7]) * 16)
        made.facts = known(made.counts, "organisation_type")
        assert made.counts[Cell("incident")].incidents == many
        assert made.found() == set()
        assert made.checked.measures["together"] == 10
