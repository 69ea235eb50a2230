"""Single rules of the checker on one small table, each on both sides of its limit."""

from dataclasses import replace

import pytest

from tests.network.test_checker import PLAN
from weerbaar.network.checker import insiders, vintages
from weerbaar.network.checker.contributors import too_far, too_few
from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.form import Shown
from weerbaar.network.checker.plans import read_rules
from weerbaar.network.checker.recount import Behind

RULES = read_rules(PLAN.text)
[GRID] = [grid for grid in RULES.grids if grid.code == "T14"]
WHOLE, ROWS = GRID.address(), [GRID.address(row) for row in GRID.rows.codes]


def shown(number: int, bound: int = 4) -> Shown:
    """The table with the same number in each row."""
    numbers = {WHOLE: number * len(ROWS)} | dict.fromkeys(ROWS, number)
    rules = replace(RULES, grids=(GRID,))
    return Shown(rules, bound, dict(numbers), dict.fromkeys(numbers, "T14"))


def truth(number: int) -> dict:
    return {WHOLE: number * len(ROWS)} | dict.fromkeys(ROWS, number)


@pytest.mark.parametrize(
    ("behind", "is_found"),
    [
        (Behind(20, persons=5, organisations=3, largest=15), False),
        (Behind(20, persons=4, organisations=3, largest=15), True),
        (Behind(20, persons=5, organisations=2, largest=15), True),
        (Behind(20, persons=5, organisations=3, largest=16), True),
        (Behind(9, persons=1, organisations=1, largest=9), False),
    ],
)
def test_shown_count_rests_on_enough_persons_and_organisations(behind, is_found):
    found = set(too_few(shown(20), dict.fromkeys([WHOLE, *ROWS], behind)))

    assert found == ({Finding("few", "T14")} if is_found else set())


@pytest.mark.parametrize(("count", "is_found"), [(16, False), (24, False), (25, True)])
def test_number_lies_within_the_bound(count, is_found):
    rows = dict.fromkeys(ROWS, Behind(count))
    behind = rows | {WHOLE: Behind(20 * len(ROWS))}

    assert bool(set(too_far(shown(20), behind))) is is_found


@pytest.mark.parametrize(
    ("number", "later", "was", "now", "is_found"),
    [
        (10, 10, 10, 10, False),
        (10, 15, 10, 11, False),
        (10, 5, 10, 9, False),
        (10, 5, 10, 11, True),
        (10, 15, 10, 9, True),
        (10, 5, 10, 10, True),
        (10, 15, 10, 10, True),
    ],
)
def test_number_moves_with_its_change_only(number, later, was, now, is_found):
    pair = vintages.Pair(shown(number), shown(later), True, truth(was), truth(now))

    assert bool(set(vintages.moved(pair))) is is_found


@pytest.mark.parametrize(
    ("later", "bound", "is_found"),
    [
        # What both say of a number that stayed: r - 4 to r + 4, then r - 1 to r + 1.
        (20, 4, False),
        (20, 1, True),
        # And of its change: from exactly 5, to everything from 1 on.
        (25, 4, False),
        (25, 0, True),
    ],
)
def test_two_releases_leave_five_values_of_a_number_and_of_its_change(
    later, bound, is_found
):
    pair = vintages.Pair(shown(20, bound), shown(later, bound), True, None, None)

    assert bool(set(vintages.told_by_both(pair))) is is_found


@pytest.mark.parametrize(
    ("known", "is_least", "is_found"),
    [(1, False, False), (all, False, True), (all, True, False)],
)
def test_what_is_known_elsewhere_tells_of_no_other_number(known, is_least, is_found):
    """The exact total and all rows but one tell that one; as the least they do not."""
    rows = ROWS[1:] if known is all else ROWS[1 : 1 + known]
    facts = dict.fromkeys(rows, insiders.Fact(4, is_least=is_least))
    facts[WHOLE] = insiders.Fact(4 * len(ROWS), is_least=is_least)

    assert bool(set(insiders.outside(shown(5), facts))) is is_found
