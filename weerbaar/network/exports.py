"""A table as a file: CSV for a spreadsheet, JSON for a program (N-3)."""

import csv
import io
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from weerbaar.network.figures import Figure
from weerbaar.network.models import Release

LICENCE = "CC0-1.0"
SOURCE = "Netwerk Weerbaar Bestuur"
# A number that is kept back, as Statistics Netherlands writes it.
DOT = "."


def notes(release: Release, figure: Figure) -> list[tuple[str, str]]:
    """What must be known to read the numbers; stands above them in every file."""
    return [
        (gettext("Table"), f"{figure.code} {figure.title}"),
        (gettext("Definition"), figure.definition),
        (gettext("Period"), release.period),
        (gettext("Status"), release.status),
        (gettext("Rounding"), rounding(release.bound)),
        (gettext("Reading"), reading()),
        (gettext("Published"), _day(release)),
        (gettext("Release plan"), release.plan),
        (gettext("Rounded to multiples of"), str(release.snapshot["rule"]["base"])),
        (gettext("Furthest from the truth"), str(release.bound)),
        (gettext("Fingerprint"), release.digest),
        (gettext("Source"), SOURCE),
        (gettext("Licence"), LICENCE),
    ]


def rounding(bound: int) -> str:
    """The sentence on rounding and dots."""
    return gettext(
        "All numbers are rounded to fives, and the tables add up. A 0 stands for 0 to "
        "%(bound)d. A dot means: too few people or organisations."
    ) % {"bound": bound}


def reading() -> str:
    """The sentence without which the figures mislead (domain 8)."""
    return gettext(
        "More reports do not have to mean more incidents: they can also mean that "
        "more people report."
    )


def explained(bound: int) -> list[str]:
    """What must be known to read the figures, in sentences."""
    return [
        reading(),
        rounding(bound),
        gettext("Only reports whose reporter agreed to it are counted."),
        gettext(
            "No organisation and no person is told apart. Everything is counted for "
            "the whole country or by province."
        ),
        gettext(
            "What people in one organisation do among themselves does not count, nor "
            "does conduct in which no norm was crossed."
        ),
    ]


def _day(release: Release) -> str:
    published = release.published_at
    return date_format(published, "j F Y") if published else gettext("not yet")


def as_csv(release: Release, figure: Figure) -> str:
    """Notes, an empty line, the table; semicolons, as Dutch spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(notes(release, figure))
    writer.writerow([])
    total = gettext("total")
    writer.writerow([figure.row_label, *figure.columns, total])
    for line in figure.lines:
        writer.writerow([line.label, *map(_shown, [*line.cells, line.total])])
    if figure.has_all_rows:
        writer.writerow([total, *map(_shown, [*figure.column_totals, figure.total])])
    return out.getvalue()


def _shown(number: int | None) -> str:
    return DOT if number is None else str(number)


def as_json(release: Release, figure: Figure) -> dict[str, Any]:
    """The same as one document; null is a number that is kept back."""
    return {
        "release": str(release.pk),
        "year": release.year,
        "quarters": release.quarters,
        "provisional": release.is_provisional,
        "fingerprint": release.digest,
        "plan": release.plan,
        "base": release.snapshot["rule"]["base"],
        "bound": release.bound,
        "licence": LICENCE,
        "rounding": rounding(release.bound),
        "reading": reading(),
        "code": figure.code,
        "title": figure.title,
        "definition": figure.definition,
        "rowLabel": figure.row_label,
        "columnLabel": figure.column_label,
        "columns": figure.columns,
        "rows": [
            {"label": line.label, "values": line.cells, "total": line.total}
            for line in figure.lines
        ],
        "columnTotals": figure.column_totals if figure.has_all_rows else [],
        "total": figure.total,
    }
