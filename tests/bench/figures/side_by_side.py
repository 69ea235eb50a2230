"""The peers beside us: the same records, the same tables, one run, one attacker.

They are installed into an environment that is thrown away, with fixed versions
(`peers/*.txt`), and are never a dependency: what cannot be installed is said and left
out. What each publishes is judged by the checker's attacker, who knows its public rule.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.figures.judging import Cell, Judged, judge
from tests.bench.measuring import Line
from weerbaar.network import country
from weerbaar.network.checker.attack import NotSolved
from weerbaar.network.checker.plans import read_rules
from weerbaar.network.checker.recount import Recount
from weerbaar.network.checker.rules import Grid, Rules
from weerbaar.network.counting import Cell as Place
from weerbaar.network.counting import Counts, count
from weerbaar.network.planning import plan_of
from weerbaar.network.protection import protect
from weerbaar.network.tables import INCIDENT, dimensions

YEAR = 2026
# The size of the requirement, and one at which more cells are small.
SIZES = (5_000, 500)
SEED = b"a seed of a measurement, 32 byte"
PEERS = Path(__file__).with_name("peers")
OURS = "Weerbaar"
INSTALLING = 300


@dataclass(frozen=True)
class Method:
    """What a method made of the tables, or why nothing."""

    name: str
    rule: str
    judged: Judged | None = None
    seconds: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class SideBySide:
    """Every method on so many records, ours first."""

    many: int
    cells: int
    methods: list[Method] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        ours = self.methods[0]
        yield Line(f"{self.many:,} records, {self.cells} cells, by", 0.0, "")
        for method in self.methods:
            found = method.judged
            if found is None:
                yield Line(f"{method.name}: {method.rule}", 0.0, method.why)
                continue
            yield Line(
                f"{method.name}: {method.rule}",
                method.seconds * 1000,
                f"{method.seconds / ours.seconds:.1f} x ours; {found.lost:.1%} lost, "
                f"error {found.mean:.2f}, furthest {found.furthest:.0f}; of "
                f"{found.small} small {found.exact:.0%} exact; {found.narrow:.0%} of "
                f"all under five values; {found.unequal:.0%} of lines do not add up",
            )


def measured() -> Iterator[SideBySide]:
    """Carry out and judge every method; each size on the same records."""
    with tempfile.TemporaryDirectory(prefix="weerbaar-peers-") as name:
        folder = Path(name)
        missing = _installed(folder)
        for many in SIZES:
            yield _of_size(many, folder, missing)


def year_of(many: int) -> tuple[list[Any], Rules, dict[Any, int]]:
    """So many incidents of the invented country, the tables, and their numbers."""
    records = list(country.records(many, year=YEAR))
    rules = read_rules(plan_of(YEAR).text)
    grids = tuple(grid for grid in rules.cliques if grid.kind == INCIDENT)
    rules = replace(rules, grids=grids)
    with Recount([asdict(one) for one in records], rules, 4) as recount:
        truth = {at: behind.incidents for at, behind in recount.behind().items()}
    return records, rules, truth


def _of_size(many: int, folder: Path, missing: set[str]) -> SideBySide:
    records, rules, truth = year_of(many)
    methods = [ours(records, rules, truth), exact(rules, truth)]
    for told in _carried_out(_given(records, rules.grids), folder):
        if told["package"] in missing:
            told = told | {"why": "could not be installed"}
        methods.append(_judged(told, rules, truth))
    return SideBySide(many, len(truth), methods)


def _judged(told: dict[str, Any], rules: Rules, truth: Any) -> Method:
    method = Method(told["package"], told["rule"], why=told.get("why", ""))
    if method.why:
        return method
    try:
        found = judge([tuple(cell) for cell in told["cells"]], rules, truth)
    except NotSolved:
        return replace(method, why="no records at all fit what it publishes")
    return replace(method, judged=found, seconds=told["seconds"])


def ours(records: list[Any], rules: Rules, truth: Any) -> Method:
    """Our own numbers, made as for a release."""
    plan = plan_of(YEAR)
    tables = [table for table in plan.tables if table.kind == INCIDENT]
    # Loaded before the clock starts, as the peers are.
    for module in ("ortools.sat.python.cp_model", "ortools.linear_solver.pywraplp"):
        import_module(module)
    began = time.perf_counter()
    counts: Counts = count(records, tables)[0]
    made = protect(counts, plan, tables, seed=SEED)
    seconds = time.perf_counter() - began
    cells: list[Cell] = []
    for grid, row, column in _places(rules):
        number = made.published[Place(*grid.address(row, column))]
        low = 0 if number is None else max(0, number - made.bound)
        high = None if number is None else number + made.bound
        cells.append((grid.code, row, column, number, low, high))
    found = judge(cells, rules, truth)
    return Method(OURS, f"controlled rounding to {plan.base}", found, seconds)


def exact(rules: Rules, truth: Any) -> Method:
    """The true numbers: that the attacker can find what is there to find."""
    cells: list[Cell] = []
    for grid, row, column in _places(rules):
        number = truth[grid.address(row, column)]
        cells.append((grid.code, row, column, number, number, number))
    return Method("nothing done", "exact tables", judge(cells, rules, truth))


def _places(rules: Rules) -> Iterator[tuple[Grid, str | None, str | None]]:
    for grid in rules.grids:
        for row in (None, *grid.rows.codes):
            for column in (None, *grid.column_codes):
                yield grid, row, column


def _given(records: list[Any], grids: tuple[Grid, ...]) -> dict[str, Any]:
    """What the peers read: categories, and who and whose."""
    splits = [d for d in dimensions(plan_of(YEAR).tables, INCIDENT)]
    return {
        "tables": [
            {
                "code": grid.code,
                "rows": grid.rows.code,
                "columns": grid.columns.code if grid.columns else None,
            }
            for grid in grids
        ],
        "codes": {split.code: list(split.codes) for g in grids for split in g.splits},
        "records": [
            {split.code: split.of(record) for split in splits}
            | {"person": record.person, "organisation": record.organisation}
            for record in records
        ],
    }


def _installed(folder: Path) -> set[str]:
    """An environment of the peers; gives those that could not be installed."""
    program = [sys.executable, "-m", "venv", folder / "venv"]
    subprocess.run(program, capture_output=True, check=False)
    files = sorted(PEERS.glob("*.txt"))
    return {file.stem for file in files if not _got(_python(folder), file)}


def _python(folder: Path) -> Path:
    return folder / "venv" / "bin" / "python"


def _carried_out(given: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    if not _python(folder).exists():
        return [{"package": file.stem, "rule": ""} for file in PEERS.glob("*.txt")]
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(given), encoding="utf-8")
    program = [_python(folder), "-W", "ignore", PEERS / "run.py", asked, answered]
    # What they leave behind goes with the folder.
    env = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run(program, cwd=folder, env=env, stderr=subprocess.DEVNULL, check=True)
    found: list[dict[str, Any]] = json.loads(answered.read_text(encoding="utf-8"))
    return found


def _got(python: Path, file: Path) -> bool:
    """Install a peer as fixed; uv is quicker, and where it is not there pip does it."""
    uv = Path(sys.executable).with_name("uv")
    for program in (
        [uv, "pip", "install", "-q", "--python", python],
        [python, "-m", "pip", "install", "-q"],
    ):
        command = [*program, "--require-hashes", "-r", file]
        try:
            done = subprocess.run(
                command, capture_output=True, check=False, timeout=INSTALLING
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False
