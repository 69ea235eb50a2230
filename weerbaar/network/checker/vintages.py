"""Points 17 and 19: what several releases of a year tell beside each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from weerbaar.network.checker.attack import Attack, Key, Row, whole_values
from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.form import Shown
from weerbaar.network.checker.intervals import VALUES, attack_on, bounds_of, rows_of
from weerbaar.network.checker.rules import QUARTER


@dataclass(frozen=True)
class Earlier:
    """A release of the same year that was published before, and what it counted.

    Without its truth a move cannot be held against the change behind it.
    """

    snapshot: Mapping[str, Any]
    truth: Mapping[Address, int] | None = None


@dataclass(frozen=True)
class Pair:
    """An earlier release and this one; `same` when they are of the same period."""

    before: Shown
    after: Shown
    same: bool
    was: Mapping[Address, int] | None
    now: Mapping[Address, int] | None

    def change(self, address: Address) -> int | None:
        """How much the truth behind a number changed, where that is known."""
        if self.was is None or self.now is None or address not in self.was:
            return None
        return self.now[address] - self.was[address]

    def common(self) -> Iterator[tuple[Address, int | None, int | None]]:
        """What both releases show, and what each shows."""
        for address, number in self.before.numbers.items():
            if address in self.after.numbers:
                yield address, number, self.after.numbers[address]

    def is_same_number(self, address: Address) -> bool:
        """Of two periods only what is of one quarter is the same number."""
        return self.same or any(name == QUARTER for name, _code in address[1])


def moved(pair: Pair) -> Iterator[Finding]:
    """Numbers that moved while nothing changed, or against their change.

    Also of a longer period, which begins with the shorter one. A dot stays a dot.
    """
    for address, number, later in pair.common():
        if later is None:
            continue
        change = pair.change(address)
        if number is None:
            wrong = pair.is_same_number(address)
        elif change is None:
            wrong = False
        else:
            wrong = (change <= 0 and later > number) or (change >= 0 and later < number)
        if wrong:
            yield Finding("moved", pair.after.where[address])


def told_by_both(pair: Pair) -> Iterator[Finding]:
    """Numbers and changes that two releases beside each other narrow (point 17)."""
    before, after = attack_on(pair.before), attack_on(pair.after)
    for address, number, later in pair.common():
        if not pair.is_same_number(address):
            continue
        (low, high), (least, most) = before.interval(address), after.interval(address)
        if number == later and whole_values(max(low, least), min(high, most)) < VALUES:
            yield Finding("time", pair.after.where[address])
        fell, rose = least - high, most - low
        if number is not None and later is not None and number != later:
            fell, rose = (max(fell, 1), rose) if later > number else (fell, -1.0)
        if whole_values(fell, rose) < VALUES:
            yield Finding("time", pair.after.where[address])


def told_by_sums(pair: Pair) -> Iterator[Finding]:
    """What shorter and longer periods tell together (point 19).

    The attacker believes that nothing is ever taken back: what was counted until March
    is counted until June. Where that is not so, he is wrong, and left alone.
    """
    if pair.same:
        return
    attack = _stacked(pair)
    if not attack.is_possible():
        return
    shows = {"after": pair.after, "before": pair.before}
    places = [(release, a) for release, shown in shows.items() for a in shown.where]
    for release, address in attack.narrow(places, least=VALUES):
        if _is_believed(pair, address):
            yield Finding("time", shows[release].where[address])
    yield from _told_changes(pair, attack)


def _told_changes(pair: Pair, attack: Attack) -> Iterator[Finding]:
    for address, number, later in pair.common():
        if pair.is_same_number(address) or None in (number, later):
            continue
        terms = {("after", address): 1.0, ("before", address): -1.0}
        fell = attack.extreme(terms, up=False)
        rose = attack.extreme(terms, up=True)
        if _is_believed(pair, address) and whole_values(fell, rose) < VALUES:
            yield Finding("time", pair.after.where[address])


def _stacked(pair: Pair) -> Attack:
    """Both releases in one program, tied by what is not taken back."""
    bounds: dict[Key, tuple[float, float]] = {}
    rows: list[Row] = []
    for release, shown in (("before", pair.before), ("after", pair.after)):
        bounds |= {(release, a): limits for a, limits in bounds_of(shown).items()}
        rows += [
            Row({(release, a): factor for a, factor in row.terms.items()})
            for row in rows_of(shown)
        ]
    for address, _number, _later in pair.common():
        if _is_believed(pair, address):
            terms = {("after", address): 1.0, ("before", address): -1.0}
            rows.append(Row(terms, 0.0, inf))
    return Attack(bounds, rows)


def _is_believed(pair: Pair, address: Address) -> bool:
    """May one believe that a number did not go down? Not where it did."""
    change = pair.change(address)
    if change is not None:
        return change >= 0
    number, later = pair.before.numbers.get(address), pair.after.numbers.get(address)
    return number is None or later is None or later >= number
