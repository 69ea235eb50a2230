"""manage.py figures_key: the key by which others check the signed figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from weerbaar.audit.signers import KeyExists, KeyMissing
from weerbaar.network.keys import make_figures_signer, read_figures_signer


class Command(BaseCommand):
    """Print the network's key, or begin another one after a loss."""

    help = (
        "Print the key by which the signatures under publications are checked "
        "(check_release --key). Run it as the worker's own account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--begin",
            action="store_true",
            help="after the key was lost and there is no copy: sign with a new key "
            "from now on; give it to the partners on paper",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["begin"]:
                make_figures_signer()
            self.stdout.write(str(read_figures_signer().verifier))
        except KeyExists as error:
            raise CommandError(str(error)) from error
        except KeyMissing as error:
            raise CommandError(
                "There is no key of the figures here. The worker makes it when it "
                "signs for the first time; put the copy of a lost one back, or begin "
                "another one with --begin. Run this as the worker's account."
            ) from error
