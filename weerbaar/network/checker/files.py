"""Points 5 and 9 of further files: the same numbers, and no percentage of its own."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.plans import read_rules

NAME = re.compile(r"weerbaar-([a-z][a-z0-9]*)\.(csv|json)")
PERCENT = re.compile(r"(\d[\d.,]*)\s?%")
DOT = "."
Table = Mapping[str, Any]
# A table as text, line by line, each with its sum at the end.
Lines = list[list[str]]


def differing(
    files: Mapping[str, bytes], snapshot: Mapping[str, Any], plan_text: str
) -> Iterator[Finding]:
    """Files that are no table of the release, or tell other numbers than it does.

    A form that is not known here cannot be checked, and is a finding.
    """
    rules = read_rules(plan_text)
    whole = {grid.code for grid in rules.grids if grid.whole}
    tables = {table["code"]: table for table in snapshot["tables"]}
    for name, data in files.items():
        known = NAME.fullmatch(name)
        table = tables.get(known[1].upper()) if known else None
        if known is None or table is None:
            yield Finding("files", "")
            continue
        code = table["code"]
        try:
            text = data.decode("utf-8-sig")
            read = _of_csv(text) if known[2] == "csv" else _of_json(text)
        except (ValueError, KeyError, TypeError, StopIteration):
            yield Finding("files", code)
            continue
        if read != _expected(table, whole=code in whole, form=known[2]):
            yield Finding("files", code)
        if set(PERCENT.findall(text)) - set(_percentages(table, rules.share_from)):
            yield Finding("share", code)


def _expected(table: Table, *, whole: bool, form: str) -> Lines:
    """What a file has to say; of some rows only there are no sums to a table."""
    lines = [
        [*line, total]
        for line, total in zip(table["cells"], table["rowTotals"], strict=True)
    ]
    if whole or form == "json":
        lines.append([*(table["columnTotals"] if whole else ()), table["total"]])
    return [[_shown(number) for number in line] for line in lines]


def _shown(number: Any) -> str:
    return DOT if number is None else str(number)


def _of_csv(text: str) -> Lines:
    """Notes, an empty line, a head, and the numbers behind their labels."""
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    begin = next(place for place, row in enumerate(rows) if not row)
    return [row[1:] for row in rows[begin + 2 :]]


def _of_json(text: str) -> Lines:
    content = json.loads(text)
    lines = [[*row["values"], row["total"]] for row in content["rows"]]
    lines.append([*content["columnTotals"], content["total"]])
    return [[_shown(number) for number in line] for line in lines]


def _percentages(table: Table, share_from: int) -> Iterator[str]:
    """Every percentage that follows from the numbers of a table."""
    rows, columns = table["rowTotals"], table["columnTotals"]
    pairs = [(part, table["total"]) for part in (*rows, *columns)]
    for line, row in zip(table["cells"], rows, strict=True):
        for part, column in zip(line, columns, strict=True):
            pairs += [(part, row), (part, column), (part, table["total"])]
    for part, whole in pairs:
        if part is not None and whole is not None and whole >= share_from:
            yield str(round(100 * part / whole))
