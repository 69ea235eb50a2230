"""Points 2, 3, 4 and 9: is the plan one that can be kept at all?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from weerbaar.network.checker.findings import Finding
from weerbaar.network.checker.rules import Grid, Rules, Split

# What the network's agreement asks at least, whatever a plan says.
LEAST = {
    "holders": 10,
    "organisations": 5,
    "persons": 5,
    "contributors": 3,
    "mean": 10,
    "share_from": 50,
}
LARGEST = 75
# Whatever a plan says of itself: these tell who or where, and the register of posts has
# nobody under these codes.
WHO_OR_WHERE = {"organisation_type", "province", "office_kind"}
NO_POSTS = {"", "support"}
BASE, BOUNDS = 5, range(4, 10)
Post = Mapping[str, Any]


def broken_plan(rules: Rules, register: Sequence[Post] | None) -> Iterator[Finding]:
    """Every rule that the plan itself breaks."""
    gate = rules.gate
    if (
        rules.adopted_year >= rules.from_year
        or rules.base < BASE
        or rules.base % BASE
        or rules.bound not in BOUNDS
        or rules.floor["holders"] < LEAST["holders"]
        or rules.floor["organisations"] < LEAST["organisations"]
        or gate["from"] > 2 * BASE
        or gate["persons"] < LEAST["persons"]
        or gate["organisations"] < LEAST["contributors"]
        or gate["largest"] > LARGEST
        or len({g.code for g in rules.grids}) != len(rules.grids)
    ):
        yield Finding("plan", "")
    if rules.share_from < LEAST["share_from"]:
        yield Finding("share", "")
    if register is not None and not register:
        yield Finding("unregistered", "")
    for kind in {grid.kind for grid in rules.grids}:
        if not _is_tree([g for g in rules.cliques if g.kind == kind]):
            yield Finding("tree", "")
    for grid in rules.grids:
        if register and any(_small_groups(rules, grid, register)):
            yield Finding("group", grid.code)
        if rules.admission is not None and not _admitted(rules, grid):
            yield Finding("admission", grid.code)


def _is_tree(cliques: Sequence[Grid]) -> bool:
    """Do the tables form a junction forest?

    The heaviest spanning forest by shared dimensions is one exactly when its weight is
    one less than the number of tables, summed over the dimensions (Jensen).
    """
    sets = [frozenset(split.code for split in grid.splits) for grid in cliques]
    group = list(range(len(sets)))
    weight = 0
    pairs = combinations(range(len(sets)), 2)
    for a, b in sorted(pairs, key=lambda p: -len(sets[p[0]] & sets[p[1]])):
        if sets[a] & sets[b] and group[a] != group[b]:
            weight += len(sets[a] & sets[b])
            group = [group[a] if g == group[b] else g for g in group]
    names = frozenset[str]().union(*sets)
    return weight == sum(sum(name in s for s in sets) - 1 for name in names)


def _small_groups(
    rules: Rules, grid: Grid, register: Sequence[Post]
) -> Iterator[tuple[str, ...]]:
    """The groups of who and where of a table that are below the floor."""
    who = [
        split
        for split in grid.splits
        if split.who_or_where or split.source in WHO_OR_WHERE
    ]
    for codes in product(*[split.codes for split in who]) if who else ():
        chosen = list(zip(who, codes, strict=True))
        if any(_is_nobody(split, code, register) for split, code in chosen):
            continue  # "not known" is no group of office holders
        members = [
            post
            for post in register
            if all(_category(split, post) == code for split, code in chosen)
        ]
        if (
            sum(post["number"] for post in members) < rules.floor["holders"]
            or len({post["organisation"] for post in members})
            < rules.floor["organisations"]
        ):
            yield codes


def _category(split: Split, post: Post) -> str | None:
    return split.groups.get(post[split.source], split.marks.get("rest"))


def _is_nobody(split: Split, category: str, register: Sequence[Post]) -> bool:
    takes = {code for code, group in split.groups.items() if group == category}
    takes |= {p[split.source] for p in register if _category(split, p) == category}
    return takes <= NO_POSTS


def _admitted(rules: Rules, grid: Grid) -> bool:
    """Did last year's definitive numbers have room for so many cells?"""
    said = rules.admission or {}
    if set(said) != {"year", "mean", "totals"}:
        return False
    total = said["totals"].get(grid.kind)
    cells = len(grid.shown) * max(1, len(grid.column_codes))
    return (
        type(total) is int
        and type(said["year"]) is int
        and said["year"] < rules.from_year
        and said["mean"] >= LEAST["mean"]
        and total >= said["mean"] * cells
    )
