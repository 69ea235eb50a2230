"""manage.py check_release: may these figures be published? For anybody who has them."""

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any

import highspy
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from weerbaar.audit.notes import Verifier
from weerbaar.network.checker import Known, examine_bundle, lines


class Command(BaseCommand):
    """Check a bundle; asks no database."""

    help = (
        "Check a release of figures as it was handed out (ZIP): its form, its sums, "
        "and whether a solver can work out a number. Ends with 1 when anything is "
        "wrong."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bundle", type=Path, help="the ZIP of the release")
        parser.add_argument(
            "--earlier",
            type=Path,
            action="append",
            default=[],
            metavar="ZIP",
            help="an earlier release of the same year; may be given several times",
        )
        parser.add_argument(
            "--register", type=Path, metavar="CSV", help="the register of posts"
        )
        parser.add_argument(
            "--facts",
            type=Path,
            metavar="JSON",
            help='exact numbers known from elsewhere: [{"kind": "incident", '
            '"at": {"province": "zeeland"}, "number": 12}]',
        )
        parser.add_argument(
            "--key",
            metavar="KEY",
            help="the network's key, as it stands in the log of publications: checks "
            "the signature",
        )
        parser.add_argument("--language", choices=["nl", "en"], default="nl")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = Known(
                register=_register(options["register"]), facts=_facts(options["facts"])
            )
            key = Verifier.read(options["key"]) if options["key"] else None
            bundle = options["bundle"].read_bytes()
            earlier = [file.read_bytes() for file in options["earlier"]]
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"This cannot be read: {error}") from error
        _let_the_solver_greet()
        checked = examine_bundle(bundle, known, earlier, key)
        with translation.override(options["language"]):
            for line in lines(checked.findings, checked.measures):
                self.stdout.write(line)
        if checked.findings:
            sys.exit(1)


def _let_the_solver_greet() -> None:
    """HiGHS names its licence at its first use; the report has standard output."""
    report = os.dup(1)
    os.dup2(2, 1)
    try:
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(report, 1)
        os.close(report)


def _register(file: Path | None) -> tuple[dict[str, Any], ...]:
    if file is None:
        return ()
    text = file.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    return tuple({**row, "number": int(row["number"])} for row in rows)


def _facts(file: Path | None) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(file.read_text(encoding="utf-8"))) if file else ()
