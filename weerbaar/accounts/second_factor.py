"""Who must have a second factor, and whether this session is past it."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from weerbaar.accounts.models import User

THROUGH = "second_factor"


def has_second_factor(user: User) -> bool:
    """Has this person set up an authenticator app?"""
    return Authenticator.objects.filter(
        user_id=user.pk, type=Authenticator.Type.TOTP
    ).exists()


def is_through(request: HttpRequest) -> bool:
    """May this session go on: the factor is given, or not needed for what she may do.

    allauth asks the code of everybody who has a factor, before signing in; so a session
    of somebody who has one is past it, or is the session in which it was set up.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    if request.session.get(THROUGH):
        return True
    if has_second_factor(user):
        request.session[THROUGH] = True
        return True
    return not user.needs_vault()
