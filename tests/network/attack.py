"""An attacker of the tables who shares no code with their protection.

He knows every shown count exactly (more than is published: those are rounded), that
counts are whole and not negative, and that all tables count the same incidents. He
writes every sum as an equation, brings the equations into echelon form, so that every
combination by subtraction lies open, and narrows each hidden count from above and
below until nothing moves any more.
"""

from fractions import Fraction

from weerbaar.network.counting import Cell, Counts, cell
from weerbaar.network.tables import Table

Equation = tuple[dict[Cell, Fraction], Fraction]
FAR = Fraction(10**6)


def bounds(
    counts: Counts, shown: set[Cell], tables: tuple[Table, ...]
) -> dict[Cell, tuple[int, int]]:
    """What the attacker knows of each hidden count: from at least, to at most."""
    plain = [_known_apart(e, counts, shown) for e in _sums(tables)]
    equations = plain + _echelon(plain)
    low = {place: Fraction(0) for place in counts if place not in shown}
    high = dict.fromkeys(low, FAR)
    while _narrow(equations, low, high):
        pass
    return {place: (int(low[place]), int(high[place])) for place in low}


def _sums(tables: tuple[Table, ...]) -> list[dict[Cell, int]]:
    found = []
    for table in tables:
        columns = table.columns.codes if table.columns else []
        for row in [None, *table.rows.codes] if columns else []:
            parts = {cell(table, row, c): 1 for c in columns}
            found.append(parts | {cell(table, row): -1})
        for column in [None, *columns]:
            parts = {cell(table, r, column): 1 for r in table.rows.codes}
            found.append(parts | {cell(table, None, column): -1})
    return found


def _known_apart(
    equation: dict[Cell, int], counts: Counts, shown: set[Cell]
) -> Equation:
    unknown = {p: Fraction(f) for p, f in equation.items() if p not in shown}
    known = sum(f * counts[p].incidents for p, f in equation.items() if p in shown)
    return unknown, Fraction(-known)


def _echelon(equations: list[Equation]) -> list[Equation]:
    """Gauss and Jordan: each equation leads with a count that no other one holds."""
    left = [(dict(terms), value) for terms, value in equations if terms]
    done: list[Equation] = []
    while left:
        terms, value = left.pop()
        if not terms:
            continue
        lead = min(terms, key=lambda p: (p.kind, sorted(p.at)))
        factor = terms[lead]
        pivot = ({p: f / factor for p, f in terms.items()}, value / factor)
        left = [_without(e, pivot, lead) for e in left]
        done = [*(_without(e, pivot, lead) for e in done), pivot]
    return done


def _without(equation: Equation, pivot: Equation, lead: Cell) -> Equation:
    terms, value = equation
    factor = terms.get(lead, Fraction(0))
    if not factor:
        return equation
    mixed = dict(terms)
    for place, f in pivot[0].items():
        mixed[place] = mixed.get(place, Fraction(0)) - factor * f
    return {p: f for p, f in mixed.items() if f}, value - factor * pivot[1]


def _narrow(
    equations: list[Equation], low: dict[Cell, Fraction], high: dict[Cell, Fraction]
) -> bool:
    moved = False
    for terms, value in equations:
        for place, factor in terms.items():
            rest = [(p, f) for p, f in terms.items() if p != place]
            least = sum(f * (low[p] if f > 0 else high[p]) for p, f in rest)
            most = sum(f * (high[p] if f > 0 else low[p]) for p, f in rest)
            ends = sorted(((value - least) / factor, (value - most) / factor))
            floor, ceiling = -(-ends[0] // 1), ends[1] // 1
            if floor > low[place]:
                low[place], moved = Fraction(floor), True
            if ceiling < high[place]:
                high[place], moved = Fraction(ceiling), True
    return moved
