"""What was checked, in sentences for who answers for the figures."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from weerbaar.network.checker.findings import SAYS, Finding

# What was done, as numbers: kept with a release, put into words when it is read.
Measures = dict[str, int]


def sentences(measures: Mapping[str, Any]) -> Iterator[str]:
    """What was checked and what came of it, in the language of who reads it."""
    if not measures.get("cells"):
        yield gettext("The figures could not be read: nothing else was checked.")
        return
    yield gettext(
        "%(cells)d numbers in %(tables)d tables are declared in the plan, rounded to "
        "fives, and add up, in each table and between the tables."
    ) % {"cells": measures["cells"], "tables": measures["tables"]}
    yield gettext(
        "A solver tried to work out every number from all others. The one it got "
        "closest to still has %(narrowest)d possible values."
    ) % {"narrowest": measures["narrowest"]}
    if measures.get("recounted"):
        yield from _of_audit(measures)
    else:
        yield gettext(
            "The reports behind the numbers were not at hand: whether the numbers are "
            "true was not checked."
        )
    yield from _of_coalitions(measures)
    if measures.get("files"):
        yield gettext(
            "The %(number)d files that come with the figures say the same, and nothing "
            "else."
        ) % {"number": measures["files"]}
    yield from _of_others(measures)


def _of_audit(measures: Mapping[str, Any]) -> Iterator[str]:
    yield gettext(
        "The reports were counted once more, in another way. No number lies further "
        "than %(bound)d from the count."
    ) % {"bound": measures["bound"]}
    if measures.get("insiders"):
        yield gettext(
            "Each organisation that has cases was put in the place of an attacker who "
            "knows its own."
        )


def _of_coalitions(measures: Mapping[str, Any]) -> Iterator[str]:
    if measures.get("together"):
        yield gettext(
            "So were the %(number)d largest, with their cases put together."
        ) % {"number": measures["together"]}


def _of_others(measures: Mapping[str, Any]) -> Iterator[str]:
    if measures.get("dots"):
        yield ngettext(
            "%(number)d number is a dot, and stays open.",
            "%(number)d numbers are dots, and stay open.",
            measures["dots"],
        ) % {"number": measures["dots"]}
    if measures.get("earlier"):
        yield ngettext(
            "They were laid beside %(number)d earlier release of the year.",
            "They were laid beside %(number)d earlier releases of the year.",
            measures["earlier"],
        ) % {"number": measures["earlier"]}
    if measures.get("facts"):
        yield ngettext(
            "%(number)d exact number that is known from elsewhere was taken into "
            "account.",
            "%(number)d exact numbers that are known from elsewhere were taken into "
            "account.",
            measures["facts"],
        ) % {"number": measures["facts"]}
    if measures.get("signed"):
        yield gettext("The signature is of the key that was given.")
    elif "signed" in measures:
        yield gettext(
            "No key was given: whether these are the figures of the network, and not "
            "of somebody who made others, was not checked."
        )
    if not measures.get("full"):
        yield gettext("This was a quick look: the long attacks were left out.")
    if not measures.get("register"):
        yield gettext(
            "The register of posts was not at hand: whether every group is large "
            "enough was not checked."
        )


def lines(findings: Sequence[Finding], measures: Mapping[str, Any]) -> Iterator[str]:
    """The whole report as lines of text."""
    if findings:
        yield gettext("These figures may not be published.")
        for code, table in findings:
            yield f"- {table + ': ' if table else ''}{SAYS[code]} [{code}]"
    else:
        yield gettext("Nothing was found.")
        yield from (f"- {sentence}" for sentence in sentences(measures))
