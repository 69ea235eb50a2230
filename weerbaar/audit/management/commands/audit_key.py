"""manage.py audit_key: the key by which others check the log's checkpoints."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from weerbaar.audit.keys import KeyMissing, read_log_key


class Command(BaseCommand):
    """Print the verifier key of the log."""

    help = (
        "Print the key by which checkpoints are checked, for AUDIT_VERIFIER and for "
        "the witnesses. Run it as the worker's own account."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(str(read_log_key().verifier))
        except KeyMissing as error:
            raise CommandError(
                "There is no key of the log here yet. The worker makes it when it "
                "signs for the first time; run this as the worker's account."
            ) from error
