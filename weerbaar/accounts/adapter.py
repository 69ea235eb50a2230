"""What allauth asks of this house: no sign-up, our words, sealed TOTP secrets."""

import base64
import hashlib
import hmac
import time
from typing import Any, ClassVar

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts import services, watching
from weerbaar.accounts.models import User
from weerbaar.accounts.second_factor import has_second_factor
from weerbaar.vault.core import Secret, context
from weerbaar.web.marks import mark, mark_of

WRONG = _("The e-mail address or the password is not right.")
CHANGED = _("Your password has been changed. Sign in with the new one.")
TOO_MANY = _("Too many attempts. Wait five minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by invitation only; one answer for known and unknown addresses."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "account_inactive": WRONG,
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right. Take the newest one."),
        "invalid_password_reset": _("This link was used already or is too old."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: an organisation's people are invited."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago will do; else password or code are asked again."""
        user = self.request.user
        if user.is_authenticated and app and not has_second_factor(user):
            return False
        records = get_authentication_records(self.request, user)
        newest = max((record["at"] for record in records), default=0.0)
        return time.time() - newest >= app_settings.REAUTHENTICATION_TIMEOUT

    def reauthenticate(self, user: User, password: str) -> bool:
        """Is this the person's password? Attempts are counted as at sign-in."""
        again = self.authenticate(self.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Several of these and the owner of the account is told."""
        watching.sign_in_failed(credentials.get("email") or "")

    def get_client_ip(self, request: HttpRequest) -> str:
        """For allauth's rate limits: a mark of the day in place of the address."""
        return mark(request)

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """The address that was typed, in the cache as a mark as well."""
        return mark_of(super()._get_login_attempts_cache_key(request, **credentials))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Somebody who was let go gets the answer of a wrong password."""
        messages.error(request, WRONG)
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        """By a link; `services.change_password` is for who is inside."""
        services.reset_password(user, password, now=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Of allauth's messages only the one a page cannot say itself, in our words."""
        if message_template == "account/messages/password_changed.txt":
            messages.success(request, CHANGED)


class PasswordBackend(AuthenticationBackend):
    """An address and a password; the same work for an address that is nobody's.

    allauth's own asks the database once more when it finds nobody (ASVS 6.3.8).
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        user = User.objects.filter(email__iexact=email).first()
        known: User | None = self._check_password(user, password)
        return known


class MfaAdapter(DefaultMFAAdapter):
    """TOTP secrets do not stand in the database in clear."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Take the newest one."),
        "rate_limited": TOO_MANY,
    }

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, white in every theme, without a style attribute."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(rows)
            for x, is_dark in enumerate(row)
            if is_dark
        )
        return format_html(
            '<svg role="img" aria-label="{}" width="220" height="220" '
            'viewBox="0 0 {} {}" shape-rendering="crispEdges">'
            '<rect width="100%" height="100%" fill="#fff"/>'
            '<path d="{}" fill="#000"/></svg>',
            _("QR code with the key for your authenticator app"),
            len(rows),
            len(rows),
            squares,
        )

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A passkey gets its name from its person; allauth's word means another key."""
        return ""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(_server_secret().encrypt(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return _server_secret().decrypt(sealed, PLACE).decode()


PLACE = context("second-factor")


def _server_secret() -> Secret:
    # The server checks the code before any vault is open: its own key has to do.
    key = settings.SECRET_KEY.encode()
    return Secret.from_bytes(hmac.new(key, b"second-factor", hashlib.sha256).digest())
