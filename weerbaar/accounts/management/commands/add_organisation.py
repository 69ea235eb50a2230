"""manage.py add_organisation: a municipality, province, water authority or partner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import slugify

from weerbaar import codes
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import OrganisationKind
from weerbaar.accounts.services import AlreadyThere, add_organisation


class Command(BaseCommand):
    """Add an organisation."""

    help = "Add an organisation, so that people can be invited to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", required=True, help="short name, as in lindeveen")
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", required=True, choices=OrganisationKind.values)
        parser.add_argument("--province", default="", help="a code, as in utrecht")
        parser.add_argument("--safety-region", default="")
        parser.add_argument("--phone", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"] != slugify(options["slug"]):
            raise CommandError("A slug has small letters, digits and dashes only.")
        facts = {
            name: options[name]
            for name in ("slug", "name", "kind", "province", "safety_region", "phone")
        }
        try:
            add_organisation(**facts, by=SYSTEM, now=timezone.now())
        except AlreadyThere as error:
            raise CommandError(f"{options['slug']} exists already.") from error
        except codes.UnknownCode as error:
            known = ", ".join(entry.code for entry in codes.entries("provinces"))
            raise CommandError(f"A province is one of: {known}.") from error
        self.stdout.write(f"{options['name']} has been added.")
