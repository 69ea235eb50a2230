"""Rounding, gate and second vintage: what adds up, stays, and nobody knows."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.network.records import plan_of as small_plan
from tests.network.records import record, year_of_reports
from weerbaar.network.counting import Cell, cells, count
from weerbaar.network.gate import dots, gated
from weerbaar.network.plan import BASE, BOUND
from weerbaar.network.planning import plan_of
from weerbaar.network.protection import protect
from weerbaar.network.rounding import Earlier, round_jointly
from weerbaar.network.structure import structure
from weerbaar.network.tables import so_far

SEED = b"a seed of a test, thirty-two b.."
PLAN = plan_of(2026)
TABLES = so_far(PLAN.tables, 4)


def counted(many: int, seed: int = 7):
    counts, outside = count(year_of_reports(many, seed=seed), TABLES)
    assert not outside
    return counts


def of_kind(tables, kind="incident"):
    return structure([table for table in tables if table.kind == kind])


def extremes(system, numbers, place, *, bound=BOUND, hidden=frozenset()):
    """The least and most that an attacker knows a cell to be: a program of his own."""
    rows, low, high, ties = [], [], [], []
    for whole, lists in system.sums.items():
        line = np.zeros(len(system.inner))
        line[lists[0]] = 1
        if whole not in hidden:
            rows += [line, -line]
            high.append(numbers[whole] + bound)
            low.append(-max(0, numbers[whole] - bound))
        for members in lists[1:]:
            other = np.zeros(len(system.inner))
            other[members] = 1
            ties.append(line - other)
    limits = [n for pair in zip(high, low, strict=True) for n in pair]
    wanted = np.zeros(len(system.inner))
    wanted[system.sums[place][0]] = 1
    found = []
    for sign in (1, -1):
        told = linprog(
            sign * wanted,
            np.array(rows),
            limits,
            np.array(ties).reshape(-1, len(wanted)),
            np.zeros(len(ties)),
        )
        found.append(sign * told.fun if told.status == 0 else float("inf"))
    return found


@pytest.mark.parametrize("many", [0, 12, 500])
def test_numbers_are_fives_within_the_bound_and_all_tables_add_up(many):
    counts = counted(many)
    numbers = round_jointly(counts, TABLES, seed=SEED)

    assert set(numbers) == set(counts)
    assert all(n >= 0 and n % BASE == 0 for n in numbers.values())
    assert all(abs(numbers[c] - counts[c].incidents) <= BOUND for c in counts)
    for kind in ("incident", "prevention"):
        system = of_kind(TABLES, kind)
        inner = [numbers[place] for _clique, place in system.inner]
        for whole, lists in system.sums.items():
            assert {sum(inner[m] for m in members) for members in lists} == {
                numbers[whole]
            }


def test_plan_of_another_base_is_rounded_to_it():
    """The plan decides: a release never says one base and carries another."""
    counts, plan = counted(500), replace(PLAN, base=10, bound=9)
    made = protect(counts, plan, TABLES, seed=SEED)
    assert all(n % 10 == 0 for n in made.numbers.values())
    assert any(
        n % 10 for n in protect(counts, PLAN, TABLES, seed=SEED).numbers.values()
    )
    assert all(abs(made.numbers[c] - counts[c].incidents) <= made.bound for c in counts)
    assert made.bound == 9


def test_same_seed_makes_the_same_release_and_another_seed_another():
    counts = counted(500)
    once = round_jointly(counts, TABLES, seed=SEED)
    assert round_jointly(counts, TABLES, seed=SEED) == once
    assert round_jointly(counts, TABLES, seed=SEED[::-1]) != once


@pytest.mark.nightly
def test_same_seed_makes_the_same_release_in_every_process():
    """Sets are walked in another order in each; nothing may go by it."""
    code = (
        "import django; django.setup(); from tests.network import test_rounding;"
        "test_rounding.tell_release()"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": order},
            capture_output=True,
            check=True,
        ).stdout
        for order in ("1", "2", "3")
    ]
    assert told[0]
    assert told == [told[0]] * 3


def tell_release() -> None:
    """Numbers and dots of a year in which there is much to hide, in order."""
    records = year_of_reports(400) + [
        record(case=f"c{n}", organisation="one", channels=["email"]) for n in range(90)
    ]
    counts, _outside = count(records, TABLES)
    made = protect(counts, PLAN, TABLES, seed=SEED)
    assert made.dots
    for place in sorted(made.numbers, key=Cell.sort_key):
        print(place.sort_key(), made.numbers[place], place in made.dots)


def test_error_stays_small_on_five_thousand_records():
    counts = counted(5000)
    numbers = round_jointly(counts, TABLES, seed=SEED)
    errors = [abs(numbers[c] - counts[c].incidents) for c in counts]
    assert sum(errors) / len(errors) <= 1.7
    assert max(errors) <= BOUND


def test_solver_of_an_attacker_leaves_every_cell_five_values():
    counts = counted(120)
    tables = [t for t in TABLES if t.kind == "incident"]
    system, numbers = of_kind(TABLES), round_jointly(counts, tables, seed=SEED)
    chance = random.Random(1)
    for place in chance.sample(sorted(system.sums, key=Cell.sort_key), 25):
        least, most = extremes(system, numbers, place)
        assert least - 1e-6 <= counts[place].incidents <= most + 1e-6
        assert np.floor(most + 1e-6) - np.ceil(least - 1e-6) + 1 >= 5


def test_solver_of_an_attacker_reads_exact_tables():
    """The same program, on numbers that are not rounded: it is an attack."""
    counts = counted(120)
    system = of_kind(TABLES)
    exact = {place: counts[place].incidents for place in system.sums}
    place = next(p for p in system.sums if 0 < exact[p] < 5)
    least, most = extremes(system, exact, place, bound=0)
    assert round(least) == round(most) == exact[place]


def test_second_vintage_moves_only_what_changed_and_never_against_it():
    before = counted(500)
    first = round_jointly(before, TABLES, seed=SEED)
    late = year_of_reports(500) + year_of_reports(15, seed=9)
    after, _outside = count(late, TABLES)

    second = round_jointly(
        after, TABLES, seed=SEED[::-1], earlier=Earlier(first, before)
    )

    for place in after:
        change = after[place].incidents - before[place].incidents
        moved = second[place] - first[place]
        assert moved == 0 if change == 0 else moved * change >= 0
    fresh = round_jointly(after, TABLES, seed=SEED[::-1])
    unchanged = [c for c in after if after[c] == before[c]]
    assert any(fresh[c] != first[c] for c in unchanged), "a re-roll would have moved"


def test_unchanged_truth_is_published_unchanged():
    counts = counted(200)
    first = round_jointly(counts, TABLES, seed=SEED)
    again = round_jointly(
        counts, TABLES, seed=b"x" * 32, earlier=Earlier(first, counts)
    )
    assert again == first


@pytest.mark.parametrize(
    ("behind", "is_gated"),
    [
        ({"organisation": "one"}, True),
        ({"person": "one"}, True),
        ({}, False),
    ],
)
def test_count_that_few_stand_behind_is_gated(behind, is_gated):
    records = [
        record(case=f"c{n}", organisation=f"o{n % 8}", person=f"p{n}")
        for n in range(16)
    ]
    records = [type(r)(**{**r.__dict__, **behind}) for r in records]
    counts, _outside = count(records, TABLES)
    assert (Cell("incident") in gated(counts, PLAN.gate)) is is_gated


def test_dot_brings_the_dots_that_would_give_it_away():
    """In one row of a square: many of one organisation among tens of many."""
    tables = small_plan("square")
    many = [
        record(
            case=f"{a}{b}{n}",
            organisation="one" if (a, b) == (0, 0) else f"o{n}",
            person=f"{a}{b}{n}",
            channels=[a],
            perpetrators=[b],
        )
        for a in range(3)
        for b in range(3)
        for n in range(150 if (a, b) == (0, 0) else 40)
    ]
    counts, _outside = count(many, tables)
    numbers = round_jointly(counts, tables, seed=SEED)
    hidden = dots(counts, numbers, tables, PLAN.gate, bound=BOUND)

    own = Cell("incident", frozenset({("a", "a0"), ("b", "b0")}))
    assert own in hidden
    least, most = extremes(structure(tables), numbers, own, hidden=hidden)
    assert least <= 120 <= 180 <= most
    alone = extremes(structure(tables), numbers, own, hidden=frozenset({own}))
    assert alone[1] - alone[0] < 60, "a single dot follows from its row"


def test_dot_is_not_told_by_what_is_known_beside_another_number():
    """Of 57 it is known, and 60 is shown: one at most is left for the others."""
    tables = small_plan("square")
    many = [
        record(case=f"c{n}", organisation=f"o{n}", channels=[a], perpetrators=[a])
        for n, a in enumerate([0] * 57 + [1] * 3)
    ]
    counts, _outside = count(many, tables)
    numbers = {place: 0 for place in counts}
    shown = Cell("incident", frozenset({("a", "a0"), ("b", "b0")}))
    for place in (shown, Cell("incident")):
        numbers[place] = 60
    for axis in ("a", "b"):
        numbers[Cell("incident", frozenset({(axis, f"{axis}0")}))] = 60
    column = Cell("incident", frozenset({("b", "b0")}))

    hidden = dots(
        counts, numbers, tables, PLAN.gate, bound=BOUND, facts={column: (57, 57)}
    )

    assert {c.at for c in hidden} >= {frozenset({("a", "a1"), ("b", "b0")}), shown.at}
    # A mistyped number is for the checker to find, and stops no count.
    wrong = {column: (5, 5)}
    assert not dots(counts, numbers, tables, PLAN.gate, bound=BOUND, facts=wrong)


def test_protected_release_never_shows_the_number_of_a_dot():
    one = year_of_reports(200)
    counts, _outside = count(
        [type(r)(**{**r.__dict__, "person": "p"}) for r in one], TABLES
    )
    made = protect(counts, PLAN, TABLES, seed=SEED)
    assert made.dots
    assert all(made.published[c] is None for c in made.dots)


@pytest.mark.nightly
def test_neither_outcome_of_a_small_count_is_certain_over_many_seeds():
    """Minimality: P(shown as five | true 1 to 4) is never near 0 or 1."""
    counts = counted(500)
    shown: dict[int, list[bool]] = {n: [] for n in range(1, 5)}
    off: dict[str, list[int]] = {table.code: [] for table in TABLES}
    for number in range(200):
        numbers = round_jointly(counts, TABLES, seed=number.to_bytes(32, "big"))
        for place, counted_ in counts.items():
            if 1 <= counted_.incidents <= 4:
                shown[counted_.incidents].append(numbers[place] == 5)
        for table in TABLES:
            inner = cells([table])
            off[table.code] += [numbers[c] - counts[c].incidents for c in inner]
    for truth, outcomes in shown.items():
        assert 0.05 <= sum(outcomes) / len(outcomes) <= 0.95, truth
    for code, steps in off.items():
        assert abs(sum(steps) / len(steps)) <= 0.5, code
