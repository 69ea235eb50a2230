"""A published release, or one table of it, as a tagged PDF (PDF/UA-1) in Dutch.

It is made of the release alone, so the same release gives the same bytes, and holds the
numbers of the pages: both are read through `figures` (N-3, N-6).
"""

import json
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext

from weerbaar.network.charts import Chart, charts
from weerbaar.network.dashboard import telling
from weerbaar.network.exports import SOURCE, explained, notes, reading, rounding
from weerbaar.network.figures import Figure, figure, figures, shown
from weerbaar.network.models import Release
from weerbaar.network.tables import INCIDENT, PREVENTION
from weerbaar.web.papers import paper

LAYOUT = Path(__file__).with_name("report.typ")
# In millimetres: bars, and the map.
BARS, MAP = 125, 80
# Of the notes to a table, those that are about the table.
OF_TABLE = 2


def yearly_report(release: Release) -> bytes:
    """Every table of the release; nothing is fetched and nothing is written."""
    with translation.override("nl"):
        title = gettext("Figures of %(year)s") % {"year": release.year}
        return _paper(_told(release, title, list(figures(release.snapshot))))


def table_report(release: Release, code: str) -> bytes:
    """One table with its drawings. Raises KeyError."""
    with translation.override("nl"):
        found = figure(release.snapshot, code)
        return _paper(_told(release, f"{found.title} {release.year}", [found]))


def report_name(release: Release, code: str = "") -> str:
    """What the file is called."""
    return f"weerbaar-{release.year}-{code.lower() or 'rapport'}.pdf"


def _paper(told: dict[str, Any]) -> bytes:
    return paper(LAYOUT, {"told": json.dumps(told)})


def _told(release: Release, title: str, found: list[Figure]) -> dict[str, Any]:
    provisional = f"{title}, {release.status}"
    return {
        "title": provisional if release.is_provisional else title,
        "author": SOURCE,
        "period": capfirst(release.period),
        "status": release.status,
        "foot": f"{SOURCE}, {release.period} ({release.status}), {release.digest[:16]}",
        "lead": _lead(release),
        "explained": _explained(release.bound),
        "words": {
            "reading": gettext("How to read these figures"),
            "facts": gettext("About these figures"),
            "fact": [gettext("Fact"), gettext("Value")],
        },
        "facts": _facts(release, found[0]),
        "figures": [_figure(one, _drawn(release, one, found)) for one in found],
    }


def _explained(bound: int) -> list[str]:
    """As on the pages, where a number that is kept back is a dot; here it is words."""
    in_words = gettext(
        "All numbers are rounded to fives, and the tables add up. “0–%(bound)d” is a "
        "number of 0 to %(bound)d. “Too few” means: too few people or organisations."
    ) % {"bound": bound}
    dots = rounding(bound)
    return [in_words if words == dots else words for words in explained(bound)]


def _facts(release: Release, figure: Figure) -> list[tuple[str, str]]:
    """What holds for all tables, and is not said above already."""
    told = {rounding(release.bound), reading()}
    return [n for n in notes(release, figure)[OF_TABLE:] if n[1] not in told]


def _lead(release: Release) -> list[str]:
    totals = release.snapshot["totals"]
    return [
        gettext("Reported incidents: %(number)s.")
        % {"number": shown(totals[INCIDENT], bound=release.bound)},
        gettext("Advice asked beforehand: %(number)s.")
        % {"number": shown(totals[PREVENTION], bound=release.bound)},
    ]


def _drawn(release: Release, one: Figure, found: list[Figure]) -> list[Chart]:
    """All drawings of a single table; of many those of the dashboard."""
    if len(found) == 1:
        return charts(one)
    told = telling(release.snapshot)
    return [t.chart for t in told if t.figure.code == one.code]


def _figure(figure: Figure, drawn: list[Chart]) -> dict[str, Any]:
    total = gettext("Total")
    lines = [
        [capfirst(one.label), *map(figure.shown, [*one.cells, one.total])]
        for one in figure.lines
    ]
    if figure.has_all_rows:
        lines.append([total, *map(figure.shown, [*figure.column_totals, figure.total])])
    return {
        "title": f"{figure.code} {figure.title}",
        "sentence": figure.sentence,
        "definition": figure.definition,
        "row": figure.row_label,
        "columns": [*map(capfirst, figure.columns), total],
        "lines": lines,
        "charts": [_chart(one) for one in drawn],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    """The drawing, and in words what its colours stand for."""
    below = list(chart.beside)
    if chart.source:
        below.append(gettext("Darker is more; striped is too few to show"))
        below.append(f"{gettext('Map')}: {chart.source}")
    return {
        "drawn": chart.on_paper,
        "width": MAP if chart.source else BARS,
        "alt": gettext("Drawing: %(title)s. The numbers stand in the table below it.")
        % {"title": chart.title},
        "below": "".join(f"{words}. " for words in below),
    }
