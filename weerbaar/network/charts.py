"""A figure as drawings: which numbers stand in which, and the words of each mark.

Each drawing shows numbers that stand in the table of the same figure, and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from weerbaar.network.drawing import (
    KEPT_BACK,
    PAPER,
    SOURCE,
    Bar,
    Class,
    Marked,
    Part,
    bars,
    classes_of,
    markup,
    province_map,
)
from weerbaar.network.exports import DOT
from weerbaar.network.figures import Figure, Line
from weerbaar.network.publishing.cube import STATISTICS
from weerbaar.network.tables import PROVINCE

# On paper a bar needs a width; it is shown smaller.
PAPER_WIDTH = "480"


@dataclass(frozen=True)
class Key:
    """What a colour of the map stands for."""

    code: str
    words: str
    fill: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with its name, and for a map what its colours stand for."""

    title: str
    drawn: SafeString
    on_paper: str
    keys: Sequence[Key] = ()
    source: str = ""
    beside: Sequence[str] = ()


def charts(figure: Figure) -> list[Chart]:
    """By its rows, and by quarter where it has them; none where nothing is to show."""
    found = []
    if any(line.total for line in figure.lines):
        found.append(by_rows(figure))
    if figure.by_quarter and any(figure.column_totals):
        found.append(by_quarter(figure))
    return found


def by_rows(figure: Figure) -> Chart:
    """The sum of each row: on the map, or as bars."""
    if figure.row_code == PROVINCE:
        return _map(figure)
    found = [(line.label, line.total) for line in figure.lines]
    title = figure.title if not figure.by_quarter else capfirst(figure.row_label)
    return _bars(figure, title, found, f"{figure.code}-rows")


def by_quarter(figure: Figure) -> Chart:
    """The sum of each quarter."""
    found = list(zip(figure.columns, figure.column_totals, strict=True))
    return _bars(figure, gettext("By quarter"), found, f"{figure.code}-quarters")


def _bars(
    figure: Figure, title: str, found: Sequence[tuple[str, int | None]], name: str
) -> Chart:
    rows = [
        Bar(capfirst(label), [_part(figure, label, number)]) for label, number in found
    ]

    def draw(width: str) -> Element:
        return bars(rows, title=title, about=_about(), name=name, width=width)

    return Chart(title, markup(draw("100%")), markup(draw(PAPER_WIDTH), PAPER))


def _part(figure: Figure, label: str, number: int | None) -> Part:
    title, about = said(figure, label, number)
    return Part(number, figure.shown(number), title, about)


def said(figure: Figure, label: str, number: int | None) -> tuple[str, str]:
    """What a mark is called, and what more there is to say of it."""
    if number is None:
        told = gettext("too few to show")
    else:
        told = f"{figure.shown(number)} {figure.unit}"
    return f"{capfirst(label)}: {told}", figure.more(number)


def _about() -> str:
    return gettext("The same numbers stand in the table.")


def _map(figure: Figure) -> Chart:
    placed = [(STATISTICS.get((PROVINCE, one.code)), one) for one in figure.lines]
    found = {code: _marked(figure, one) for code, one in placed if code}
    numbers = [one.number for one in found.values()]
    classes = classes_of(numbers, figure.base)
    root = province_map(
        found, classes, title=figure.title, about=_about(), name=figure.code
    )
    return Chart(
        figure.title,
        markup(root),
        markup(root, PAPER),
        _keys(classes, numbers, figure),
        SOURCE,
        [said(figure, one.label, one.total)[0] for code, one in placed if not code],
    )


def _marked(figure: Figure, line: Line) -> Marked:
    title, about = said(figure, line.label, line.total)
    # On the map there is no room for more.
    words = figure.shown(line.total) if line.total is not None else DOT
    return Marked(line.label, line.total, words, title, about)


def _keys(
    classes: Sequence[Class], numbers: Sequence[int | None], figure: Figure
) -> list[Key]:
    """Only the colours that are on the map."""
    found = [Key("0", figure.shown(0))] if 0 in numbers else []
    for one in classes:
        if any(one.least <= (number or 0) <= one.most for number in numbers):
            same = one.least == one.most
            words = str(one.most) if same else f"{one.least}–{one.most}"
            found.append(Key(one.code, words))
    if None in numbers:
        found.append(
            Key(
                KEPT_BACK,
                gettext("too few to show"),
                f"url(#{figure.code}-{KEPT_BACK})",
            )
        )
    return found
