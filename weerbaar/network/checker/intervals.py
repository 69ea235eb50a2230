"""Points 10, 11, 12 and 16: what everybody can work out from the release alone."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import inf
from typing import Any

from weerbaar.network.checker.attack import CLOSE, Attack, Row, whole_values
from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.form import Shown
from weerbaar.network.checker.heavy import np
from weerbaar.network.checker.rules import Grid

# Every number leaves at least so many possible values.
VALUES = 5
# A dot stays open by five, or by a fifth of what is behind it.
LEAST, SHARE = 5, 5
# A group, and what is beside it, may each hold so many: else it is surely empty or all.
SOMEBODY = 1
# An array of numpy, which is loaded later.
Points = Any
Bounds = dict[Address, tuple[float, float]]
Truth = Mapping[Address, int]


def bounds_of(shown: Shown) -> Bounds:
    """What the rule of rounding says of each cell; of a dot nothing."""
    found: Bounds = {}
    for _table, whole, parts in shown.rules.lines:
        for address in (whole, *parts):
            number = shown.numbers.get(address)
            found[address] = (
                (0.0, inf)
                if number is None
                else (max(0.0, number - shown.bound), float(number + shown.bound))
            )
    return found


def rows_of(shown: Shown) -> list[Row]:
    """Every sum as a relation between cells."""
    return [
        Row({whole: -1.0} | dict.fromkeys(parts, 1.0))
        for _table, whole, parts in shown.rules.lines
        if parts != [whole]
    ]


def attack_on(shown: Shown) -> Attack:
    """The attacker who has read the release and the plan."""
    return Attack(bounds_of(shown), rows_of(shown))


def fits_exactly(shown: Shown) -> bool:
    """Is there a table of whole records that gives every published number? (point 6)

    Not of the truth: of the rounded numbers themselves.
    """
    bounds = {
        address: (0.0, inf) if shown.numbers.get(address) is None else (n, n)
        for address in bounds_of(shown)
        for n in [float(shown.numbers.get(address) or 0)]
    }
    return Attack(bounds, rows_of(shown)).is_possible()


def given_away(shown: Shown, attack: Attack, truth: Truth | None) -> Iterator[Finding]:
    """Cells with too few values, or dots that are too narrow (points 10 and 11).

    Each is solved for both ways, so that the narrowest is known for certain.
    """
    places = [address for address in attack.keys if address in shown.where]
    for address in places:
        attack.interval(address)
        if attack.values(address) < VALUES:
            yield Finding("narrow", shown.where[address])
    for address in places:
        if truth is None:
            continue
        if shown.numbers[address] is None and not _wide(attack, address, truth):
            yield Finding("derivable", shown.where[address])
        elif not _holds(attack, address, truth):
            yield Finding("bound", shown.where[address])


def _wide(attack: Attack, address: Address, truth: Truth) -> bool:
    number = truth[address]
    room = max(LEAST, -(-number // SHARE))
    low, high = attack.interval(address)
    return low <= max(0, number - room) + CLOSE and high >= number + room - CLOSE


def _holds(attack: Attack, address: Address, truth: Truth) -> bool:
    place = attack.index[address]
    low, high = attack.low[place], attack.high[place]
    return bool(low - CLOSE <= truth[address] <= high + CLOSE)


def certain(shown: Shown, attack: Attack) -> Iterator[Finding]:
    """Groups that are surely empty, or surely all of their total (point 12).

    A total that is surely 0 to 4 says nothing of anybody and is left alone.
    """
    points = np.array(attack.points)
    for _table, whole, parts in shown.rules.lines:
        if len(parts) == 1:
            continue  # one column only: the same number under two names
        if attack.narrow([whole], least=1) or _most(attack, whole, 4) <= 4 + CLOSE:
            continue
        for part in parts:
            if part not in shown.where:
                continue
            if (
                _most(attack, part, SOMEBODY) < SOMEBODY - CLOSE
                or _rest(attack, points, whole, part) < SOMEBODY - CLOSE
            ):
                yield Finding("certain", shown.where[part])


def _most(attack: Attack, address: Address, enough: float) -> float:
    """The most a cell can be; not further than it matters."""
    seen = float(attack.high[attack.index[address]])
    return seen if seen > enough + CLOSE else attack.extreme({address: 1}, up=True)


def _rest(attack: Attack, points: Points, whole: Address, part: Address) -> float:
    """The most that the other parts of a total can be; not further than it matters."""
    at = attack.index
    seen = float((points[:, at[whole]] - points[:, at[part]]).max())
    return seen if seen >= SOMEBODY else attack.extreme({whole: 1, part: -1}, up=True)


def joined(shown: Shown, attack: Attack, truth: Truth | None) -> Iterator[Finding]:
    """Cells of two tables put together over what they share (point 16).

    Of group, office and channel, say, the release shows pairs. What three make lies
    between the bounds of Frechet: at most the lesser pair, at least what both pairs
    have beyond the whole that they share.
    """
    for one, other in combinations(shown.rules.cliques, 2):
        shared = {s.code for s in one.splits} & {s.code for s in other.splits}
        if one.kind == other.kind and shared and one.columns and other.columns:
            yield from _of_pair(shown, attack, truth, one, other, shared.pop())


def _of_pair(
    shown: Shown,
    attack: Attack,
    truth: Truth | None,
    one: Grid,
    other: Grid,
    shared: str,
) -> Iterator[Finding]:
    points = np.array(attack.points)
    for left, right, whole in _meeting(one, other, shared):
        a, b, c = (points[:, attack.index[x]] for x in (left, right, whole))
        high = float(np.minimum(a, b).max())
        low = max(0.0, float((a + b - c).min()))
        if whole_values(low, high) >= VALUES and low < 1 - CLOSE:
            continue
        high = attack.most_of_both(left, right)
        least = attack.extreme({left: 1, right: 1, whole: -1}, up=False)
        small = truth is not None and truth.get(_union(left, right), 0) in range(1, 5)
        if whole_values(max(0.0, least), high) < VALUES or (small and least > CLOSE):
            yield Finding("joined", one.code)
            return


def _union(left: Address, right: Address) -> Address:
    return (left[0], left[1] | right[1])


def _meeting(
    one: Grid, other: Grid, shared: str
) -> Iterator[tuple[Address, Address, Address]]:
    def by_code(grid: Grid) -> dict[str, list[Address]]:
        found: dict[str, list[Address]] = {}
        for row in grid.rows.codes:
            for column in grid.column_codes:
                address = grid.address(row, column)
                found.setdefault(dict(address[1])[shared], []).append(address)
        return found

    rights = by_code(other)
    for code, lefts in by_code(one).items():
        whole = (one.kind, frozenset({(shared, code)}))
        for left in lefts:
            for right in rights[code]:
                yield left, right, whole
