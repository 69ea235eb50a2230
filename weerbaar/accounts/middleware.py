"""Gives each request its keyring, and lets nobody go on half-equipped."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from weerbaar.accounts import devices
from weerbaar.accounts.second_factor import is_through
from weerbaar.accounts.vault_session import VaultSession

# What a person may reach before the recovery code is kept and the second factor set up.
ALWAYS = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "leave",
        "vault-open",
        "vault-recover",
        "vault-passphrase",
        "account_set_password",
        "recovery-code",
    }
)
FACTOR = frozenset({"mfa_activate_totp", "passkey-add"})


class VaultMiddleware:
    """`request.vault`, and `request.keyring`, which opens when it is first used.

    Using the keyring without an opened vault raises vault Locked, which is answered
    with the page that asks for the password.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        vault = VaultSession(request)
        request.vault = vault  # type: ignore[attr-defined]
        request.keyring = SimpleLazyObject(vault.keyring)  # type: ignore[attr-defined]
        vault.expire(timezone.now())
        response = self.get_response(request)
        vault.leave(response, timezone.now())
        devices.leave(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """First the recovery code, then the second factor, then the house."""
        match = request.resolver_match
        name = match.url_name if match else ""
        if request.path.startswith("/api/") or name in ALWAYS:
            return None
        user = request.user
        if not user.is_authenticated:
            return None
        if user.key_id and user.recovery_kept_on is None:
            return redirect("recovery-code")
        if name not in FACTOR and not is_through(request):
            return redirect("mfa_activate_totp")
        return None
