"""manage.py aftercare_moments: when an organisation asks how it goes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from aftercare.services import NotTheseMoments, set_moments
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import Organisation


class Command(BaseCommand):
    """`aftercare_moments lindeveen 3 14 49`: after three days, two and seven weeks."""

    help = "Set after how many days an organisation asks how somebody is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name, as in lindeveen")
        parser.add_argument("days", type=int, nargs="+")

    def handle(self, *args: Any, slug: str, days: list[int], **options: Any) -> None:
        place = Organisation.objects.receiving_reports().filter(slug=slug).first()
        if place is None:
            raise CommandError(f"There is no organisation {slug} that handles reports.")
        try:
            kept = set_moments(place, days, by=SYSTEM, now=timezone.now())
        except NotTheseMoments as refusal:
            raise CommandError(
                "Give one to eight numbers of days, each from 1 to 365."
            ) from refusal
        self.stdout.write(f"{place.name} asks after {', '.join(map(str, kept))} days.")
