"""Cell key: the same records always get the same noise."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from year import SMALL, Cell, Year


def by_its_rule(year: Year) -> Iterator[Cell]:
    """The rule that comes with it: under ten hidden, the rest to the nearest five."""
    import numpy as np
    from cell_key_perturbation.create_perturbed_table import create_perturbed_table
    from cell_key_perturbation.utils.generate_test_ptable import (
        generate_ptable_10_5_rule,
    )

    chance = np.random.default_rng(1)
    year.frame["record_key"] = chance.integers(0, 256, len(year.frame))
    rule = generate_ptable_10_5_rule()
    for table in year.tables:
        for names in _margins(table):
            known = {name for name in names if name}
            listed = sorted(known) or ["everyone"]
            found = create_perturbed_table(
                year.frame, rule, [], listed, "record_key", False
            )
            numbers = {
                tuple(line[name] for name in listed): line["count"]
                for line in found.to_dict("records")
            }
            yield from _of_cell_key(year, table, names, listed, numbers)


def _margins(table: dict[str, Any]) -> Iterator[tuple[str | None, str | None]]:
    rows, columns = table["rows"], table["columns"]
    yield from product([None, rows], [None, columns] if columns else [None])


def _of_cell_key(
    year: Year,
    table: dict[str, Any],
    names: tuple[str | None, str | None],
    listed: list[str],
    numbers: dict[tuple[str, ...], Any],
) -> Iterator[Cell]:
    import pandas as pd

    for row, column in year.places(table):
        if ((row is None) != (names[0] is None)) or (
            (column is None) != (names[1] is None)
        ):
            continue
        at = {names[0]: row, names[1]: column, "everyone": "everyone"}
        number = numbers.get(tuple(at[name] for name in listed), pd.NA)
        if number is pd.NA or pd.isna(number):
            yield table["code"], row, column, None, 0, SMALL - 1
        else:
            low = max(SMALL, int(number) - 2)
            yield table["code"], row, column, int(number), low, int(number) + 2
