"""Prints the cost of an intake, files, a worklist, a case, a burst and the history."""

import os
import sys

from tests import plugin
from tests.bench.measuring import Line, table


def main() -> int:
    """Start throw-away servers, measure, print a table, stop."""
    plugin.prepare(servers=True)
    try:
        for line in run():
            print(line.text())
    finally:
        plugin.stop_all()
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
    from tests.bench import burst, evidence, history, intakes, reading

    print(table(), flush=True)
    lines: list[Line] = []
    for part in (intakes, evidence, reading, burst, history):
        for line in part.measure():
            print(line.text(), flush=True)
    return lines


if __name__ == "__main__":
    sys.exit(main())
