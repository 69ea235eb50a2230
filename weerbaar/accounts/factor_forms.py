"""The forms of the second step, in our words; allauth checks code and signature."""

from collections.abc import Mapping
from typing import Any

from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import (
    GenerateRecoveryCodesForm as AllauthGenerateRecoveryCodesForm,
)
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts import passkeys
from weerbaar.accounts.forms import OurWords, Words
from weerbaar.vault.core import Locked, Secret, WrongSecret
from weerbaar.vault.session import bytes_of
from weerbaar.web.forms import Form, FormMixin, TextField

FILL_CODE = _("Fill in the six digits.")
CODE: Mapping[str, Words] = {
    "code": (
        _("Code"),
        FILL_CODE,
        _("The six digits that your authenticator app shows now, or a reserve code."),
    )
}


class AuthenticateForm(FormMixin, OurWords, mfa.AuthenticateForm):
    """The second factor at sign-in."""

    words = CODE


class MfaReauthenticateForm(FormMixin, OurWords, mfa.ReauthenticateForm):
    """The second factor once more; the demo shows the code, as it has no telephone."""

    words = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO:
            from weerbaar.accounts.demo import code_now

            shown = _("In this demonstration the code is now %(code)s.")
            self.fields["code"].help_text = shown % {"code": code_now(self.user)}


class ActivateTOTPForm(FormMixin, OurWords, AllauthActivateTOTPForm):
    """Set up the authenticator app by typing its first code."""

    words = {
        "code": (
            _("Code"),
            FILL_CODE,
            _("The six digits that your authenticator app shows now."),
        )
    }


class GenerateRecoveryCodesForm(FormMixin, AllauthGenerateRecoveryCodesForm):
    """Make new reserve codes for the second factor."""


NO_PASSKEY = _("No passkey came along. Try again, with script switched on.")


def credential_field() -> forms.JSONField:
    """What the device signed or made, as the script sends it."""
    messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}
    return forms.JSONField(widget=forms.HiddenInput, error_messages=messages)


class PasskeyForm(FormMixin, webauthn.AuthenticateWebAuthnForm):
    """What a device signed, and what it gave to open the vault, if it did."""

    credential = credential_field()
    prf = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_prf(self) -> bytes:
        try:
            return bytes_of(self.cleaned_data["prf"])
        except Locked:
            return b""

    def open_vault(self, vault: Any) -> bool:
        """Open the vault of this session, if the passkey can; says whether it did."""
        passkey, prf = self.cleaned_data["credential"], self.cleaned_data["prf"]
        try:
            secret = passkeys.open_vault(
                self.user, passkey=passkey, prf=prf, now=timezone.now()
            )
        except WrongSecret:
            return False
        vault.hold(self.user, secret)
        return True

    def connect(self, passkey: Any, secret: Secret) -> bool:
        """Let this passkey open the vault; says whether the device can."""
        if self.cleaned_data["credential"] != passkey:
            return False
        prf, now = self.cleaned_data["prf"], timezone.now()
        try:
            passkeys.connect_vault(self.user, secret, passkey=passkey, prf=prf, now=now)
        except WrongSecret:
            return False
        return True


class ConfirmPasskeyForm(PasskeyForm):
    """A passkey as the second factor once more."""

    reauthenticated = True


class NameForm(Form):
    """The name of a passkey."""

    name = TextField(
        label=_("Name"),
        max_length=passkeys.LONGEST_NAME,
        help_text=_("For example: work laptop, or key on my key ring."),
        error_messages={"required": _("Fill in a name.")},
    )


class AddPasskeyForm(FormMixin, webauthn.AddWebAuthnForm):
    """A new passkey: its name, and what the device made."""

    name = NameForm.base_fields["name"]
    credential = credential_field()
