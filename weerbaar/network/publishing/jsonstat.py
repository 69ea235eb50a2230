"""JSON-stat 2.0, the format that statistics bureaus share cubes in."""

import json
from typing import Any

from weerbaar.network.publishing.cube import Axis, Cube


def as_jsonstat(cube: Cube) -> bytes:
    """One dataset; a number that is kept back is null and has the status `.`."""
    return json.dumps(dataset(cube), ensure_ascii=False, indent=1).encode()


def dataset(cube: Cube) -> dict[str, Any]:
    """The dataset as an object; values run along the last axis first."""
    facts = cube.facts
    marks = [cube.mark(o) for o in cube.observations]
    told = {
        "version": "2.0",
        "class": "dataset",
        "label": f"{cube.code} {cube.title}",
        "source": facts.source,
        "note": [cube.definition, facts.rounding, facts.reading],
        "id": [axis.code for axis in cube.axes],
        "size": [len(axis.members) for axis in cube.axes],
        "role": _roles(cube),
        "dimension": {axis.code: _dimension(axis) for axis in cube.axes},
        "value": [observation.value for observation in cube.observations],
        "status": {str(at): mark for at, mark in enumerate(marks) if mark},
        "extension": facts.entries | {"unit": cube.unit},
    }
    if facts.published:
        told["updated"] = facts.published.isoformat()
    return told


def _roles(cube: Cube) -> dict[str, list[str]]:
    geo = [axis.code for axis in cube.axes if axis.has_statistics]
    time = [axis.code for axis in cube.axes if axis.is_time]
    return {"time": time} | ({"geo": geo} if geo else {})


def _dimension(axis: Axis) -> dict[str, Any]:
    told: dict[str, Any] = {
        "label": axis.label,
        "category": {
            "index": [member.code for member in axis.members],
            "label": {member.code: member.label for member in axis.members},
        },
    }
    if axis.has_statistics:
        told["extension"] = {"cbs": {m.code: m.statistics for m in axis.members}}
    return told
