"""The forms of signing in, in our words; allauth checks, we open the vault."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts import services
from weerbaar.vault.core import WrongSecret
from weerbaar.web.forms import EmailField, Form, FormMixin, TextField

PASSWORD_RULE = _("At least 12 characters. A sentence is easy to remember.")
FILL_PASSWORD = _("Fill in your password.")
NOT_THE_SAME = _("The two passwords differ. Type the same one twice.")


# Label, message when empty, explanation.
Words = tuple[Any, Any, Any]


class OurWords:
    """Between allauth's fields and our form: label, message when empty, explanation."""

    words: ClassVar[Mapping[str, Words]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, empty, explanation) in self.words.items():
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = empty
            field.help_text = explanation
            field.widget.attrs.pop("placeholder", None)


class LoginForm(FormMixin, OurWords, account.LoginForm):
    """E-mail address and password; the password opens the vault and is gone."""

    words = {
        "login": (_("E-mail address"), _("Fill in your e-mail address."), ""),
        "password": (_("Password"), FILL_PASSWORD, ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def login(
        self, request: HttpRequest, redirect_url: str | None = None
    ) -> HttpResponse:
        """Sign in or go on to the second factor, with the vault open if it opens.

        It does not when the password was set anew by a link; then `vault-open` asks for
        the recovery code, after the second factor.
        """
        vault = request.vault  # type: ignore[attr-defined]
        vault.forget()
        if self.user.is_active:
            try:
                secret = services.open_vault(
                    self.user, self.cleaned_data["password"], now=timezone.now()
                )
                vault.hold(self.user, secret)
            except WrongSecret:
                pass
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        return response


class SamePasswordTwice:
    """Our sentence for two passwords that differ."""

    cleaned_data: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        first, second = (self.cleaned_data.get(f"password{i}") for i in (1, 2))
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)  # type: ignore[attr-defined]
        return self.cleaned_data


NEW_PASSWORD: Mapping[str, Words] = {
    "password1": (_("New password"), _("Fill in a new password."), PASSWORD_RULE),
    "password2": (
        _("New password once more"),
        _("Fill in the new password once more."),
        "",
    ),
}


class ChangePasswordForm(
    FormMixin, OurWords, SamePasswordTwice, account.ChangePasswordForm
):
    """Change the password of sign-in and vault together."""

    words = {
        "oldpassword": (_("Present password"), _("Fill in your present password."), ""),
        **NEW_PASSWORD,
    }

    def save(self) -> None:
        services.change_password(
            self.user,
            self.cleaned_data["oldpassword"],
            self.cleaned_data["password1"],
            now=timezone.now(),
        )


class ResetPasswordForm(Form):
    """Ask for a link to set a new password; one answer for every address."""

    email = EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Fill in your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def save(self, request: HttpRequest) -> str:
        services.ask_reset_link(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class ResetPasswordKeyForm(
    FormMixin, OurWords, SamePasswordTwice, account.ResetPasswordKeyForm
):
    """Set a password by a one-time link: invitation or reset."""

    words = NEW_PASSWORD


class ReauthenticateForm(FormMixin, OurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": (_("Password"), FILL_PASSWORD, "")}


def password_field() -> forms.CharField:
    """The present password, as a browser's password store knows it."""
    return forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": FILL_PASSWORD},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class OwnSecret:
    """Names the field by what this person has: a password here, or a passphrase."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user is not None and not user.has_usable_password():
            field = self.fields["password"]
            field.label = _("Passphrase of the vault")
            field.error_messages["required"] = _("Fill in the passphrase.")


class OpenVaultForm(OwnSecret, Form):
    """Open the vault again with the password."""

    password = password_field()


class PassphraseForm(SamePasswordTwice, Form):
    """Choose the passphrase of the vault, for who signs in at her organisation."""

    password1 = TextField(
        label=_("Passphrase of the vault"),
        strip=False,
        help_text=PASSWORD_RULE,
        error_messages={"required": _("Fill in the passphrase.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = TextField(
        label=_("Passphrase once more"),
        strip=False,
        error_messages={"required": _("Fill in the passphrase once more.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password1(self) -> str:
        words = str(self.cleaned_data["password1"])
        password_validation.validate_password(words, self._user)
        return words


class RecoverVaultForm(OwnSecret, Form):
    """Open the vault with the recovery code and put it behind the present password."""

    code = TextField(
        label=_("Recovery code"),
        max_length=80,
        help_text=_("Capitals, spaces and dashes do not matter."),
        error_messages={"required": _("Fill in your recovery code.")},
    )
    password = password_field()


class TokenForm(Form):
    """Make a personal token for a program."""

    label = TextField(
        label=_("What do you use the token for?"),
        max_length=80,
        help_text=_("For example: the case system of the municipality."),
        error_messages={"required": _("Write what you use the token for.")},
    )
