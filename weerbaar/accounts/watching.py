"""What the owner of an account is told: what changed, and what looks odd (ASVS 6.3.5,
6.3.7).

Each is an event about the person; `notices` tells her, by a mail that says only that
something is ready. allauth says what happened, after it happened.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record


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
