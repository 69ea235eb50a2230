"""Brings the register of posts in from a CSV file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.network import services


class Command(BaseCommand):
    """`manage.py import_register 2026 posts.csv`; twice the same changes nothing."""

    help = (
        "Import the register of posts of a year from a CSV file with the columns "
        "organisation, organisation_type, province, office_kind, number. It takes the "
        "place of the whole register of that year."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="the year of the register")
        parser.add_argument("file", type=Path, help="the CSV file, in UTF-8")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import it, and say what changed; refuses a file that is wrong."""
        try:
            text = options["file"].read_text(encoding="utf-8")
            now = timezone.now()
            kept = services.import_register(options["year"], text, by=SYSTEM, now=now)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file']}: this is no UTF-8") from error
        except services.RegisterRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Posts: {kept.lines} lines of {kept.organisations} organisations; "
            f"{kept.came} came and {kept.went} went"
        )
