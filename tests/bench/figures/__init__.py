"""What the figures cost, and what others make of the same records.

`make bench ARGS="figures"` measures the sizes of docs/statistics.md and the peers, with
no server; `ARGS="figures 5000"` one size; `--write` puts what was measured into the
document.
"""

import os
from collections.abc import Iterator, Sequence

from tests.bench.measuring import Line

WRITE = "--write"


def measure(asked: Sequence[str] = ()) -> Iterator[Line]:
    """Every size and every peer; or the sizes that are asked for, then no peers."""
    from tests.bench.figures import side_by_side, sizes

    loaded = os.getloadavg()[0]
    chosen = [int(one.replace("_", "")) for one in asked if one != WRITE]
    measured = []
    for many in chosen or sizes.SIZES:
        size = sizes.measured(many)
        measured.append(size)
        yield from size.lines()
    if chosen:
        return
    judged = []
    for one in side_by_side.measured():
        judged.append(one)
        yield from one.lines()
    if WRITE in asked:
        from tests.bench.figures import writing

        writing.write(measured, judged, loaded)
