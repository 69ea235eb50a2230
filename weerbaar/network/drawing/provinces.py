"""The map of the provinces: each a mark with its name and number."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from weerbaar.network.drawing.geometry import WIDTH, shapes
from weerbaar.network.drawing.svg import drawing, mark, stripes, text

# Beside the lowest, which is a published 0 and stands for up to four.
CLASSES = 4
LINE = 11
KEPT_BACK = "dot"


@dataclass(frozen=True)
class Marked:
    """What a province says: its words on the map, and for assistive technology."""

    label: str
    number: int | None
    shown: str
    title: str
    about: str = ""


@dataclass(frozen=True)
class Class:
    """One colour of the map: from and to which number, both included."""

    code: str
    least: int
    most: int


def classes_of(numbers: Sequence[int | None], base: int) -> list[Class]:
    """At most four classes of one width for numbers above 0.

    They are made of published numbers only, which are multiples of the base.
    """
    top = max([number or 0 for number in numbers], default=0)
    width = math.ceil(top / base / CLASSES) * base
    ends = range(width, top + width, width) if top else ()
    return [Class(str(n), end - width + base, end) for n, end in enumerate(ends, 1)]


def province_map(
    found: Mapping[str, Marked],
    classes: Sequence[Class],
    *,
    title: str,
    about: str,
    name: str,
) -> Element:
    """The drawing; `found` by the code that Statistics Netherlands has for each.

    `name` is unique on the page; what is kept back has the pattern `<name>-dot`.
    """
    drawn, height = shapes()
    root = drawing(str(WIDTH), height, title=title, about=about, kind="map")
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    fill = stripes(root, f"{name}-{KEPT_BACK}", "wb-stripes--thin")
    for code, one in found.items():
        kind = f"wb-province wb-province--{_class_of(one.number, classes)}"
        group = mark(root, title=one.title, about=one.about, kind=kind)
        path = {"d": drawn[code].path, "fill-rule": "evenodd"}
        SubElement(group, "path", path | ({"fill": fill} if one.number is None else {}))
        _words(group, one, *drawn[code].centre)
    return root


def _class_of(number: int | None, classes: Sequence[Class]) -> str:
    if number is None:
        return KEPT_BACK
    return next((c.code for c in classes if c.least <= number <= c.most), "0")


def _words(group: Element, one: Marked, x: float, y: float) -> None:
    """The name in one line or, after its hyphen, two; the number under it."""
    lines = one.label.replace("-", "-\n").split("\n")
    y -= LINE * (len(lines) - 1) / 2
    for line in lines:
        text(group, line, x=f"{x:.1f}", y=f"{y:.1f}")
        y += LINE
    text(group, one.shown, x=f"{x:.1f}", y=f"{y + 1:.1f}", kind="wb-province__number")
