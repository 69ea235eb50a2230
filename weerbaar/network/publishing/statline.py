"""A release as OData v4 in the shape in which Statistics Netherlands gives StatLine.

Read by programs that know StatLine, such as the client `cbsodata4`. A part of the
protocol: no functions, no expanding, no writing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language

from weerbaar.network.models import Release
from weerbaar.network.publishing.csdl import Shape
from weerbaar.network.publishing.cube import Axis, Cube, Observation, cube_of

CATALOG = "Weerbaar"
LANGUAGES = {"nl": "nl-nl", "en": "en-us"}
MEASURE = "N00001"
ROW = dict[str, Any]
# What is told of a dataset, in this order.
DATASET = (
    "Identifier", "Title", "Description", "Language", "Catalog", "Version", "Status",
    "TemporalCoverage", "Source", "License", "Modified", "ObservationsModified",
    "ObservationCount", "Digest", "Plan", "Base", "Bound", "Rounding", "Reading",
)  # fmt: skip


def dataset(release: Release, cube: Cube) -> ROW:
    """A line of the list of datasets, and the properties of one."""
    facts = cube.facts
    moment = facts.published.isoformat() if facts.published else None
    return {
        "Identifier": cube.identifier,
        "Title": cube.title,
        "Description": cube.definition,
        "Language": LANGUAGES.get(get_language() or "nl", "nl-nl"),
        "Catalog": CATALOG,
        "Version": f"{release.year}.{release.quarters}",
        "Status": facts.status.capitalize(),
        "TemporalCoverage": release.period,
        "Source": facts.source,
        "License": facts.licence,
        "Modified": moment,
        "ObservationsModified": moment,
        "ObservationCount": len(cube.observations),
        "Digest": facts.digest,
        "Plan": facts.plan,
        "Base": facts.base,
        "Bound": facts.bound,
        "Rounding": facts.rounding,
        "Reading": facts.reading,
    }


def find(releases: Sequence[Release], identifier: str) -> tuple[Release, Cube]:
    """The dataset with this identifier, among releases of a year each.

    Raises KeyError, PlanGone.
    """
    code, _dash, year = identifier.rpartition("-")
    of_year = {str(release.year): release for release in releases}
    return of_year[year], cube_of(of_year[year], code)


def parts(cube: Cube) -> dict[str, Callable[[], list[ROW]]]:
    """What a dataset consists of, by name, each to be made when it is asked for."""
    coded = {f"{axis.name}Codes": _codes_of(axis) for axis in cube.axes}
    return {
        "Dimensions": lambda: [_dimension(axis) for axis in cube.axes],
        "MeasureCodes": lambda: [_measure(cube)],
        **coded,
        "Observations": lambda: observations(cube),
    }


def shapes(cube: Cube) -> dict[str, Shape]:
    """The sets of a dataset and what their rows look like."""
    found = {"Properties": Shape("Dataset", DATASET, is_single=True)}
    for name, rows in parts(cube).items():
        found[name] = Shape(name.removesuffix("s"), tuple(rows()[0]))
    return found


def catalogue_shapes() -> dict[str, Shape]:
    """The one set of the whole service."""
    return {"Datasets": Shape("Dataset", DATASET)}


def observations(cube: Cube) -> list[ROW]:
    """Every cell; a number that is kept back is null and `Confidential`."""
    return [_observation(cube, at, o) for at, o in enumerate(cube.observations)]


def _observation(cube: Cube, at: int, observation: Observation) -> ROW:
    members = {
        axis.name: member.code
        for axis, member in zip(cube.axes, observation.members, strict=True)
    }
    return {
        "Id": at,
        "Measure": MEASURE,
        "ValueAttribute": _attribute(cube, observation),
        "Value": observation.value,
        **members,
    }


def _attribute(cube: Cube, observation: Observation) -> str:
    if observation.value is None:
        return "Confidential"
    return "Provisional" if cube.facts.is_provisional else "None"


def _dimension(axis: Axis) -> ROW:
    kinds = {True: "TimeDimension", False: "Dimension"}
    kind = "GeoDimension" if axis.has_statistics else kinds[axis.is_time]
    return {"Identifier": axis.name, "Title": axis.label, "Kind": kind}


def _codes_of(axis: Axis) -> Callable[[], list[ROW]]:
    return lambda: [
        {"Identifier": member.code, "Index": at, "Title": member.label}
        | ({"StatLine": member.statistics} if axis.has_statistics else {})
        for at, member in enumerate(axis.members, start=1)
    ]


def _measure(cube: Cube) -> ROW:
    return {
        "Identifier": MEASURE,
        "Index": 1,
        "Title": cube.unit,
        "DataType": "Long",
        "Unit": "aantal",
        "Decimals": 0,
    }
