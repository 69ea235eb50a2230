"""A second look at a release before it may leave, which shares no code with its maker.

It reads the plan file and the published document itself, solves the attacks of
docs/statistics.md with another solver, and counts the truth once more in another way
when it is given the records. Every finding blocks publication, and so does whatever it
cannot carry out. An import contract keeps maker and checker apart.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from weerbaar.network.checker.bundle import examine_bundle
from weerbaar.network.checker.checking import Checked, Depth, Known, examine
from weerbaar.network.checker.findings import SAYS, Finding
from weerbaar.network.checker.report import lines, sentences
from weerbaar.network.checker.vintages import Earlier

__all__ = [
    "SAYS",
    "Checked",
    "Depth",
    "Earlier",
    "Finding",
    "Known",
    "check",
    "examine",
    "examine_bundle",
    "lines",
    "sentences",
]


def check(
    snapshot: Mapping[str, Any],
    *,
    plan_text: str,
    truth: Iterable[Mapping[str, Any]] | None = None,
    earlier: Iterable[Earlier] = (),
    register: Iterable[Mapping[str, Any]] | None = None,
    facts: Iterable[Mapping[str, Any]] = (),
    depth: Depth = Depth.FULL,
) -> list[Finding]:
    """Everything that is wrong with a release; empty when it may leave.

    `truth` are the records of its year as dictionaries, in every revision: with them it
    is the audit, without them what anybody can check. `earlier` are the releases of
    the year that were published before; `register` the posts, or None where there are
    none at hand; `facts` the exact numbers that became known elsewhere.
    """
    known = Known(
        None if truth is None else tuple(truth),
        tuple(earlier),
        None if register is None else tuple(register),
        tuple(facts),
        depth,
    )
    return examine(snapshot, plan_text, known).findings
