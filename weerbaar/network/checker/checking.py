"""The whole check of a release, one question after the other, failing closed."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from weerbaar.network.checker import contributors, insiders, intervals, vintages
from weerbaar.network.checker.findings import Address, Finding
from weerbaar.network.checker.form import Shown, read_shown
from weerbaar.network.checker.large import LargeRecount
from weerbaar.network.checker.plans import Unreadable, read_rules
from weerbaar.network.checker.recount import Behind, Record, Recount
from weerbaar.network.checker.report import Measures
from weerbaar.network.checker.rules import Rules
from weerbaar.network.checker.structure import Post, broken_plan
from weerbaar.network.checker.sums import unequal_sums

logger = logging.getLogger(__name__)
Snapshot = Mapping[str, Any]
Fact = Mapping[str, Any]
# How often a period may be published.
VINTAGES = 2


@dataclass
class Checked:
    """What was found, and what was done to find it."""

    findings: list[Finding] = field(default_factory=list)
    measures: Measures = field(default_factory=dict)


class Depth(Enum):
    """How far the check goes: QUICK leaves out what asks the solver for long.

    That is points 12 to 14, 16 and 19: a quick check is a first look, not a pass.
    """

    QUICK = "quick"
    FULL = "full"


@dataclass(frozen=True)
class Known:
    """What is at hand beside the release; without `truth` it is the public mode.

    Where there are many millions of records, `truth` is a Parquet file of them. Who has
    no register of posts gives None; one without a post is a finding.
    """

    truth: Sequence[Record] | Path | None = None
    earlier: Sequence[vintages.Earlier] = ()
    register: Sequence[Post] | None = None
    facts: Sequence[Fact] = ()
    depth: Depth = Depth.FULL


def examine(snapshot: Snapshot, plan_text: str, known: Known) -> Checked:
    """Check a release. Whatever goes wrong on the way is a finding, never a pass."""
    done = Checked()
    found: set[Finding] = set()
    try:
        _examine(snapshot, plan_text, known, done.measures, found)
    except Unreadable:
        found.add(Finding("plan", ""))
    except Exception as error:
        # A spoiled snapshot, a missing solver, too little memory: all the same here.
        # Only the kind is logged: a message could quote a record.
        logger.error("The check of a release broke off: %s", type(error).__name__)
        found.add(Finding("failed", ""))
    done.findings = sorted(found)
    return done


def _examine(
    snapshot: Snapshot,
    plan_text: str,
    known: Known,
    measures: Measures,
    found: set[Finding],
) -> None:
    whole_plan = read_rules(plan_text)
    found |= set(broken_plan(whole_plan, known.register))
    shown = _read(snapshot, whole_plan, found)
    if found:
        return  # what cannot be read for certain cannot be attacked
    found |= set(unequal_sums(shown))
    if not intervals.fits_exactly(shown):
        found.add(Finding("contradiction", ""))
    measures |= {
        "cells": len(shown.numbers),
        "tables": len(shown.rules.grids),
        "dots": sum(number is None for number in shown.numbers.values()),
        "bound": shown.bound,
        "earlier": len(known.earlier),
        "register": len(known.register or ()),
        "facts": len(known.facts),
    }
    if found:
        return
    counted = _counted(known.truth, shown, snapshot)
    found |= set(insiders.outside(shown, _facts(known.facts)))
    found |= _against_truth(shown, counted, measures)
    found |= _attacked(shown, counted, known.depth, measures)
    found |= _compared(shown, whole_plan, snapshot, counted, known)


def _read(snapshot: Snapshot, plan: Rules, found: set[Finding]) -> Shown:
    shown = read_shown(snapshot, plan.until(snapshot["quarters"]))
    found |= shown.findings
    return shown


@dataclass(frozen=True)
class Counted:
    """The truth, counted by the checker: of each cell, and of each organisation."""

    behind: Mapping[Address, Behind]
    own: Mapping[str, Mapping[Address, int]]

    @property
    def truth(self) -> dict[Address, int]:
        return {address: count.incidents for address, count in self.behind.items()}


def _counted(
    records: Sequence[Record] | Path | None, shown: Shown, snapshot: Snapshot
) -> Counted | None:
    if records is None:
        return None
    quarters, year = snapshot["quarters"], snapshot["year"]
    if not isinstance(records, Path) and any(r["year"] != year for r in records):
        raise ValueError("records of another year")
    made = LargeRecount if isinstance(records, Path) else Recount
    with made(records, shown.rules, quarters) as recount:  # type: ignore[arg-type]
        return Counted(recount.behind(), recount.own())


def _against_truth(
    shown: Shown, counted: Counted | None, measures: Measures
) -> set[Finding]:
    if counted is None:
        return set()
    # Not how far the furthest lies: less than the bound would narrow every number.
    measures["recounted"] = 1
    return {
        *contributors.too_far(shown, counted.behind),
        *contributors.too_few(shown, counted.behind),
    }


def _attacked(
    shown: Shown, counted: Counted | None, depth: Depth, measures: Measures
) -> set[Finding]:
    truth = counted.truth if counted else None
    attack = intervals.attack_on(shown)
    found = set(intervals.given_away(shown, attack, truth))
    measures["narrowest"] = int(min(attack.values(a) for a in shown.where))
    if depth is Depth.QUICK:
        return found
    found |= set(intervals.certain(shown, attack))
    found |= set(intervals.joined(shown, attack, truth))
    measures["full"] = 1
    if counted is not None:
        found |= set(insiders.insiders(shown, counted.behind, counted.own))
        found |= set(insiders.coalitions(shown, counted.behind, counted.own))
        # Not how many: kept with the release, an exact number would be told by it.
        measures["insiders"] = int(bool(counted.own))
        measures["together"] = max(insiders.sizes(len(counted.own)), default=0)
    return found


def _compared(
    shown: Shown,
    plan: Rules,
    snapshot: Snapshot,
    counted: Counted | None,
    known: Known,
) -> set[Finding]:
    found: set[Finding] = set()
    pairs = []
    for one in known.earlier:
        before = _read(one.snapshot, plan, found)
        if found or one.snapshot["year"] != snapshot["year"]:
            return {Finding("failed", "")}
        same = one.snapshot["quarters"] == snapshot["quarters"]
        truth = counted.truth if counted else None
        pairs.append(vintages.Pair(before, shown, same, one.truth, truth))
    if sum(pair.same for pair in pairs) >= VINTAGES:
        found.add(Finding("again", ""))
    for pair in pairs:
        found |= set(vintages.moved(pair))
        if known.depth is Depth.FULL:
            found |= set(vintages.told_by_both(pair))
            found |= set(vintages.told_by_sums(pair))
    return found


def _facts(facts: Sequence[Fact]) -> dict[Address, insiders.Fact]:
    """Known facts: `kind`, `at` as pairs of dimension and code, and `number`.

    With `least` it is known that there were so many, and perhaps more.
    """
    return {
        (fact["kind"], frozenset(dict(fact["at"]).items())): insiders.Fact(
            int(fact["number"]), is_least=bool(fact.get("least", False))
        )
        for fact in facts
    }
