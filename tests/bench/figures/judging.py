"""What a method loses and gives away, by the checker's own attacker."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from weerbaar.network.checker.attack import Attack, NotSolved, Row
from weerbaar.network.checker.findings import Address
from weerbaar.network.checker.intervals import VALUES
from weerbaar.network.checker.rules import Rules

# Table, row, column, what is published, and the least and most that it can be.
Cell = tuple[str, str | None, str | None, float | None, float, float | None]
SMALL = range(1, 5)


@dataclass(frozen=True)
class Judged:
    """Shares: `lost` and `narrow` of all cells, `exact` and `small_narrow` of the small
    ones (1 to 4), `unequal` of the lines.
    """

    lost: float
    mean: float
    furthest: float
    small: int
    exact: float
    small_narrow: float
    narrow: float
    unequal: float


def judge(cells: Iterable[Cell], rules: Rules, truth: Mapping[Address, int]) -> Judged:
    """Judge what is published of the tables of some rules. Raises NotSolved."""
    grids = {grid.code: grid for grid in rules.grids}
    shown: dict[tuple[str, Address], float | None] = {}
    bounds: dict[Address, tuple[float, float]] = {}
    for code, row, column, number, least, most in cells:
        address = grids[code].address(row, column)
        shown[code, address] = number
        low, high = bounds.get(address, (0.0, inf))
        bounds[address] = (max(low, least), min(high, inf if most is None else most))
    errors = [abs(n - truth[at]) for (_c, at), n in shown.items() if n is not None]
    small = [address for address in bounds if truth[address] in SMALL]
    attack = _attacked(bounds, rules)
    narrow = set(attack.narrow(list(bounds), least=VALUES))
    for address in narrow:
        attack.interval(address)
    exact = [address for address in small if attack.values(address) < 2]
    return Judged(
        lost=sum(number is None for number in shown.values()) / len(shown),
        mean=sum(errors) / len(errors),
        furthest=max(errors),
        small=len(small),
        exact=len(exact) / len(small),
        small_narrow=len(narrow & set(small)) / len(small),
        narrow=len(narrow) / len(bounds),
        unequal=_unequal(shown, rules),
    )


def _attacked(bounds: Mapping[Address, tuple[float, float]], rules: Rules) -> Attack:
    """The attacker who knows these bounds. Raises NotSolved when nothing fits them."""
    rows = [
        Row({whole: -1.0} | dict.fromkeys(parts, 1.0))
        for _table, whole, parts in rules.lines
        if parts != [whole]
    ]
    attack = Attack(bounds, rows)
    if not attack.is_possible():
        raise NotSolved
    return attack


def _unequal(shown: Mapping[tuple[str, Address], float | None], rules: Rules) -> float:
    """Which share of the lines does not add up, or shows another sum than a table did.

    Lines with a number that is hidden are left out.
    """
    seen: dict[Address, float] = {}
    lines = wrong = 0
    for table, whole, parts in rules.lines:
        numbers = [shown[table, part] for part in parts]
        total = shown[table, whole]
        if total is None or None in numbers:
            continue
        lines += 1
        first = seen.setdefault(whole, total)
        wrong += total != sum(n for n in numbers if n is not None) or total != first
    return wrong / lines if lines else 0.0
