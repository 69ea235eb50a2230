"""A published table as a cube: axes with codes, and one observation for each cell.

Every format is written from this, so that none can hold another number. Codes follow
Statistics Netherlands where they have one: `2026JJ00` a year, `2026KW01` a quarter,
`2026X000` a part of a year, `PV20` to `PV31` the provinces, `NL01` the country.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from weerbaar.network.dimensions import Dimension
from weerbaar.network.exports import DOT, LICENCE, SOURCE, reading, rounding
from weerbaar.network.figures import planned_table, unit_of
from weerbaar.network.models import Release
from weerbaar.network.periods import QUARTERS
from weerbaar.network.tables import PROVINCE, QUARTER, Table

TOTAL = "total"
PERIOD = "period"
# How Statistics Netherlands marks a number.
PROVISIONAL, DEFINITIVE = "*", ""
STATISTICS = {
    (PROVINCE, code): f"PV{number}"
    for number, code in enumerate(
        (
            "groningen",
            "fryslan",
            "drenthe",
            "overijssel",
            "flevoland",
            "gelderland",
            "utrecht",
            "noord_holland",
            "zuid_holland",
            "zeeland",
            "noord_brabant",
            "limburg",
        ),
        start=20,
    )
} | {(PROVINCE, TOTAL): "NL01"}


@dataclass(frozen=True)
class Facts:
    """What must be known to read the numbers; goes into every file."""

    digest: str
    plan: str
    base: int
    bound: int
    is_provisional: bool
    published: datetime | None
    rounding: str
    reading: str
    source: str
    licence: str

    @property
    def status(self) -> str:
        """A code: the word for people differs by language."""
        return "provisional" if self.is_provisional else "definitive"

    @property
    def entries(self) -> dict[str, str]:
        """The same as name and value, for formats that keep such a list."""
        return {
            "digest": self.digest,
            "plan": self.plan,
            "base": str(self.base),
            "bound": str(self.bound),
            "status": self.status,
            "published": self.published.isoformat() if self.published else "",
            "rounding": self.rounding,
            "reading": self.reading,
            "source": self.source,
            "licence": self.licence,
        }


@dataclass(frozen=True)
class Member:
    """A category of an axis; `statistics` is its code at Statistics Netherlands."""

    code: str
    label: str
    statistics: str = ""


@dataclass(frozen=True)
class Axis:
    """Something the numbers are told apart by."""

    code: str
    label: str
    members: tuple[Member, ...]

    @property
    def name(self) -> str:
        """The code as StatLine writes names: `IncidentGroup`."""
        return "".join(part.capitalize() for part in self.code.split("_"))

    @property
    def is_time(self) -> bool:
        return self.code == PERIOD

    @property
    def has_statistics(self) -> bool:
        return any(member.statistics for member in self.members)


@dataclass(frozen=True)
class Observation:
    """One number, with its member on each axis; None is kept back."""

    members: tuple[Member, ...]
    value: int | None


@dataclass(frozen=True)
class Cube:
    """A table of a release, ready to be written."""

    code: str
    year: int
    title: str
    definition: str
    unit: str
    axes: tuple[Axis, ...]
    observations: tuple[Observation, ...]
    facts: Facts

    @property
    def identifier(self) -> str:
        return f"{self.code}-{self.year}"

    def mark(self, observation: Observation) -> str:
        """`.` for what is kept back, `*` for what is provisional, else nothing."""
        if observation.value is None:
            return DOT
        return PROVISIONAL if self.facts.is_provisional else DEFINITIVE


def facts_of(release: Release) -> Facts:
    """What must be known of a release."""
    rule = release.snapshot["rule"]
    return Facts(
        digest=release.digest,
        plan=release.plan,
        base=rule["base"],
        bound=rule["bound"],
        is_provisional=release.is_provisional,
        published=release.published_at,
        rounding=rounding(rule["bound"]),
        reading=reading(),
        source=SOURCE,
        licence=LICENCE,
    )


def cubes_of(release: Release) -> Iterator[Cube]:
    """Every table of a release, in the order of the plan. Raises PlanGone."""
    for found in release.snapshot["tables"]:
        yield _cube(release, found)


def cube_of(release: Release, code: str) -> Cube:
    """One table of a release. Raises KeyError, PlanGone."""
    return _cube(release, {t["code"]: t for t in release.snapshot["tables"]}[code])


def _cube(release: Release, found: dict[str, Any]) -> Cube:
    planned = planned_table(release.snapshot, found["code"])
    grid = _grid(found, planned)
    axes = [_axis(release, d, codes) for d, codes in _placed(planned, grid)]
    listed = [
        Observation((row, *((column,) if planned.columns else ())), value)
        for row, numbers in zip(axes[0].members, grid, strict=True)
        for column, value in zip(axes[-1].members, numbers, strict=False)
    ]
    if not any(axis.is_time for axis in axes):
        whole = _whole(release)
        axes.append(Axis(PERIOD, gettext("Period"), (whole,)))
        listed = [Observation((*o.members, whole), o.value) for o in listed]
    return Cube(
        code=planned.code,
        year=release.year,
        title=str(planned.title),
        definition=str(planned.definition),
        unit=unit_of(planned.kind),
        axes=tuple(axes),
        observations=tuple(listed),
        facts=facts_of(release),
    )


def _grid(found: dict[str, Any], planned: Table) -> list[list[int | None]]:
    """The numbers with their sums at the end; a table of some rows has no sums."""
    grid = [
        [*cells, total]
        for cells, total in zip(found["cells"], found["rowTotals"], strict=True)
    ]
    return grid if planned.only else [*grid, [*found["columnTotals"], found["total"]]]


def _placed(
    planned: Table, grid: list[list[int | None]]
) -> Iterator[tuple[Dimension, list[str]]]:
    """The dimensions of a table, each with the codes that its numbers stand under."""
    yield planned.rows, [*planned.shown_rows, TOTAL][: len(grid)]
    if planned.columns:
        yield planned.columns, [*planned.columns.codes, TOTAL]


def _axis(release: Release, dimension: Dimension, codes: list[str]) -> Axis:
    if dimension.code == QUARTER:
        members = [_quarter(release, dimension, code) for code in codes]
        return Axis(PERIOD, gettext("Period"), tuple(members))
    return Axis(
        dimension.code,
        str(dimension.label),
        tuple(
            Member(
                code,
                gettext("total") if code == TOTAL else dimension.label_of(code),
                STATISTICS.get((dimension.code, code), ""),
            )
            for code in codes
        ),
    )


def _quarter(release: Release, dimension: Dimension, code: str) -> Member:
    if code == TOTAL:
        return _whole(release)
    label = f"{release.year} {dimension.label_of(code)}"
    return Member(f"{release.year}KW0{code[1:]}", label)


def _whole(release: Release) -> Member:
    kind = "JJ00" if release.quarters == QUARTERS else "X000"
    return Member(f"{release.year}{kind}", release.period)
