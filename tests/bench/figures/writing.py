"""What was measured, put between two marks of docs/statistics.md."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tests.bench.figures.side_by_side import Method, SideBySide
from tests.bench.figures.sizes import TARGETS, Size

DOCUMENT = Path(__file__).parents[3] / "docs" / "statistics.md"
BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"


def write(sizes: Sequence[Size], peers: Sequence[SideBySide], loaded: float) -> None:
    """Replace what stands between the marks. `loaded`: of the machine, beforehand."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    if not after:
        raise RuntimeError(f"{DOCUMENT} lacks the marks {BEGIN} and {END}")
    told = "\n".join(_told(sizes, peers, loaded))
    new = f"{before}{BEGIN}\n{told}\n{END}{after}"
    DOCUMENT.write_text(new, encoding="utf-8")


def _told(
    sizes: Sequence[Size], peers: Sequence[SideBySide], loaded: float
) -> Iterator[str]:
    cores = os.cpu_count() or 1
    busy = (
        f", which had other work to do (load {loaded:.1f}): times are longer than "
        "they need be"
        if loaded > cores / 2
        else ""
    )
    yield (
        f"Measured on {date.today():%d-%m-%Y} with "
        f'`make bench ARGS="figures --write"`, on {cores} cores{busy}.'
    )
    yield ""
    yield from _of_sizes(sizes)
    for one in peers:
        yield ""
        yield from _of_peers(one)


def _of_sizes(sizes: Sequence[Size]) -> Iterator[str]:
    yield (
        f"| Records ({sizes[0].made['cells']} cells) | Made, of which counting "
        "| Checked | Together, of processor | Target | Peak of maker, checker "
        "| Error, mean | furthest | Dots | Narrowest |"
    )
    yield "| --- |" + " --- |" * 9
    for size in sizes:
        made, checked = size.made, size.checked
        yield (
            f"| {size.many:,} | {made['seconds']:.1f} s, {made['counting']:.1f} s "
            f"| {checked['seconds']:.1f} s | {size.seconds:.0f} s, {size.cpu:.0f} s "
            f"| {TARGETS[size.many]} s "
            f"| {made['peak']:.0f} MB, {checked['peak']:.0f} MB "
            f"| {made['error']:.2f} | {made['furthest']} | {made['dots']} "
            f"| {checked['narrowest']} values |"
        )


def _of_peers(one: SideBySide) -> Iterator[str]:
    small = next(m.judged.small for m in one.methods if m.judged)
    yield (
        f"| {one.many:,} records, {one.cells} cells, {small} of them 1 to 4 | Lost "
        "| Error, mean | furthest | Small: exact | Small: under 5 values "
        "| All: under 5 values | Lines that do not add up | Time, against ours |"
    )
    yield "| --- |" + " --- |" * 8
    for method in one.methods:
        yield _row(method, one.methods[0])


def _row(method: Method, ours: Method) -> str:
    found = method.judged
    name = f"| {method.name}, {method.rule} |"
    if found is None:
        return f"{name} {method.why} |" + " |" * 7
    times = f"{method.seconds / ours.seconds:.1f} ×" if method.seconds else ""
    return (
        f"{name} {found.lost:.1%} | {found.mean:.2f} | {found.furthest:.0f} "
        f"| {found.exact:.0%} | {found.small_narrow:.0%} | {found.narrow:.0%} "
        f"| {found.unequal:.0%} | {times} |"
    )
