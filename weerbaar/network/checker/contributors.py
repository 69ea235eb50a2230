"""Points 7 and 8: how far from the truth, and how many people stand behind it."""

from collections.abc import Iterator, Mapping

from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.form import Shown
from weerbaar.network.checker.recount import Behind


def too_far(shown: Shown, behind: Mapping[Address, Behind]) -> Iterator[Finding]:
    """Numbers further from the truth than the release says."""
    for address, number in shown.numbers.items():
        if number is not None and (
            abs(number - behind[address].incidents) > shown.bound
        ):
            yield Finding("bound", shown.where[address])


def too_few(shown: Shown, behind: Mapping[Address, Behind]) -> Iterator[Finding]:
    """Shown counts of some size that few people or organisations stand behind."""
    gate = shown.rules.gate
    for address, number in shown.numbers.items():
        count = behind[address]
        if number is None or count.incidents < gate["from"]:
            continue
        if (
            count.persons < gate["persons"]
            or count.organisations < gate["organisations"]
            or count.largest > count.incidents * gate["largest"] / 100
        ):
            yield Finding("few", shown.where[address])
