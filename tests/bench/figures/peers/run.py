"""Each peer on the same records and tables, by its own rules.

Run in the peers' own environment, where nothing of the project can be imported: reads
the records from one file, and writes what each method publishes to another.
"""

import contextlib
import importlib
import json
import logging
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from year import Refused, Year

# Package, what is asked of it, and which function here asks it.
METHODS = [
    ("acro", "suppression of counts under 10", "of_acro", "suppressed"),
    ("acro", "rounding to the nearest 5", "of_acro", "rounded"),
    ("cell-key-perturbation", "its 10-5 rule", "of_cell_key", "by_its_rule"),
    ("pytauargus", "optimal suppression of 1 to 4", "of_tau_argus", "suppressed"),
    ("pytauargus", "controlled rounding to 5", "of_tau_argus", "rounded"),
    ("opendp", "ε = 4 a year, of an incident", "of_opendp", "of_an_incident"),
    ("opendp", "ε = 4 a year, of a person", "of_opendp", "of_a_person"),
]


def carried_out(year: Year) -> Iterator[dict[str, Any]]:
    """Every method: its cells and seconds, or why there are none."""
    for package, rule, module, name in METHODS:
        told: dict[str, Any] = {"package": package, "rule": rule}
        try:
            method = getattr(importlib.import_module(module), name)
            importlib.import_module(package.replace("-", "_"))
            began = time.perf_counter()
            cells = list(method(year))
            yield told | {"cells": cells, "seconds": time.perf_counter() - began}
        except ImportError as error:
            yield told | {"why": f"cannot be imported: {error}"}
        except Refused as error:
            yield told | {"why": f"refused: {error}"}
        except Exception as error:
            yield told | {"why": f"broke off: {type(error).__name__}: {error}"}


def main() -> None:
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(sys.stderr):
        done = list(carried_out(Year(content)))
    Path(sys.argv[2]).write_text(json.dumps(done), encoding="utf-8")


if __name__ == "__main__":
    main()
