"""Points 13, 14 and 15: who knows more than the public.

An organisation knows its own cases; a few together know theirs; somebody has read an
exact number elsewhere. What is left over for the others must stay open.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import inf
from typing import NamedTuple

from weerbaar.network.checker.attack import Attack
from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.form import Shown
from weerbaar.network.checker.intervals import attack_on, bounds_of
from weerbaar.network.checker.recount import Behind

# A small remainder leaves at least so many possible values.
VALUES = 3
SMALL = 4
# How many of the largest organisations put their cases together; when they are half of
# all, there are hardly others to protect from them.
COALITIONS = (3, 10)
# How much of what is left may then have fewer than VALUES values.
TOLERATED = 0.02

Own = Mapping[Address, int]


def insiders(
    shown: Shown,
    behind: Mapping[Address, Behind],
    own: Mapping[str, Own],
) -> Iterator[Finding]:
    """What each organisation can work out of the others."""
    attack = attack_on(shown)
    for organisation in own:
        mine = whole(shown, own[organisation])
        for address in _known(attack, shown, behind, mine):
            yield Finding("insider", shown.where[address])


def coalitions(
    shown: Shown, behind: Mapping[Address, Behind], own: Mapping[str, Own]
) -> Iterator[Finding]:
    """What the largest organisations can work out when they put theirs together."""
    attack = attack_on(shown)
    largest = _by_size(shown, own)
    for many in sizes(len(own)):
        theirs: dict[Address, int] = {}
        for organisation in islice(largest, many):
            for address, number in own[organisation].items():
                theirs[address] = theirs.get(address, 0) + number
        together = whole(shown, theirs)
        narrow = _known(attack, shown, behind, together)
        small = _small(shown, behind, together)
        exact = [address for address in narrow if attack.values(address) < 2]
        if exact or len(narrow) > TOLERATED * len(small):
            for address in narrow:
                yield Finding("coalition", shown.where[address])


def sizes(organisations: int) -> list[int]:
    """How large the coalitions are that are tried among so many organisations."""
    return [number for number in COALITIONS if 2 * number < organisations]


class Fact(NamedTuple):
    """A number known from elsewhere: exactly so many, or so many at least."""

    number: int
    is_least: bool = False


def outside(shown: Shown, facts: Mapping[Address, Fact]) -> Iterator[Finding]:
    """What exact numbers that were made known elsewhere give away of other cells.

    What the facts tell by themselves no release can take back; then the number is not
    shown, and nothing more is asked.
    """
    if not facts:
        return
    bounds = bounds_of(shown)
    others = [a for a in shown.where if a not in facts]
    small = [a for a in others if (shown.numbers[a] or 0) <= shown.rules.base]
    attack = attack_on(shown)
    attack.know(_known_by(facts, bounds))
    narrow = attack.narrow(small, least=VALUES)
    told = [a for a in narrow if shown.numbers[a] is None]
    if told:
        nothing = dict.fromkeys(bounds, (0.0, inf))
        attack.know(nothing | _known_by(facts, nothing))
        told = attack.narrow(told, least=VALUES)
    for address in set(narrow) - set(told):
        yield Finding("outside", shown.where[address])


def _known_by(
    facts: Mapping[Address, Fact], bounds: Mapping[Address, tuple[float, float]]
) -> dict[Address, tuple[float, float]]:
    """The bounds of the cells of which something is known."""
    return {
        address: (max(bounds[address][0], fact.number), bounds[address][1])
        if fact.is_least
        else (float(fact.number), float(fact.number))
        for address, fact in facts.items()
    }


def whole(shown: Shown, inner: Own) -> dict[Address, int]:
    """Inner cells with all their sums."""
    found = dict(inner)
    for _table, total, parts in shown.rules.lines:
        found[total] = sum(found.get(part, 0) for part in parts)
    return found


def _by_size(shown: Shown, own: Mapping[str, Own]) -> list[str]:
    """The organisations, those with most cases first."""

    first = {grid.kind: grid for grid in reversed(shown.rules.cliques)}
    counted = {a for grid in first.values() for a in grid.inner()}

    def cases(name: str) -> int:
        return sum(n for address, n in own[name].items() if address in counted)

    return sorted(own, key=lambda name: (-cases(name), name))


def _small(
    shown: Shown, behind: Mapping[Address, Behind], mine: Own
) -> Sequence[Address]:
    """Where somebody has cases, and few or none are of others."""
    return [
        address
        for address in shown.where
        if mine.get(address) and behind[address].incidents - mine[address] <= SMALL
    ]


def _known(
    attack: Attack, shown: Shown, behind: Mapping[Address, Behind], mine: Own
) -> list[Address]:
    """The small remainders that are not open enough for who knows `mine`."""
    small = _small(shown, behind, mine)
    if not small:
        return []
    attack.know(
        {
            address: (max(low, mine.get(address, 0)), high)
            for address, (low, high) in bounds_of(shown).items()
        }
    )
    return attack.narrow(small, least=VALUES)
