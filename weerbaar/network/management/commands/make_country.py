"""Writes the register of an invented country, and can have it report for a year."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from weerbaar.contributions.services import contribute
from weerbaar.network import country
from weerbaar.network.register import written


class Command(BaseCommand):
    """`manage.py make_country > posts.csv`; with `--contribute` also its incidents."""

    help = "Write the register of an invented country; for demo, tests and benchmarks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contribute", type=int, metavar="HOW_MANY")
        parser.add_argument("--year", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuses to invent incidents in production."""
        many = options["contribute"]
        if many is None:
            self.stdout.write(written(country.posts()), ending="")
            return
        if settings.PRODUCTION:
            raise CommandError("Invented incidents do not belong among real ones.")
        if options["year"] is None:
            raise CommandError("Say for which year: --year 2026.")
        made = [
            contribute(record)
            for record in country.records(
                many, year=options["year"], seed=options["seed"]
            )
        ]
        if None in made:
            raise CommandError("This year of figures has not begun.")
        self.stdout.write(f"Contributed: {len(made)}")
