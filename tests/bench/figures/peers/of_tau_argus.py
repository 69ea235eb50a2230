"""τ-ARGUS: suppression and rounding as the statistics bureaus of Europe have it."""

from collections.abc import Iterator
from typing import Any

from year import Cell, Refused, Year


def suppressed(year: Year) -> Iterator[Cell]:
    """Numbers of 1 to 4 and what gives them away are hidden, table by table."""
    for table in year.tables:
        names = [name for name in (table["rows"], table["columns"]) if name]
        found = {
            tuple(line[name].strip() for name in names): line
            for line in _protected(year, names, "FREQ(5,20)", "OPT(1)")
        }
        for row, column in year.places(table):
            at = tuple(code or "Total" for code in (row, column)[: len(names)])
            line = found.get(at)
            number = line["one"] if line else 0.0
            if line and line["status"] in "UM":
                yield table["code"], row, column, None, 0, None
            else:
                yield table["code"], row, column, number, number, number


def rounded(year: Year) -> Iterator[Cell]:
    """Its own controlled rounding to fives, table by table."""
    for table in year.tables:
        names = [name for name in (table["rows"], table["columns"]) if name]
        _protected(year, names, "FREQ(5,20)", "RND(1,5,2,10)")
    raise Refused("it gives no numbers back")


def _protected(
    year: Year, names: list[str], rule: str, how: str
) -> list[dict[str, Any]]:
    import pytauargus
    from pytauargus.batch import BatchError

    try:
        done = pytauargus.protect(year.frame[[*names, "one"]], names, "one", rule, how)
    except BatchError as error:
        raise Refused(str(error)) from error
    rows: list[dict[str, Any]] = done.tables[0].rows
    return rows
