"""No hidden count can be derived: an attacker tries, and proves that he could."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.network.attack import bounds
from tests.network.records import plan_of, record
from weerbaar.network import protection
from weerbaar.network.counting import Counts, cell, cells, count
from weerbaar.network.protection import INCIDENTS, is_small, protect, rounded
from weerbaar.network.tables import Table, plan

SHAPES = st.sampled_from(["one", "square", "star", "chain"])
slow = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def figures(draw: st.DrawFn) -> tuple[Counts, tuple[Table, ...]]:
    """Random incidents, many of few kinds and few of many, in tables linked by sums."""
    tables = plan_of(draw(SHAPES))
    sizes = {d.code: len(d.codes) for t in tables for d in t.dimensions}
    heaps = draw(
        st.lists(
            st.tuples(
                st.fixed_dictionaries(
                    {name: st.integers(0, size - 1) for name, size in sizes.items()}
                ),
                st.sampled_from([1, 1, 1, 2, 3, 4, 5, 6, 9, 15, 40]),
                st.integers(1, 6),
            ),
            min_size=1,
            max_size=14,
        )
    )
    records = []
    for at, many, organisations in heaps:
        for n in range(many):
            records.append(
                record(
                    case=f"case-{len(records)}",
                    organisation=f"body-{n % organisations}",
                    channels=[at.get("a", 0)],
                    perpetrators=[at.get("b", 0)],
                    referrals=[at.get("c", 0)],
                    incident_groups=[at.get("d", 0)],
                )
            )
    return count(records, tables)[0], tables


@slow
@given(figures())
def test_no_hidden_count_can_be_derived(
    drawn: tuple[Counts, tuple[Table, ...]],
) -> None:
    counts, tables = drawn
    published = protect(counts, tables)
    shown = {place for place, number in published.items() if number is not None}
    if not shown:
        return

    known = bounds(counts, shown, tables)

    for place, (least, most) in known.items():
        true = counts[place].incidents
        assert least <= true <= most
        assert least < most, (place, true)
        if is_small(counts, place):
            assert least <= max(0, true - 5), (place, true, least)
            assert most >= INCIDENTS, (place, true, most)


@slow
@given(figures())
def test_only_counts_that_pass_the_threshold_are_shown(
    drawn: tuple[Counts, tuple[Table, ...]],
) -> None:
    counts, tables = drawn

    for place, number in protect(counts, tables).items():
        if number is not None:
            assert counts[place].incidents >= 5
            assert counts[place].organisations >= 3
            assert number == rounded(counts[place].incidents)
            assert number % 5 == 0


def test_the_attacker_wins_when_protection_stops_at_the_threshold() -> None:
    """The proof that the attack above could have found something."""
    counts, tables = one_small_cell()
    shown = {place for place in counts if not is_small(counts, place)}

    known = bounds(counts, shown, tables)

    hidden = cell(tables[0], "a1", "b1")
    assert known[hidden] == (2, 2)
    assert counts[hidden].incidents == 2


def test_a_complement_covers_a_single_small_cell() -> None:
    counts, tables = one_small_cell()

    published = protect(counts, tables)
    shown = {place for place, number in published.items() if number is not None}

    least, most = bounds(counts, shown, tables)[cell(tables[0], "a1", "b1")]
    assert (least, most >= 5) == (0, True)
    # Not more than needed: a square of four, and every sum still stands.
    assert len(counts) - len(shown) == 4
    assert published[cell(tables[0])] == rounded(counts[cell(tables[0])].incidents)


def test_a_hidden_sum_hides_its_line_in_every_table() -> None:
    tables = plan_of("star")
    records = [
        record(case=f"{a}{b}{c}{n}", organisation=f"o{n % 4}", channels=[a],
               perpetrators=[b], referrals=[c])
        for a, b, c, many in [(0, 0, 0, 12), (1, 1, 1, 12), (1, 0, 2, 12), (2, 1, 0, 2)]
        for n in range(many)
    ]  # fmt: skip
    counts, _outside = count(records, tables)

    published = protect(counts, tables)

    assert published[cell(tables[0], "a2")] is None
    for table in tables:
        for column in table.columns.codes:
            assert published[cell(table, "a2", column)] is None


def test_no_incident_and_one_incident_look_the_same() -> None:
    """Zero and one (domain 8, c): neither the cell nor its surroundings tell."""
    tables = plan_of("one")
    base = [
        record(case=f"c{a}{n}", organisation=f"o{n % 5}", channels=[a])
        for a, many in ((0, 20), (1, 21))
        for n in range(many)
    ]
    with_one = [*base, record(case="extra", organisation="o9", channels=[2])]

    nothing = protect(count(base, tables)[0], tables)
    single = protect(count(with_one, tables)[0], tables)

    assert nothing == single


def test_too_few_organisations_is_as_hidden_as_too_few_incidents() -> None:
    tables = plan_of("one")
    records = [
        record(case=f"c{a}{n}", organisation=f"o{n % bodies}", channels=[a])
        for a, many, bodies in ((0, 30, 2), (1, 30, 5), (2, 30, 5))
        for n in range(many)
    ]
    counts, _outside = count(records, tables)

    published = protect(counts, tables)

    assert published[cell(tables[0], "a0")] is None
    assert sum(number is None for number in published.values()) == 2


def test_with_a_small_total_nothing_is_shown() -> None:
    tables = plan_of("square")
    few = [
        record(case=f"c{n}", organisation=f"o{n}", channels=[0], perpetrators=[n % 2])
        for n in range(5)
    ]

    four, five = (
        protect(count(records, tables)[0], tables) for records in (few[:4], few)
    )

    assert set(four.values()) == {None}
    assert five[cell(tables[0])] == 5


@pytest.mark.parametrize(
    ("true", "shown"), [(5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100)]
)
def test_shown_counts_are_rounded_to_five(true: int, shown: int) -> None:
    assert rounded(true) == shown


def test_the_whole_plan_stands_up_to_the_attacker() -> None:
    """The real plan with a year of uneven reports."""
    tables = plan(3)
    counts = uneven_year(tables)

    published = protect(counts, tables)

    shown = {place for place, number in published.items() if number is not None}
    known = bounds(counts, shown, tables)
    assert len(shown) > 60
    assert {p for p in known if known[p][0] == known[p][1]} == set()
    assert all(known[p][0] == 0 for p in known if counts[p].incidents < 5)


def test_without_complements_the_whole_plan_falls() -> None:
    tables = plan(3)
    counts = uneven_year(tables)
    shown = {place for place in counts if not is_small(counts, place)}

    known = bounds(counts, shown, tables)

    assert len([p for p in known if known[p][0] == known[p][1]]) > 20


def test_dimensions_of_the_plan_form_a_forest() -> None:
    """What protection relies on: two tables share sums of one dimension at the most."""
    for kind in {t.kind for t in plan(4)}:
        reached: dict[str, str] = {}

        def root(code: str, reached: dict[str, str] = reached) -> str:
            while reached.setdefault(code, code) != code:
                code = reached[code]
            return code

        for table in plan(4):
            if table.kind == kind and table.columns is not None:
                ends = root(table.rows.code), root(table.columns.code)
                assert ends[0] != ends[1], table.code
                reached[ends[0]] = ends[1]


def one_small_cell() -> tuple[Counts, tuple[Table, ...]]:
    tables = plan_of("square")
    records = [
        record(
            case=f"{a}{b}{n}", organisation=f"o{n % 4}", channels=[a], perpetrators=[b]
        )
        for a in range(3)
        for b in range(3)
        for n in range(2 if (a, b) == (1, 1) else 11 + a)
    ]
    return count(records, tables)[0], tables


def uneven_year(tables: tuple[Table, ...]) -> Counts:
    from tests.network.records import year_of_reports

    records = [replace(r, month=1 + r.month % 9) for r in year_of_reports(400)]
    counts, outside = count(records, tables)
    assert outside == []
    assert set(counts) == set(cells(tables))
    return counts


def test_protection_says_what_it_does_not_claim() -> None:
    assert "does not claim" in (protection.__doc__ or "")
