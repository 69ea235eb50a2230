"""The second look finds every fault that is put into a clean snapshot."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from weerbaar.network.checker import check
from weerbaar.network.snapshots import Snapshot

pytestmark = pytest.mark.django_db


def table(snapshot: Snapshot, code: str) -> dict[str, Any]:
    return next(t for t in snapshot["tables"] if t["code"] == code)


def shown(line: list[int | None]) -> int:
    return next(i for i, number in enumerate(line) if number is not None)


def negative_number(s: Snapshot) -> None:
    table(s, "T14")["rowTotals"][0] = -5


def unrounded_number(s: Snapshot) -> None:
    totals = table(s, "T13")["rowTotals"]
    totals[shown(totals)] += 1


def bare_dot(s: Snapshot) -> None:
    totals = table(s, "T10")["rowTotals"]
    totals[:] = [10] * len(totals)
    totals[0] = None


def sum_that_does_not_add_up(s: Snapshot) -> None:
    table(s, "T14")["rowTotals"][:] = [500, 500, 500]


def two_tables_that_differ(s: Snapshot) -> None:
    table(s, "T2")["total"] += 5


def table_of_organisations(s: Snapshot) -> None:
    table(s, "T10")["rowDimension"] = "organisation"


def table_too_many(s: Snapshot) -> None:
    s["tables"].append(table(s, "T10") | {"code": "T99"})


def table_missing(s: Snapshot) -> None:
    s["tables"].pop()


def extra_word(s: Snapshot) -> None:
    table(s, "T1")["remark"] = "Zeeland, one mayor"


def number_as_text(s: Snapshot) -> None:
    table(s, "T14")["rowTotals"][0] = "10"


def number_with_decimals(s: Snapshot) -> None:
    table(s, "T14")["rowTotals"][0] = 10.5


def ragged_table(s: Snapshot) -> None:
    table(s, "T1")["cells"][0].append(10)


FAULTS: list[tuple[Callable[[Snapshot], None], str]] = [
    (negative_number, "rounding"),
    (unrounded_number, "rounding"),
    (bare_dot, "derivable"),
    (sum_that_does_not_add_up, "sums"),
    (two_tables_that_differ, "contradiction"),
    (table_of_organisations, "forbidden"),
    (table_too_many, "forbidden"),
    (table_missing, "forbidden"),
    (extra_word, "forbidden"),
    (number_as_text, "shape"),
    (number_with_decimals, "shape"),
    (ragged_table, "shape"),
]


def test_clean_snapshot_passes(draft) -> None:
    assert check(draft.snapshot) == []


@pytest.mark.parametrize(
    ("fault", "code"), FAULTS, ids=lambda f: getattr(f, "__name__", f)
)
def test_seeded_fault_is_found(draft, fault, code) -> None:
    broken = copy.deepcopy(draft.snapshot)
    fault(broken)

    assert broken != draft.snapshot
    assert code in {found.code for found in check(broken)}
