"""Does a file say what a table says? Each format read back, and held to every word."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from weerbaar.network.checker.heavy import pq
from weerbaar.network.checker.told import Told
from weerbaar.network.checker.workbooks import is_workbook

CSVW = "http://www.w3.org/ns/csvw"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
DIALECT = {"commentPrefix": "#", "header": True, "encoding": "utf-8"}
NUMBER = {"base": "integer", "minimum": 0}
MARK = {"base": "string", "format": "[.*]?"}
Reader = Callable[[Told, str, bytes], bool]


def is_csv(told: Told, _name: str, data: bytes) -> bool:
    """The facts as comments, a header, and a line for each cell."""
    *lines, last = data.decode().split("\r\n")
    facts = [f"# {name}: {value}" for name, value in told.facts.items()]
    header = [name for name, _title in told.columns]
    rows = [["" if v is None else str(v) for v in row] for row in told.rows]
    read = list(csv.reader(lines[len(facts) :], strict=True))
    return not last and lines[: len(facts)] == facts and read == [header, *rows]


def is_metadata(told: Told, name: str, data: bytes) -> bool:
    """What the columns of the CSV mean."""
    facts = told.facts
    due = {
        "@context": [CSVW, {"@language": told.language}],
        "url": name.replace("-metadata.json", ""),
        "dc:title": f"{told.code} {told.title}",
        "dc:description": told.definition,
        "dc:publisher": facts["source"],
        "dc:license": {"@id": CC0},
        "dc:identifier": f"sha256:{facts['digest']}",
        "rdfs:comment": [facts["rounding"], facts["reading"]],
        "schema:additionalProperty": [
            {"schema:name": fact, "schema:value": value}
            for fact, value in facts.items()
        ],
        "dialect": DIALECT,
        "tableSchema": {
            "columns": [_column(*column) for column in told.columns],
            "primaryKey": [axis.code for axis in told.axes],
        },
    }
    return _one_form(strict_json(data)) == _one_form(due)


def _column(name: str, title: str) -> dict[str, Any]:
    kinds: dict[str, Any] = {"value": NUMBER, "status": MARK}
    named = {"name": name, "titles": name, "dc:description": title}
    return named | {"datatype": kinds.get(name, "string")}


def is_cube(told: Told, _name: str, data: bytes) -> bool:
    """The same as one cube."""
    facts = told.facts
    roles = {"time": ["period"]}
    geo = [axis.code for axis in told.axes if axis.has_statistics]
    due = {
        "version": "2.0",
        "class": "dataset",
        "label": f"{told.code} {told.title}",
        "source": facts["source"],
        "note": [told.definition, facts["rounding"], facts["reading"]],
        "id": [axis.code for axis in told.axes],
        "size": [len(axis.members) for axis in told.axes],
        "role": roles | ({"geo": geo} if geo else {}),
        "dimension": {axis.code: _dimension(axis) for axis in told.axes},
        "value": told.numbers,
        "status": {str(at): mark for at, mark in enumerate(told.marks) if mark},
        "extension": facts | {"unit": told.unit},
    }
    if facts["published"]:
        due["updated"] = facts["published"]
    return _one_form(strict_json(data)) == _one_form(due)


def _dimension(axis: Any) -> dict[str, Any]:
    category = {
        "index": [member.code for member in axis.members],
        "label": {member.code: member.label for member in axis.members},
    }
    due: dict[str, Any] = {"label": axis.label, "category": category}
    if axis.has_statistics:
        due["extension"] = {"cbs": {m.code: m.statistics for m in axis.members}}
    return due


def is_columns(told: Told, _name: str, data: bytes) -> bool:
    """The long form in columns, the facts in the metadata of its schema."""
    with pq.ParquetFile(io.BytesIO(data)) as file:
        table = file.read()
    said = {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}
    due = told.facts | {"title": told.title, "definition": told.definition}
    kinds = [
        (name, "int32" if name == "value" else "string") for name, _t in told.columns
    ]
    beside = [field.metadata for field in table.schema]
    return (
        [(field.name, str(field.type)) for field in table.schema] == kinds
        and said == {f"weerbaar.{name}": value for name, value in due.items()}
        and all(set(told_ or {}) <= {b"PARQUET:field_id"} for told_ in beside)
        and [list(row.values()) for row in table.to_pylist()] == list(told.rows)
    )


def strict_json(data: bytes) -> Any:
    """A document without a number that is no whole one, and no name twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name twice")
        return dict(pairs)

    def refuse(text: str) -> None:
        raise ValueError(text)

    return json.loads(
        data, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse
    )


def _one_form(content: Any) -> str:
    # Text, since Python holds true and 1 for the same.
    return json.dumps(content, sort_keys=True)


READERS: dict[str, Reader] = {
    ".xlsx": is_workbook,
    ".csv": is_csv,
    ".csv-metadata.json": is_metadata,
    ".jsonstat.json": is_cube,
    ".parquet": is_columns,
}
