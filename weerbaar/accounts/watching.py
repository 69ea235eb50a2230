"""What the owner of an account is told: what changed, and what looks odd (ASVS 6.3.5,
6.3.7).

Each is an event about the person; `notices` tells her, by a mail that says only that
something is ready. allauth says what happened, after it happened.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from weerbaar.accounts import devices
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.services import record
from weerbaar.outbox.models import Message
from weerbaar.outbox.services import enqueue

log = logging.getLogger(__name__)
# A password is mistyped twice; three times within a quarter of an hour is a word worth.
SEVERAL = 3
WINDOW = timedelta(minutes=15)
TELL_AGAIN = timedelta(days=1)


def factor_added(user: User, authenticator: Authenticator, **_more: Any) -> None:
    """The app was set up; reserve codes that come along with it are no news."""
    if authenticator.type == Authenticator.Type.TOTP:
        record(Kind.FACTOR_ADDED, user, by=user, now=timezone.now())


def codes_renewed(user: User, **_more: Any) -> None:
    """New reserve codes were made."""
    record(Kind.CODES_RENEWED, user, by=user, now=timezone.now())


def factor_used(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    """A reserve code is for when all else is lost: its use is worth a word."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(Kind.CODE_USED, user, by=user, now=timezone.now())


def signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    """Somebody came in through the pages: with a browser that we know?

    The very first sign-in, before the recovery code was kept, is no surprise.
    """
    is_first = user.recovery_kept_on is None
    if not is_first and not devices.is_known(request, user):
        record(Kind.DEVICE_NEW, user, by=user, now=timezone.now())
    devices.remember(request, user)


def sign_in_failed(email: str) -> None:
    """Have it counted; the same row is written for an address that is nobody's."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    log.warning("Sign-in failed: %s", user.pk if user else "nobody's address")
    enqueue("accounts.count_failure", ref=user.pk if user else uuid4())


def factor_failed(user: User, authenticator: Authenticator, **_more: Any) -> None:
    """A wrong code, or a passkey that did not fit (ASVS 16.3.1)."""
    log.warning("Second step failed: %s %s", user.pk, authenticator.type)


def count_failure(user_id: str, *, now: datetime) -> None:
    """Tell the owner of an account when several sign-ins failed, once a day."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    lately = Message.objects.filter(
        task="accounts.count_failure", ref=user_id, made_at__gt=now - WINDOW
    )
    told = Event.objects.filter(
        kind=Kind.SIGN_IN_FAILED, subject_id=user_id, at__gt=now - TELL_AGAIN
    )
    if lately.count() >= SEVERAL and not told.exists():
        record(Kind.SIGN_IN_FAILED, user, by=SYSTEM, now=now)
