"""Background work of accounts: mailing the link to set a new password."""

from weerbaar.accounts.mail import mail_reset_link
from weerbaar.outbox.tasks import ledgered


@ledgered("accounts.mail_reset_link")
def mail_link(ref: str) -> None:
    """Mail the link; an id that is nobody's ends here."""
    mail_reset_link(ref)
