"""CSV for programs, and what it means: CSV on the Web (W3C, 1.1 of the model).

The facts stand above the header as comments, which is the dialect that the standard
has by default: `#` begins one. Readers that do not know it are told in the metadata.
"""

import csv
import io
import json
from typing import Any

from django.utils.translation import get_language

from weerbaar.network.publishing.cube import Cube
from weerbaar.network.publishing.flat import STATUS, VALUE, columns, rows

CONTEXT = "http://www.w3.org/ns/csvw"
LICENCES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}


def as_csv(cube: Cube) -> bytes:
    """Commas and UTF-8; a number that is kept back is empty and has the status `.`."""
    out = io.StringIO()
    for name, value in cube.facts.entries.items():
        out.write(f"# {name}: {value}\r\n")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns(cube)])
    writer.writerows(rows(cube))
    return out.getvalue().encode()


def as_metadata(cube: Cube, file_name: str) -> bytes:
    """The metadata of the file that lies beside it under `file_name`."""
    facts = cube.facts
    told = {
        "@context": [CONTEXT, {"@language": get_language() or "nl"}],
        "url": file_name,
        "dc:title": f"{cube.code} {cube.title}",
        "dc:description": cube.definition,
        "dc:publisher": facts.source,
        "dc:license": {"@id": LICENCES[facts.licence]},
        "dc:identifier": f"sha256:{facts.digest}",
        "rdfs:comment": [facts.rounding, facts.reading],
        "schema:additionalProperty": [
            {"schema:name": name, "schema:value": value}
            for name, value in facts.entries.items()
        ],
        "dialect": {"commentPrefix": "#", "header": True, "encoding": "utf-8"},
        "tableSchema": {
            "columns": [_column(c.name, c.title) for c in columns(cube)],
            "primaryKey": [axis.code for axis in cube.axes],
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _column(name: str, title: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "titles": name, "dc:description": title}
    if name == VALUE:
        told["datatype"] = {"base": "integer", "minimum": 0}
    elif name == STATUS:
        told["datatype"] = {"base": "string", "format": r"[.*]?"}
    else:
        told["datatype"] = "string"
    return told
