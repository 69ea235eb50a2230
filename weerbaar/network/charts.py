"""Charts drawn on the server, to stand in a page: no script, no style of their own.

The library draws; what it says of colours and fonts is taken out, since the page allows
no inline style: classes and the stylesheet of the house say it, also in the dark (N-5).
"""

import sys
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext

from weerbaar.network.figures import Figure

SVG = "{http://www.w3.org/2000/svg}"
# Drawn twice: letters on a telephone must not shrink with the drawing.
WIDE, NARROW = 720, 340
ROW, FRAME = 34, 56
ROOM_FOR_NUMBER = 48
LONGEST = {WIDE: 40, NARROW: 18}


def _library() -> Any:
    """The library, loaded with the first chart: it takes 14 MB.

    It leaves an import hook behind that Python dropped long ago; importers that ask
    every hook for a spec, such as the tests', stumble over it.
    """
    import pygal

    sys.meta_path[:] = [hook for hook in sys.meta_path if hasattr(hook, "find_spec")]
    return pygal


def charts(figure: Figure) -> list[SafeString]:
    """The wide drawing and the narrow one; none when there is nothing to show."""
    bars = _bars(figure)
    if not any(number for _label, number in bars):
        return []
    return [_chart(bars, figure.unit, width) for width in (WIDE, NARROW)]


def _bars(figure: Figure) -> list[tuple[str, int | None]]:
    if figure.by_quarter and figure.kind != "incident":
        return list(zip(figure.columns, figure.column_totals, strict=True))
    return [(line.label, line.total) for line in figure.lines]


def _chart(bars: list[tuple[str, int | None]], unit: str, width: int) -> SafeString:
    # The library draws from below.
    bars = bars[::-1]
    chart = _library().HorizontalBar(
        width=width,
        height=FRAME + ROW * len(bars),
        explicit_size=False,
        show_legend=False,
        print_values=True,
        print_values_position="top",
        margin=4,
        margin_right=ROOM_FOR_NUMBER,
        range=(0, max(number or 0 for _label, number in bars)),
        show_y_guides=False,
        no_prefix=True,
        js=[],
    )
    chart.x_labels = [_shortened(label, LONGEST[width]) for label, _number in bars]
    chart.add(unit, [_value(number) for _label, number in bars])
    tree = chart.render_tree()
    _undress(tree)
    tree.set("class", f"wb-chart wb-chart--{'wide' if width == WIDE else 'narrow'}")
    # Beside it stands the same as a table: read aloud once, not twice.
    tree.set("aria-hidden", "true")
    tree.set("focusable", "false")
    # Every label went through the library's tree, which escapes it.
    return mark_safe(tostring(tree, encoding="unicode"))  # noqa: S308


def _shortened(label: str, longest: int) -> str:
    """Cut off where there is no room; the table beside it has the whole words."""
    return Truncator(label).chars(longest)


def _value(number: int | None) -> dict[str, Any]:
    """What is kept back has no bar, and says so: no bar alone would look like none."""
    if number is None:
        return {"value": 0, "formatter": lambda _zero: gettext("too few")}
    if number == 0:
        # It may stand for up to four (statistics 4.1).
        return {"value": 0, "formatter": lambda _zero: "0–4"}
    return {"value": number, "formatter": str}


def _undress(tree: Element) -> None:
    """Take out script, style, remarks, and the words meant for a script's tooltip."""
    for parent in list(tree.iter()):
        for child in list(parent):
            tag = child.tag
            if not isinstance(tag, str) or tag.removeprefix(SVG) in {
                "defs",
                "desc",
                "title",
                "script",
                "style",
            }:
                parent.remove(child)
        parent.attrib.pop("style", None)
        parent.attrib.pop("id", None)
