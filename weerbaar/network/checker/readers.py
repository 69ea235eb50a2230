"""Does a file say what a table says? Each format read back, and held to every word."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from weerbaar.network.checker.heavy import pq
from weerbaar.network.checker.told import Told
from weerbaar.network.checker.workbooks import is_workbook

CSVW = "http://www.w3.org/ns/csvw"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
DIALECT = {"commentPrefix": "#", "header": True, "encoding": "utf-8"}
NUMBER = {"base": "integer", "minimum": 0}
WRITER = re.compile(r"parquet-cpp-arrow version \d+\.\d+\.\d+")
# Its name at both ends, and the length of its footer.
PARQUET_FRAME = 12
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
        whole = _is_whole(file.metadata, table, len(data))
    said = {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}
    due = told.facts | {"title": told.title, "definition": told.definition}
    kinds = [
        (name, "int32" if name == "value" else "string") for name, _t in told.columns
    ]
    beside = [field.metadata for field in table.schema]
    return (
        whole
        and [(field.name, str(field.type)) for field in table.schema] == kinds
        and said == {f"weerbaar.{name}": value for name, value in due.items()}
        and all(set(told_ or {}) <= {b"PARQUET:field_id"} for told_ in beside)
        and [list(row.values()) for row in table.to_pylist()] == list(told.rows)
    )


def _is_whole(file: Any, table: Any, size: int) -> bool:
    """Are there no bytes but those of the columns, and no wrong words about them?

    Programs answer what is least and most from the footer, and never read the numbers.
    """
    if file.num_row_groups != 1 or not WRITER.fullmatch(file.created_by):
        return False
    group = file.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    filled = sum(column.total_compressed_size for column in columns)
    said = zip(columns, table.columns, strict=True)
    return filled + file.serialized_size + PARQUET_FRAME == size and all(
        _is_true(column.statistics, values.to_pylist()) for column, values in said
    )


def _is_true(said: Any, values: list[Any]) -> bool:
    """Are the least, the most and the number of nulls of a column its own?"""
    if said is None or not said.has_min_max:
        return True
    full = [value for value in values if value is not None]
    nulls = len(values) - len(full)
    return (said.min, said.max, said.null_count) == (min(full), max(full), nulls)


def strict_json(data: bytes) -> Any:
    """A document in UTF-8 without a number that is no count, and no name twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name twice")
        return dict(pairs)

    def refuse(text: str) -> NoReturn:
        raise ValueError(text)

    def whole(text: str) -> int:
        return int(text) if text.isdigit() else refuse(text)

    # Given as bytes, other encodings would be guessed.
    return json.loads(
        data.decode(),
        object_pairs_hook=once,
        parse_int=whole,
        parse_float=refuse,
        parse_constant=refuse,
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
