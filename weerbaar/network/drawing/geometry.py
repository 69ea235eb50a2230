"""The shapes of the provinces, from degrees on the globe to pixels of a drawing."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("provincie_2025.topojson")
SOURCE = "Kadaster / Centraal Bureau voor de Statistiek, 2025 (CC BY 4.0)"
WIDTH, MARGIN = 330, 3
# Where the words would cross an edge: to the right and down, in pixels.
NUDGED = {"PV24": (-3, 7), "PV27": (-3, 0), "PV31": (-6, 0)}

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Shape:
    """A province in the pixels of the drawing, and where its words stand."""

    path: str
    centre: Point


@cache
def shapes() -> tuple[dict[str, Shape], int]:
    """Every province by its code, and how high the drawing is."""
    topology = json.loads(FILE.read_text(encoding="utf-8"))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    project, height = _projection([point for arc in arcs for point in arc])
    drawn = [[project(point) for point in arc] for arc in arcs]
    [collection] = topology["objects"].values()
    return {g["id"]: _shape(g, drawn) for g in collection["geometries"]}, height


def _arc(arc: Sequence[Sequence[int]], transform: Mapping[str, Any]) -> Ring:
    """An arc is kept as steps of a grid from its first point (TopoJSON 2.1.4)."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * across + west, y * up + south))
    return points


def _projection(points: Sequence[Point]) -> tuple[Callable[[Point], Point], int]:
    """Degrees to pixels: a degree to the east is shorter, by the cosine of latitude.

    For a country of three degrees nobody sees the difference to a better projection.
    """
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * narrow)

    def project(point: Point) -> Point:
        x, y = point
        return MARGIN + (x - west) * narrow * scale, MARGIN + (north - y) * scale

    return project, math.ceil((north - south) * scale + 2 * MARGIN)


def _shape(geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> Shape:
    """Rings of arcs; a negative arc is the one with that number less one, backwards."""
    polygons = geometry["arcs"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    (x, y), (right, down) = _centre(largest), NUDGED.get(geometry["id"], (0, 0))
    return Shape("".join(_path(ring) for ring in rings), (x + right, y + down))


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def _path(ring: Ring) -> str:
    places = [f"{x:.1f} {y:.1f}" for x, y in ring]
    kept = [p for n, p in enumerate(places) if not n or p != places[n - 1]]
    return "M" + "L".join(kept) + "Z" if len(set(kept)) > 2 else ""


def _area(ring: Ring) -> float:
    pairs = pairwise(ring)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


def _centre(ring: Ring) -> Point:
    """The centre of gravity of a ring."""
    x_sum = y_sum = 0.0
    for (x, y), (u, v) in pairwise(ring):
        cross = x * v - u * y
        x_sum, y_sum = x_sum + (x + u) * cross, y_sum + (y + v) * cross
    area = 6 * _area(ring)
    return x_sum / area, y_sum / area
