"""Writes the register of an invented country, and can have it report for a year."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from weerbaar.contributions.models import FigureYear
from weerbaar.contributions.services import contribute
from weerbaar.network import country
from weerbaar.network.register import written


class Command(BaseCommand):
    """`manage.py make_country > posts.csv`; with `--contribute` also its incidents."""

    help = "Write the register of an invented country; for demo, tests and benchmarks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--contribute",
            type=int,
            metavar="HOW_MANY",
            help="instead of the register: so many invented incidents, into the year",
        )
        parser.add_argument(
            "--year", type=int, help="the year of figures of the incidents"
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="another one gives other incidents"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuses to invent incidents in production."""
        many, year = options["contribute"], options["year"]
        if many is None and year is None:
            self.stdout.write(written(country.posts()), ending="")
            return
        if settings.PRODUCTION:
            raise CommandError("Invented incidents do not belong among real ones.")
        if many is None or many < 1:
            raise CommandError("Say how many incidents: --contribute 5000.")
        if year is None:
            raise CommandError("Say for which year: --year 2026.")
        if not FigureYear.objects.filter(pk=year, final_on=None).exists():
            raise CommandError(
                f"The figures of {year} have not begun, or are final. The worker "
                "begins those of this year."
            )
        with transaction.atomic():
            for record in country.records(many, year=year, seed=options["seed"]):
                contribute(record)
        self.stdout.write(f"Contributed: {many}")
