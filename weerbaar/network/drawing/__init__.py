"""Drawings made on the server: SVG in which each mark can be read, and reached by key.

No script, no style of its own and nothing from elsewhere (N-5): classes, and the
stylesheet of the house says colours, also in the dark. On paper `PAPER` says them.
"""

from weerbaar.network.drawing.bars import Bar, Part, bars
from weerbaar.network.drawing.geometry import SOURCE
from weerbaar.network.drawing.provinces import (
    KEPT_BACK,
    Class,
    Marked,
    classes_of,
    province_map,
)
from weerbaar.network.drawing.svg import PAPER, markup

__all__ = [
    "KEPT_BACK",
    "PAPER",
    "SOURCE",
    "Bar",
    "Class",
    "Marked",
    "Part",
    "bars",
    "classes_of",
    "markup",
    "province_map",
]
