"""manage.py audit_key: the key by which others check the log's checkpoints."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from weerbaar.audit.keys import KeyExists, KeyMissing, make_log_key, read_log_key
from weerbaar.audit.notes import NoVerifier


class Command(BaseCommand):
    """Print the verifier key of the log, or begin another log."""

    help = (
        "Print the key by which checkpoints are checked, for AUDIT_VERIFIER and for "
        "the witnesses. Run it as the worker's own account."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--begin",
            metavar="NAME",
            help="after a key was lost: begin a log of another name, with a new key",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["begin"]:
                make_log_key(options["begin"])
            self.stdout.write(str(read_log_key().verifier))
        except (KeyExists, NoVerifier) as error:
            raise CommandError(str(error)) from error
        except KeyMissing as error:
            raise CommandError(
                "There is no key of the log here yet. The worker makes it when it "
                "signs for the first time; run this as the worker's account."
            ) from error
