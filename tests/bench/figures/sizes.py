"""Maker and checker on a year of so many records, each in a process of its own."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.measuring import Line, start_django

YEAR = 2026
SIZES = (5_000, 1_000_000, 100_000_000)
# Seconds for maker and checker together (statistics.md, point 23), and megabytes.
TARGETS = {5_000: 60, 1_000_000: 90, 100_000_000: 180}
MEMORY = 2_000
# Up to here records are counted one by one, as the worker does.
ONE_BY_ONE = 50_000
SEED = b"a seed of a measurement, 32 byte"
# So many roundings show what the numbers lose; only the first is timed.
SEEDS = 10


@dataclass(frozen=True)
class Size:
    """What came of a size: the two processes, and what making the records took."""

    many: int
    made: dict[str, Any]
    checked: dict[str, Any]

    @property
    def seconds(self) -> float:
        """Maker and checker together."""
        return float(self.made["seconds"] + self.checked["seconds"])

    @property
    def cpu(self) -> float:
        """The same in processor time: what neighbours do not add to."""
        return float(self.made["cpu"] + self.checked["cpu"])

    @property
    def peak(self) -> float:
        """Megabytes of the larger of the two."""
        return float(max(self.made["peak"], self.checked["peak"]))

    @property
    def holds(self) -> bool | None:
        """Whether the target is met; None for a size that has none."""
        target = TARGETS.get(self.many)
        if target is None:
            return None
        return self.seconds <= target and self.peak <= MEMORY

    def lines(self) -> Iterator[Line]:
        made, checked = self.made, self.checked
        yield Line(
            f"a release of {self.many:,} records, made",
            made["seconds"] * 1000,
            f"{made['counting'] / made['seconds']:.0%} of it counting; peak "
            f"{made['peak']:.0f} MB; mean error {made['error']:.2f}, furthest "
            f"{made['furthest']}, {made['dots']} dots of {made['cells']} cells",
        )
        target = {None: "", True: "within", False: "OVER"}[self.holds]
        yield Line(
            f"a release of {self.many:,} records, checked",
            checked["seconds"] * 1000,
            f"{checked['seconds'] / made['seconds']:.1f} x making it; peak "
            f"{checked['peak']:.0f} MB; {len(checked['findings'])} findings, narrowest "
            f"{checked['narrowest']} values; together {self.seconds:.0f} s "
            f"({self.cpu:.0f} s of processor)"
            + (f", {target} {TARGETS[self.many]} s" if target else ""),
        )


def measured(many: int) -> Size:
    """Make and check a release. Raises RuntimeError when there is no room for it."""
    with tempfile.TemporaryDirectory(prefix="weerbaar-bench-") as name:
        folder = Path(name)
        if many > ONE_BY_ONE:
            from tests.bench.figures import many_records

            have_room(folder, many_records.size_of(many))
            _child("write", many, folder)
        made = _child("make", many, folder)
        checked = _child("check", many, folder)
    if checked["findings"]:
        raise RuntimeError(f"The release does not pass: {checked['findings']}")
    return Size(many, made, checked)


def have_room(folder: Path, needed: int) -> None:
    """Raises RuntimeError when so many bytes do not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise RuntimeError(
            f"The records need {needed / 1e9:.1f} GB in {folder.parent}, and "
            f"{free / 1e9:.1f} GB are free: make room, or point TMPDIR elsewhere."
        )


def _child(step: str, many: int, folder: Path) -> dict[str, Any]:
    program = [sys.executable, "-m", "tests.bench.figures.sizes"]
    command = [*program, step, str(many), str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Measuring broke off at: {step} {many:,} records")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# --- in the process of its own ---


def _write(many: int, folder: Path) -> dict[str, Any]:
    from tests.bench.figures import many_records

    many_records.write(folder / "records.parquet", many)
    return {}


def _make(many: int, folder: Path) -> dict[str, Any]:
    from weerbaar.network.planning import plan_of
    from weerbaar.network.protection import protect
    from weerbaar.network.snapshots import snapshot_of

    plan = plan_of(YEAR)
    records = _records(many)
    began, used = time.perf_counter(), time.process_time()
    counts = _counted(records, plan, folder)
    counting = time.perf_counter() - began
    protected = protect(counts, plan, plan.tables, seed=SEED)
    snapshot = snapshot_of(protected, plan, plan.tables, year=YEAR, quarters=4)
    seconds = time.perf_counter() - began
    (folder / "release.json").write_text(json.dumps(snapshot))
    told = {"seconds": seconds, "counting": counting, "peak": _peak()}
    told["cpu"] = time.process_time() - used
    return told | _lost(counts, plan, protected)


def _records(many: int) -> list[Any]:
    from weerbaar.network import country

    return list(country.records(many, year=YEAR)) if many <= ONE_BY_ONE else []


def _counted(records: list[Any], plan: Any, folder: Path) -> Any:
    if records:
        from weerbaar.network.counting import count, newest

        counts, outside = count(newest(records), plan.tables)
        assert not outside
        return counts
    from weerbaar.network.streaming import count_batches, parquet_batches

    batches = parquet_batches(folder / "records.parquet", plan.tables)
    counts, missed = count_batches(batches, plan.tables, persons=plan.gate.persons)
    assert not missed
    return counts


def _lost(counts: Any, plan: Any, first: Any) -> dict[str, Any]:
    """How far the numbers lie from the truth, over several seeds."""
    from weerbaar.network.protection import protect

    seeds = [number.to_bytes(32, "big") for number in range(1, SEEDS)]
    made = [first, *(protect(counts, plan, plan.tables, seed=s) for s in seeds)]
    errors = [
        abs(number - counts[place].incidents)
        for one in made
        for place, number in one.published.items()
        if number is not None
    ]
    return {
        "cells": len(counts),
        "error": sum(errors) / len(errors),
        "furthest": max(errors),
        "dots": max(len(one.dots) for one in made),
    }


def _check(many: int, folder: Path) -> dict[str, Any]:
    from weerbaar.network import country
    from weerbaar.network.checker import Known, examine
    from weerbaar.network.planning import plan_of

    snapshot = json.loads((folder / "release.json").read_text())
    text = plan_of(YEAR).text
    register = tuple(post._asdict() for post in country.posts())
    records = tuple(asdict(record) for record in _records(many))
    began, used = time.perf_counter(), time.process_time()
    truth = records or folder / "records.parquet"
    done = examine(snapshot, text, Known(truth, register=register))
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "peak": _peak(),
        "findings": done.findings,
        "narrowest": done.measures.get("narrowest", 0),
    }


def _peak() -> float:
    from tests.bench.evidence import peak_of_memory

    return peak_of_memory()


if __name__ == "__main__":
    start_django()
    steps = {"write": _write, "make": _make, "check": _check}
    print(json.dumps(steps[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))))
