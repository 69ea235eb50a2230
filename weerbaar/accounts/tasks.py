"""Background work of accounts: mailing a link, counting failed sign-ins."""

from django.utils import timezone

from weerbaar.accounts import watching
from weerbaar.accounts.mail import mail_reset_link
from weerbaar.outbox.tasks import ledgered


@ledgered("accounts.mail_reset_link")
def mail_link(ref: str) -> None:
    """Mail the link; an id that is nobody's ends here."""
    mail_reset_link(ref)


@ledgered("accounts.count_failure")
def count_failure(ref: str) -> None:
    """Count a failed sign-in; an id that is nobody's ends here."""
    watching.count_failure(ref, now=timezone.now())
