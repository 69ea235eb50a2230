"""Pages of the second step: giving it, and adding, naming and removing what gives it.

The device's part needs script; everything else works without.
"""

import json
from functools import wraps
from typing import Any

from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods
from django.views.generic.edit import FormView

from weerbaar.accounts import passkeys
from weerbaar.accounts.factor_forms import (
    AddPasskeyForm,
    ConfirmPasskeyForm,
    NameForm,
    PasskeyForm,
)
from weerbaar.accounts.models import User
from weerbaar.accounts.second_factor import (
    View,
    ask,
    fresh,
    has_second_factor,
    is_fresh,
    note_set_up,
)
from weerbaar.accounts.vault_session import VaultSession
from weerbaar.vault.core import Locked
from weerbaar.web.access import StaffRequest, signed_in

NO_PRF = _(
    "This device cannot open the vault with a passkey. Your password still opens it."
)
sensitive = method_decorator(sensitive_post_parameters("credential", "prf"), "dispatch")


class FactorRequest(StaffRequest):
    """A request of somebody signed in; the vault may still be closed."""

    vault: VaultSession


def fresh_once_set_up(view: View) -> View:
    """As `fresh`, but the first second factor is set up without one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if has_second_factor(user) and not is_fresh(request):
            return ask(request)
        return view(request, *args, **kwargs)

    return guarded


@sensitive
class SecondStep(mfa.AuthenticateView):
    """The second step of signing in; a passkey may open a vault that is still closed.

    It is still closed after a password that was set by a link.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        if isinstance(form, PasskeyForm):
            form.open_vault(self.request.vault)
        answer: HttpResponse = self.stage.exit()
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        if passkeys.passkeys_of(user).exists():
            options = passkeys.request_options(user, with_prf=self._is_closed(user))
            context["passkey"] = json.dumps(options)
        return context

    def _is_closed(self, user: User) -> bool:
        try:
            self.request.vault.secret_of(user)
        except Locked:
            return True
        return False


@sensitive
class Confirm(mfa.ReauthenticateView):
    """The second step once more: a code or a passkey, on one page."""

    def get_form_class(self) -> Any:
        is_passkey = "credential" in self.request.POST
        return ConfirmPasskeyForm if is_passkey else super().get_form_class()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        context["next"] = self.get_next_url() or ""
        if passkeys.passkeys_of(user).exists():
            context["passkey"] = json.dumps(passkeys.request_options(user))
        if isinstance(context["form"], ConfirmPasskeyForm):
            context["refused"] = True
            context["form"] = super().get_form_class()(user=user)
        return context


class SetUpApp(totp.ActivateTOTPView):
    """Set up the authenticator app, in place of one on another telephone."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Past allauth's, which would have the app switched off first.
        return FormView.dispatch(self, request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        passkeys.forget_app(self.request.user)
        answer: HttpResponse = super().form_valid(form)
        return answer


set_up_app = signed_in()(fresh_once_set_up(SetUpApp.as_view()))


@signed_in()
@require_GET
def factors(request: FactorRequest) -> HttpResponse:
    """The second steps of one's own, and what can be done with each."""
    shown = passkeys.shown_factors(request.user)
    has_app = any(not factor.is_passkey for factor in shown)
    context = {"factors": shown, "has_app": has_app}
    return render(request, "accounts/factors.html", context)


@signed_in()
@fresh_once_set_up
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_add(request: FactorRequest) -> HttpResponse:
    """Add a passkey; then ask whether it may open the vault."""
    user = request.user
    form = AddPasskeyForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        passkey = passkeys.add(user, **form.cleaned_data, now=timezone.now())
        note_set_up(request, passkey)
        if passkeys.can_open(passkey):
            return redirect("passkey-vault", passkey.pk)
        return redirect("factors")
    options = json.dumps(passkeys.creation_options(user))
    context = {"form": form, "passkey": options}
    return render(request, "accounts/passkey_add.html", context)


@signed_in()
@fresh
@sensitive_post_parameters("credential", "prf")
@sensitive_variables("form", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_vault(request: FactorRequest, pk: int) -> HttpResponse:
    """Let a passkey open one's vault, from a session in which it is open."""
    user = request.user
    passkey = get_object_or_404(passkeys.passkeys_of(user), pk=pk)
    secret = request.vault.secret_of(user)
    form = PasskeyForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        if form.connect(passkey, secret):
            return redirect("factors")
        form.add_error(None, NO_PRF)
    only = {passkeys.credential_of(passkey).hex()}
    options = passkeys.request_options(user, only=only, with_prf=True)
    name = passkey.wrap().name
    context = {"form": form, "name": name, "passkey": json.dumps(options)}
    return render(request, "accounts/passkey_vault.html", context)


@signed_in()
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_rename(request: FactorRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    user = request.user
    passkey = get_object_or_404(passkeys.passkeys_of(user), pk=pk)
    form = NameForm(request.POST or None, initial={"name": passkey.wrap().name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        passkeys.rename(user, passkey, name=name, now=timezone.now())
        return redirect("factors")
    return render(request, "accounts/passkey_rename.html", {"form": form})


@signed_in()
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def factor_remove(request: FactorRequest, pk: int) -> HttpResponse:
    """Remove an app or a passkey, never the last."""
    factor = get_object_or_404(passkeys.factors_of(request.user), pk=pk)
    if request.method == "POST":
        passkeys.remove_factor(request.user, pk, now=timezone.now())
        return redirect("factors")
    context = {"factor": passkeys.shown(factor, set())}
    return render(request, "accounts/factor_remove.html", context)
