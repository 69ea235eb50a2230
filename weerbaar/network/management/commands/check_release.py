"""manage.py check_release: may these figures be published? For anybody who has them."""

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import highspy
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from weerbaar.audit.notes import Verifier
from weerbaar.network.checker import Known, examine_bundle, lines

# How the command ends when what it was given cannot be read; 1 is a finding.
UNREADABLE = 2
COLUMNS = {
    "organisation",
    "organisation_type",
    "province",
    "office_kind",
    "number",
}
FACT = {"kind": str, "at": dict, "number": int}
Read = TypeVar("Read")


class Command(BaseCommand):
    """Check a bundle; asks no database."""

    help = (
        "Check a release of figures as it was handed out (ZIP): its form, its sums, "
        "and whether a solver can work out a number. Ends with 0 when nothing was "
        "found, with 1 when anything is wrong, and with 2 when what it was given "
        "cannot be read."
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
            "--register",
            type=Path,
            metavar="CSV",
            help="the register of posts, with the columns organisation, "
            "organisation_type, province, office_kind, number",
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
        parser.add_argument(
            "--language",
            choices=["nl", "en"],
            default="nl",
            help="the language of the report",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = Known(
            register=_read(options["register"], _register, None),
            facts=_read(options["facts"], _facts, ()),
        )
        key = _verifier(options["key"]) if options["key"] else None
        bundle = _read(options["bundle"], _bytes, b"")
        earlier = [_read(file, _bytes, b"") for file in options["earlier"]]
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


def _read(file: Path | None, reader: Callable[[Path], Read], nothing: Read) -> Read:
    """What a file says. Raises CommandError with the file and what is wrong."""
    if file is None:
        return nothing
    try:
        return reader(file)
    except OSError as error:
        why = error.strerror or "no file"
        raise CommandError(f"{file}: {why}", returncode=UNREADABLE) from error
    except (ValueError, csv.Error, RecursionError) as error:
        raise CommandError(f"{file}: {error}", returncode=UNREADABLE) from error


def _verifier(text: str) -> Verifier:
    try:
        return Verifier.read(text)
    except ValueError as error:
        raise CommandError(f"--key: {error}", returncode=UNREADABLE) from error


def _bytes(file: Path) -> bytes:
    return file.read_bytes()


def _register(file: Path) -> tuple[dict[str, Any], ...]:
    text = file.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter, strict=True)
    if set(reader.fieldnames or ()) != COLUMNS:
        raise ValueError("the columns are " + ", ".join(sorted(COLUMNS)))
    return tuple(_post(row, reader.line_num) for row in reader)


def _post(row: dict[str, Any], line: int) -> dict[str, Any]:
    number = row["number"] or ""
    if set(row) != COLUMNS or None in row.values() or not number.isdecimal():
        raise ValueError(f"line {line} is no line of the register")
    return {**row, "number": int(number)}


def _facts(file: Path) -> tuple[dict[str, Any], ...]:
    found = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(found, list) or not all(_is_fact(one) for one in found):
        raise ValueError('a list of {"kind": "…", "at": {}, "number": 0} is expected')
    return tuple(found)


def _is_fact(one: Any) -> bool:
    if not isinstance(one, dict) or not {*FACT} <= {*one} <= {*FACT, "least"}:
        return False
    return all(type(one[name]) is kind for name, kind in FACT.items())
