"""Brings the register of posts in from a CSV file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from weerbaar.accounts.actors import SYSTEM
from weerbaar.network import services


class Command(BaseCommand):
    """`manage.py import_register 2026 posts.csv`; twice the same changes nothing."""

    help = "Import the register of posts of a year from a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import it, and say how many lines there are; refuses a file that is wrong."""
        try:
            text = options["file"].read_text(encoding="utf-8")
            now = timezone.now()
            count = services.import_register(options["year"], text, by=SYSTEM, now=now)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file']}: this is no UTF-8") from error
        except services.RegisterRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Posts: {count} lines")
