"""`manage.py load_partners`: the partners of the code lists, with contact data."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from referrals.services import load_partners


class Command(BaseCommand):
    """Loads or refreshes the eighteen partners and the ten RIECs; safe to run again."""

    help = "Loads the partners and the ten RIECs from the code lists."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checked-on",
            type=date.fromisoformat,
            help="the day on which you checked the contact data, such as 2026-11-24",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_partners(checked_on=options["checked_on"])
        self.stdout.write(f"{len(loaded)} partners loaded.")
