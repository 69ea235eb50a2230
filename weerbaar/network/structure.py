"""How the cells of the plan hang together: which sums are made of which inner cells.

Every two-way table, and every one-way table that no other takes in, is a clique with
inner cells of its own. A sum that stands in two cliques is the same number in both:
that equality is what ties the tables into one system.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from weerbaar.network.counting import Cell, cell
from weerbaar.network.tables import Table

# A place in a clique: which clique, and the inner cell.
Inner = tuple[int, Cell]


@dataclass
class Structure:
    """The inner cells of one kind of case, and every published cell as sums of them.

    `sums` gives for each published cell one list of inner cells for each clique in
    which it can be read; all of them add up to the same number.
    """

    inner: list[Inner] = field(default_factory=list)
    sums: dict[Cell, list[list[int]]] = field(default_factory=dict)


def structure(tables: Sequence[Table]) -> Structure:
    """The system of the tables of one kind of case."""
    made = Structure()
    for number, table in enumerate(cliques(tables)):
        columns = table.columns.codes if table.columns else [None]
        parts: dict[Cell, list[int]] = {}
        for row in table.rows.codes:
            for column in columns:
                own = cell(table, row, column)
                made.inner.append((number, own))
                wholes = own, cell(table, row), cell(table, None, column), cell(table)
                # Each once, and no set: the solver goes by the order, so it must be the
                # same in every process.
                for whole in dict.fromkeys(wholes):
                    parts.setdefault(whole, []).append(len(made.inner) - 1)
        for whole, members in parts.items():
            made.sums.setdefault(whole, []).append(members)
    return made


def cliques(tables: Sequence[Table]) -> list[Table]:
    """The tables whose inner cells are not sums of another's."""
    sets = [frozenset(d.code for d in table.dimensions) for table in tables]
    return [
        table
        for number, table in enumerate(tables)
        if not any(
            sets[number] < other or (sets[number] == other and place < number)
            for place, other in enumerate(sets)
            if place != number
        )
    ]
