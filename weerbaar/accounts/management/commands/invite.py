"""manage.py invite: give somebody a role, and print the link to set a password."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from weerbaar import codes
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.links import password_link
from weerbaar.accounts.models import Organisation, User
from weerbaar.accounts.roles import Role
from weerbaar.accounts.services import AlreadyThere, invite


class Command(BaseCommand):
    """Invite somebody."""

    help = "Give a person a role in an organisation; prints a link that works once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--office", default="", help="a code, as in council_clerk")

        parser.add_argument(
            "--fallback",
            action="store_true",
            help="receives a report only when no other handler may",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._invite(options)
        if user.has_usable_password():
            self.stdout.write(f"{user.name} has the role and can sign in as before.")
            return
        self.stdout.write(
            f"{user.name} has been invited. This link works once, for three days; "
            "hand it over yourself:"
        )
        self.stdout.write(password_link(user))

    def _invite(self, options: dict[str, Any]) -> User:
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            known = ", ".join(Organisation.objects.values_list("slug", flat=True))
            raise CommandError(f"No such organisation. Known are: {known or 'none'}.")
        try:
            return invite(
                email=options["email"],
                name=options["name"],
                organisation=organisation,
                role=options["role"],
                office=options["office"],
                fallback=options["fallback"],
                by=SYSTEM,
                now=timezone.now(),
            )
        except AlreadyThere as error:
            raise CommandError("This person has that role there already.") from error
        except ValidationError as error:
            raise CommandError("This is not an e-mail address.") from error
        except codes.UnknownCode as error:
            known = ", ".join(entry.code for entry in codes.entries("office_roles"))
            raise CommandError(f"An office is one of: {known}.") from error
