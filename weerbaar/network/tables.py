"""The release plan: which tables the network publishes, fixed beforehand, as data.

No table is made on demand (domain 8, g). Each incident counts once in each dimension;
two tables never share more than one dimension, and the dimensions form a forest
(design 8). `weerbaar.network.protection` builds on both, and a test holds them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from weerbaar.network.dimensions import (
    AFTERCARE,
    CHANNEL,
    DECISION,
    GROUP,
    OFFICE_KIND,
    ORGANISATION_TYPE,
    PARTNER,
    PERPETRATOR,
    POLICE,
    PROVINCE,
    QUARTER,
    SEVERITY,
    TOPIC,
    Dimension,
)
from weerbaar.network.periods import QUARTERS

PLAN = "1"
INCIDENT = "incident"
PREVENTION = "prevention"


@dataclass(frozen=True)
class Table:
    """A published table: one or two dimensions, what it counts, and how it is read."""

    code: str
    title: Any
    definition: Any
    rows: Dimension
    columns: Dimension | None = None
    kind: str = INCIDENT
    only: tuple[str, ...] = ()
    share_of: str = ""

    @property
    def dimensions(self) -> list[Dimension]:
        return [self.rows, *([self.columns] if self.columns else [])]

    @property
    def shown_rows(self) -> list[str]:
        """The rows that are shown; a table of some rows only has no sums of columns."""
        return list(self.only) or self.rows.codes


TABLES: tuple[Table, ...] = (
    Table(
        "T1",
        _("Reports by quarter"),
        _("Reported incidents by kind of organisation and quarter of the report."),
        ORGANISATION_TYPE,
        QUARTER,
    ),
    Table(
        "T2",
        _("What happened"),
        _(
            "Reported incidents by kind and by kind of office. An incident of several "
            "kinds counts once, under the heaviest: physical violence, then threat, "
            "undermining, temptation, other conduct and verbal aggression."
        ),
        GROUP,
        OFFICE_KIND,
    ),
    Table(
        "T3",
        _("How it happened"),
        _("Reported incidents by the way they came, and by kind of office."),
        CHANNEL,
        OFFICE_KIND,
    ),
    Table(
        "T4",
        _("Topics"),
        _("Reported incidents by the policy topic that gave rise to them."),
        TOPIC,
        QUARTER,
    ),
    Table(
        "T5",
        _("Who did it"),
        _("Reported incidents by who is thought to have done it, and kind of office."),
        PERPETRATOR,
        OFFICE_KIND,
    ),
    Table(
        "T6",
        _("Police and aangifte"),
        _("Reported incidents by what the police knows, and by kind of office."),
        POLICE,
        OFFICE_KIND,
        share_of="aangifte",
    ),
    Table(
        "T7",
        _("Referrals"),
        _("Reported incidents by the partner they were referred to, and by kind."),
        PARTNER,
        GROUP,
    ),
    Table(
        "T9",
        _("Aftercare"),
        _("Reported incidents by how the aftercare ended, and by severity."),
        AFTERCARE,
        SEVERITY,
    ),
    Table(
        "T10",
        _("Provinces"),
        _("Reported incidents in each province, of all organisations together."),
        PROVINCE,
    ),
    Table(
        "T11",
        _("Temptation and undermining"),
        _("Reported incidents of temptation and of undermining, whole country, year."),
        GROUP,
        only=("temptation", "undermining"),
    ),
    Table(
        "T13",
        _("Severity"),
        _("Reported incidents by severity as the handler judged it."),
        SEVERITY,
        OFFICE_KIND,
    ),
    Table(
        "T14",
        _("Influence on decisions"),
        _(
            "Reported incidents by the answer to the question whether a decision was "
            "influenced. Nobody has to answer it."
        ),
        DECISION,
        share_of="yes",
    ),
    Table(
        "T15",
        _("Advice asked beforehand"),
        _("Requests for advice before a tense moment, by kind of organisation."),
        ORGANISATION_TYPE,
        QUARTER,
        kind=PREVENTION,
    ),
)


def plan(quarters: int) -> tuple[Table, ...]:
    """The tables over the first `quarters` quarters; a quarter to come is no column."""
    passed = replace(QUARTER, categories=QUARTER.categories[:quarters])
    return tuple(
        replace(table, columns=passed) if table.columns is QUARTER else table
        for table in TABLES
    )


def table(code: str, quarters: int = QUARTERS) -> Table:
    """One table of the plan. Raises KeyError."""
    return {t.code: t for t in plan(quarters)}[code]


def dimensions(tables: tuple[Table, ...], kind: str) -> Iterator[Dimension]:
    """Each dimension once that tables of a kind are made of."""
    seen: set[str] = set()
    for table_ in tables:
        for dimension in table_.dimensions if table_.kind == kind else ():
            if dimension.code not in seen:
                seen.add(dimension.code)
                yield dimension
