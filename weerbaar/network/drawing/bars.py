"""Lying bars: the words above each bar, its number behind it.

Bars are drawn in percent of the width and letters in pixels, so one drawing serves a
telephone and a desk, and nothing has to be said twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement

from weerbaar.network.drawing.svg import drawing, mark, stripes, text

LINE, BAR, BETWEEN, GAP = 20, 18, 6, 12
# What fits beside a thumb on a telephone of 320 pixels.
LETTERS = 34


@dataclass(frozen=True)
class Part:
    """One bar: its length, the words behind it, and how assistive technology says it.

    `striped` tells it from the other of its group, beside the colour.
    """

    value: int | None
    shown: str
    title: str
    about: str = ""
    striped: bool = False


@dataclass(frozen=True)
class Bar:
    """What stands above one bar, or above several that are compared."""

    label: str
    parts: Sequence[Part]


def bars(
    found: Sequence[Bar],
    *,
    title: str,
    about: str,
    name: str,
    width: str = "100%",
    longest: int = 82,
) -> Element:
    """The drawing. `name` is unique on its page; `longest` is the percentage of the
    width for the longest bar, which leaves room for the words behind it.
    """
    top = max([part.value or 0 for bar in found for part in bar.parts], default=0)
    root = drawing(width, _height(found), title=title, about=about, kind="bars")
    striped = any(part.striped for bar in found for part in bar.parts)
    fill = stripes(root, name) if striped else ""
    y = 0
    for bar in found:
        for words in _lines(bar):
            text(root, words, x="0", y=str(y + LINE - 7))
            y += LINE
        for part in bar.parts:
            share = longest * (part.value or 0) / top if top else 0
            _bar(root, part, y=y, share=share, fill=fill)
            y += BAR + BETWEEN
        y += GAP - BETWEEN
    return root


def _lines(bar: Bar) -> list[str]:
    return wrap(bar.label, LETTERS) if bar.label else []


def _height(found: Sequence[Bar]) -> int:
    rows = sum(
        LINE * len(_lines(bar)) + (BAR + BETWEEN) * len(bar.parts) + GAP - BETWEEN
        for bar in found
    )
    return rows - GAP + BETWEEN


def _bar(root: Element, part: Part, *, y: int, share: float, fill: str) -> None:
    group = mark(root, title=part.title, about=part.about, kind="wb-bars__mark")
    # The whole row can be pointed at, and has the ring of the focus around it.
    _rect(group, "wb-row", y=y, share=100, height=BAR)
    foot = {"x1": "0", "x2": "0", "y1": str(y), "y2": str(y + BAR)}
    SubElement(group, "line", {"class": "wb-foot"} | foot)
    if share:
        kind, more = ("wb-bar--striped", fill) if part.striped else ("wb-bar", "")
        bar = _rect(group, kind, y=y + 2, share=share, height=BAR - 4)
        if more:
            bar.set("fill", more)
    place = {"x": f"{share:.2f}%", "dx": "8", "y": str(y + BAR - 4)}
    text(group, part.shown, kind="wb-number", **place)


def _rect(parent: Element, kind: str, *, y: int, share: float, height: int) -> Element:
    size = {"width": f"{share:.2f}%", "height": str(height)}
    place = {"class": kind, "x": "0", "y": str(y)}
    return SubElement(parent, "rect", place | size)
