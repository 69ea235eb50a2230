"""What a release plan is, and the rules that it keeps.

Two rules hold by structure: every table has one or two dimensions, and the two-way
tables make a forest of the dimensions, which is the junction tree of such tables. Then
consistency table by table is consistency of whole records, and whoever solves the
equations of all tables at once learns no more than the checker does (statistics 4.1).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from weerbaar.network.dimensions import Dimension
from weerbaar.network.tables import Table


@dataclass(frozen=True)
class Floor:
    """How many office holders, in how many organisations, a group has at least."""

    holders: int
    organisations: int


@dataclass(frozen=True)
class Gate:
    """What stands behind a shown count from `start` on; `largest` is in percent."""

    start: int
    persons: int
    organisations: int
    largest: int


# What the network agreed on; a plan may ask more, and never less (statistics 4.1).
AGREED_FLOOR = Floor(holders=10, organisations=5)
AGREED_GATE = Gate(start=10, persons=5, organisations=3, largest=75)
LEAST_SHARE = 50
# A cell of a table had so many cases on average last year, or the table is too fine.
LEAST_MEAN = 10
# What every page and file says: rounded to fives, and a 0 stands for 0 to 4.
BASE, BOUND = 5, 4


@dataclass(frozen=True)
class Admission:
    """By which definitive figures the tables were found coarse enough.

    `totals` are the published ones of `year` by kind of case; a table has at least
    `mean` of them for each of its cells (statistics 8, point 4).
    """

    year: int
    mean: int
    totals: Mapping[str, int]


@dataclass(frozen=True)
class Plan:
    """One adopted plan; `text` is the file itself, which goes into every bundle."""

    version: str
    from_year: int
    adopted_on: date
    base: int
    bound: int
    share_from: int
    floor: Floor
    gate: Gate
    # The first plan has none: there were no figures before it.
    admission: Admission | None
    dimensions: tuple[Dimension, ...]
    tables: tuple[Table, ...]
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the file: by which a release names the plan it keeps to."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def broken_rules(plan: Plan) -> Iterator[str]:
    """Every rule that a plan breaks, in a sentence."""
    if plan.adopted_on.year >= plan.from_year:
        yield "A plan is adopted before the year it is for begins."
    if (plan.base, plan.bound) != (BASE, BOUND):
        yield f"The base is {BASE} and the bound {BOUND}, as every page says."
    yield from _weaker(plan)
    if len({table.code for table in plan.tables}) != len(plan.tables):
        yield "Two tables have the same code."
    if plan.admission is not None:
        yield from _too_fine(plan, plan.admission)
    for kind in dict.fromkeys(table.kind for table in plan.tables):
        yield from _broken_forest([t for t in plan.tables if t.kind == kind])


def _weaker(plan: Plan) -> Iterator[str]:
    """Where a plan asks less than was agreed: the checker would stop every release."""
    floor, gate = AGREED_FLOOR, AGREED_GATE
    if (
        plan.floor.holders < floor.holders
        or plan.floor.organisations < floor.organisations
    ):
        yield (
            f"The floor is {floor.holders} office holders in {floor.organisations} "
            "organisations, or more."
        )
    if (
        plan.gate.start > gate.start
        or plan.gate.persons < gate.persons
        or plan.gate.organisations < gate.organisations
        or plan.gate.largest > gate.largest
    ):
        yield (
            f"The gate begins at {gate.start} or before, with {gate.persons} persons "
            f"and {gate.organisations} organisations or more, and {gate.largest} "
            "percent of one or less."
        )
    if plan.share_from < LEAST_SHARE:
        yield f"A percentage is of {LEAST_SHARE} or more."


def _too_fine(plan: Plan, admission: Admission) -> Iterator[str]:
    """Tables for which there were too few cases last year."""
    if admission.year >= plan.from_year or admission.mean < LEAST_MEAN:
        yield (
            f"Tables are admitted by figures of a year before the plan, with a mean of "
            f"{LEAST_MEAN} a cell or more."
        )
    for table in plan.tables:
        total = admission.totals.get(table.kind, 0)
        if table.size * admission.mean > total:
            yield (
                f"Table {table.code} has {table.size} cells, too many for the {total} "
                f"of {admission.year}."
            )


def _broken_forest(tables: Sequence[Table]) -> Iterator[str]:
    """The two-way tables of a kind must be the edges of a forest of dimensions."""
    group = {d.code: d.code for table in tables for d in table.dimensions}
    for table in tables:
        if table.columns is None:
            continue
        one, other = group[table.rows.code], group[table.columns.code]
        if one == other:
            yield (
                f"Table {table.code} closes a circle of tables over "
                f"{table.rows.code} and {table.columns.code}: no junction tree."
            )
        group = {code: one if of == other else of for code, of in group.items()}
