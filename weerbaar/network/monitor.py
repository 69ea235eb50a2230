"""What the Monitor Integriteit en Veiligheid found, with its sources (T12).

A percentage of people who were asked and a number that was reported are never added,
divided or drawn on one axis: a page may only let them stand beside each other.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from weerbaar.network.charts import Chart
from weerbaar.network.dimensions import words
from weerbaar.network.drawing import Bar, Part, bars, markup

FILE = Path(__file__).with_name("monitor.toml")
ALL = "all"


@dataclass(frozen=True)
class Source:
    """Where a number was read; its place in the list is how it is referred to."""

    place: int
    label: Any


@dataclass(frozen=True)
class Found:
    """One number of the Monitor: of whom, of what, how much, and who says so.

    `percent` is None where the source gives words only.
    """

    year: int
    who: str
    who_label: Any
    what: str
    what_label: Any
    percent: int | None
    said: Any
    sources: tuple["Source", ...]

    @property
    def shown(self) -> str:
        """A percentage, or the words of the source."""
        return str(self.said) if self.said else f"{self.percent}%"


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its code, in the order of the list."""
    entries = _content()["source"]
    return {
        entry["code"]: Source(place, words(entry["name"]))
        for place, entry in enumerate(entries, 1)
    }


@cache
def monitor() -> tuple[Found, ...]:
    """Every number, the newest year first. Raises KeyError for an unknown source."""
    content = _content()
    who, what = (
        {entry["code"]: words(entry["name"]) for entry in content[kind]}
        for kind in ("who", "what")
    )
    found = [_found(entry, who, what) for entry in content["number"]]
    return tuple(sorted(found, key=lambda one: -one.year))


def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _found(
    entry: Mapping[str, Any], whos: Mapping[str, Any], whats: Mapping[str, Any]
) -> Found:
    who, what = entry.get("who", ALL), entry.get("what", ALL)
    return Found(
        year=entry["year"],
        who=who,
        who_label=whos[who],
        what=what,
        what_label=whats[what],
        percent=entry.get("percent"),
        said=words(entry["said"]) if "said" in entry else "",
        sources=tuple(sources()[code] for code in entry["sources"]),
    )


def all_asked() -> list[Found]:
    """The share of all office holders who met anything, the newest year first."""
    return [one for one in monitor() if (one.who, one.what) == (ALL, ALL)]


def _part(found: Found) -> Part:
    told = ", ".join(str(source.label) for source in found.sources)
    return Part(found.percent, found.shown, f"{found.year}: {found.shown}", told)


def monitor_chart() -> Chart:
    """That share by year; a year of which only words are known has no bar."""
    title = gettext("Monitor: share of the office holders who were asked")
    groups = [Bar(str(one.year), [_part(one)]) for one in reversed(all_asked())]
    about = gettext("The same numbers stand in the table.")
    root = bars(groups, title=title, about=about, name="monitor", longest=70)
    return Chart(capfirst(title), markup(root), "")
