"""Prints the cost of an intake, files, a worklist, a case, a burst, history, figures.

With `figures` and what follows it only that part, without a server.
"""

import os
import sys

from tests import plugin
from tests.bench.measuring import Line, start_django, table


def main() -> int:
    """Start throw-away servers, measure, print a table, stop."""
    if sys.argv[1:2] == ["figures"]:
        return _figures(sys.argv[2:])
    plugin.prepare(servers=True)
    try:
        for line in run():
            print(line.text())
    finally:
        plugin.stop_all()
    return 0


def _figures(asked: list[str]) -> int:
    """What the figures cost. Ends with 1 and the reason where it cannot be measured."""
    start_django()
    from tests.bench import figures

    print(table(), flush=True)
    try:
        for line in figures.measure(asked):
            print(line.text(), flush=True)
    except RuntimeError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def run() -> list[Line]:
    """All measurements, over a fresh database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "weerbaar.settings"
    os.environ["PGUSER"] = "weerbaar_owner"
    import django

    django.setup()
    from django.core.management import call_command

    for database in ("default", "erasure"):
        call_command("migrate", database=database, verbosity=0)
    from tests.bench import burst, evidence, figures, history, intakes, reading

    print(table(), flush=True)
    lines: list[Line] = []
    for part in (intakes, evidence, reading, burst, history, figures):
        for line in part.measure():
            print(line.text(), flush=True)
    return lines


if __name__ == "__main__":
    sys.exit(main())
