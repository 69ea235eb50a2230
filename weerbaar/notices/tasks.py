"""Background work of notices: mailing them."""

from django.utils import timezone

from weerbaar.notices import services
from weerbaar.outbox.tasks import ledgered


@ledgered("notices.mail")
def mail(ref: str) -> None:
    """Mail one notice; when the mail server is down the row waits for the sweep."""
    services.mail(ref, now=timezone.now())
