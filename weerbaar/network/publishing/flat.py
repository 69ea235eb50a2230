"""A cube in long form: a row for each cell, a column for each code and its label."""

from dataclasses import dataclass

from weerbaar.network.publishing.cube import Cube

VALUE = "value"
STATUS = "status"


@dataclass(frozen=True)
class Column:
    """A column of the long form: its name, and what it is called."""

    name: str
    title: str


def columns(cube: Cube) -> list[Column]:
    """For each axis the code, the label and where there is one the code of StatLine."""
    found = []
    for axis in cube.axes:
        found += [Column(axis.code, axis.label)]
        found += [Column(f"{axis.code}_label", axis.label)]
        if axis.has_statistics:
            found += [Column(f"{axis.code}_cbs", axis.label)]
    return [*found, Column(VALUE, cube.unit), Column(STATUS, STATUS)]


def rows(cube: Cube) -> list[list[str | int | None]]:
    """The cells in the order of `columns`; a number that is kept back is None."""
    found = []
    for observation in cube.observations:
        row: list[str | int | None] = []
        for axis, member in zip(cube.axes, observation.members, strict=True):
            row += [member.code, member.label]
            row += [member.statistics] if axis.has_statistics else []
        found.append([*row, observation.value, cube.mark(observation)])
    return found
