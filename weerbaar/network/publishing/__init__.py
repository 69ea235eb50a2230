"""What leaves the house: each table in each format, all with the same numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from weerbaar.network.models import Release
from weerbaar.network.publishing.csvw import as_csv, as_metadata
from weerbaar.network.publishing.cube import cube_of
from weerbaar.network.publishing.jsonstat import as_jsonstat
from weerbaar.network.publishing.parquet import as_parquet
from weerbaar.network.publishing.workbook import as_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """A kind of file: its code, how its name ends, its media type and who writes it.

    `file_type` is its name in the code list of the European Union.
    """

    code: str
    file_type: str
    ending: str
    media_type: str
    label: Any
    write: Callable[[Release, str], bytes]


def _metadata(release: Release, code: str) -> bytes:
    return as_metadata(cube_of(release, code), file_name(release, code, "csv"))


FORMATS = {
    f.code: f
    for f in (
        Format(
            "xlsx", "XLSX", ".xlsx", _XLSX, _("Spreadsheet with notes (XLSX)"), as_xlsx
        ),
        Format(
            "csv",
            "CSV",
            ".csv",
            "text/csv; charset=utf-8",
            _("Codes and numbers in rows (CSV)"),
            lambda release, code: as_csv(cube_of(release, code)),
        ),
        Format(
            "csv_metadata",
            "JSON",
            ".csv-metadata.json",
            "application/csvm+json",
            _("What the columns of that CSV mean (CSVW)"),
            _metadata,
        ),
        Format(
            "json_stat",
            "JSON",
            ".jsonstat.json",
            "application/json",
            _("Cube for statistics programs (JSON-stat)"),
            lambda release, code: as_jsonstat(cube_of(release, code)),
        ),
        Format(
            "parquet",
            "PARQUET",
            ".parquet",
            "application/vnd.apache.parquet",
            _("Columns for data analysis (Parquet)"),
            lambda release, code: as_parquet(cube_of(release, code)),
        ),
    )
}


def file_name(release: Release, code: str, kind: str) -> str:
    """`weerbaar-2026-t2.csv`: the same name wherever the file comes from."""
    return f"weerbaar-{release.year}-{code.lower()}{FORMATS[kind].ending}"


def write(release: Release, code: str, kind: str) -> bytes:
    """A table in a format. Raises KeyError for a table or format that is not there."""
    return FORMATS[kind].write(release, code.upper())


def files_of(release: Release, code: str) -> list[tuple[str, Any]]:
    """The name and label of each file of a table, in the order of use."""
    return [(file_name(release, code, f.code), f.label) for f in FORMATS.values()]
