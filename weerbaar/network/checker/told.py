"""What a file beside a release has to say: every word and number, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

DOT, PROVISIONAL = ".", "*"
YEAR_QUARTERS = 4
Snapshot = Mapping[str, Any]


class Member(NamedTuple):
    """A category: its code, what it is called, its code at Statistics Netherlands."""

    code: str
    label: str
    statistics: str = ""


class Axis(NamedTuple):
    """Something that the numbers of a table are told apart by."""

    code: str
    label: str
    members: list[Member]

    @property
    def has_statistics(self) -> bool:
        return any(member.statistics for member in self.members)


@dataclass(frozen=True)
class Said:
    """What a release does not say of itself: when it was published, and how final."""

    language: str
    published: str
    status: str

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.published) if self.published else None

    def fits(self, snapshot: Snapshot) -> bool:
        """A year that is not over is not definitive, nor published. Raises ValueError.

        One moment has one spelling, so that it says nothing beside.
        """
        year, quarters, moment = snapshot["year"], snapshot["quarters"], self.moment
        end = date(year + quarters // YEAR_QUARTERS, 3 * quarters % 12 + 1, 1)
        in_time = moment is None or (
            moment.tzinfo is not None
            and moment.isoformat() == self.published
            and moment.date() >= end
        )
        known = ("provisional", "definitive")[: 1 + quarters // YEAR_QUARTERS]
        return in_time and self.status in known


@dataclass(frozen=True)
class Told:
    """One table in words and numbers; the numbers run along the last axis first."""

    language: str
    code: str
    title: str
    definition: str
    unit: str
    row_label: str
    row_labels: list[str]
    column_labels: list[str]
    axes: list[Axis]
    numbers: list[int | None]
    facts: dict[str, str]
    notes: list[list[str]]
    moment: datetime | None

    @property
    def marks(self) -> list[str]:
        """`.` for a number that is kept back, `*` for one that is provisional."""
        open_mark = PROVISIONAL if self.facts["status"] == "provisional" else ""
        return [DOT if number is None else open_mark for number in self.numbers]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns of the long form: name, and what it is called."""
        found = []
        for axis in self.axes:
            names = [axis.code, f"{axis.code}_label"]
            names += [f"{axis.code}_cbs"] if axis.has_statistics else []
            found += [(name, axis.label) for name in names]
        return [*found, ("value", self.unit), ("status", "status")]

    @property
    def rows(self) -> Iterator[list[Any]]:
        """The long form: codes and labels of each cell, its number and its mark."""
        cells = zip(self._cells(self.axes), self.numbers, self.marks, strict=True)
        for members, number, mark in cells:
            row: list[Any] = []
            for axis, member in zip(self.axes, members, strict=True):
                row += [member.code, member.label]
                row += [member.statistics] if axis.has_statistics else []
            yield [*row, number, mark]

    def _cells(self, axes: list[Axis]) -> Iterator[list[Member]]:
        if not axes:
            yield []
            return
        for member in axes[0].members:
            for rest in self._cells(axes[1:]):
                yield [member, *rest]
