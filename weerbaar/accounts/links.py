"""The one-time link by which a person sets a password: invitation and reset."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from weerbaar.accounts.models import User


def password_link(user: User) -> str:
    """A link that works once and for PASSWORD_RESET_TIMEOUT seconds."""
    with translation.override(user.language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
