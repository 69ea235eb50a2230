"""Pages of the vault and of one's own account; allauth serves the sign-in itself."""

import json
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from weerbaar.accounts import oidc, passkeys, server_key, services
from weerbaar.accounts.factor_forms import ConfirmPasskeyForm
from weerbaar.accounts.forms import OpenVaultForm, RecoverVaultForm, TokenForm
from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.second_factor import fresh, has_second_factor, is_fresh
from weerbaar.accounts.trust import root_of
from weerbaar.accounts.vault_session import VaultSession
from weerbaar.vault.core import WrongSecret
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import TooMany

NOT_OPENED = _(
    "The vault does not open with this password. Did you set a new password by a link? "
    "Then use your recovery code."
)
NOT_RECOVERED = _("The recovery code or the password is not right.")
# What opens the vault later is given out only soon after a password or code.
confirmed = reauthentication_required(allow_get=True)
# Where each duty begins its day; the pages stand in packages above this one.
START = (
    (Permission.HANDLE_CASES, "worklist"),
    (Permission.ANSWER_REFERRALS, "desk"),
    (Permission.KEEP_NAMES, "approvals"),
    (Permission.READ_FIGURES, "figures"),
)
# What comes in only under a pinned root.
INCOMING = {Permission.HANDLE_CASES, Permission.ANSWER_REFERRALS}


class AccountRequest(StaffRequest):
    """A request of somebody signed in; the vault may still be closed."""

    vault: VaultSession


def start_page(user: User) -> str:
    """Where this person goes after signing in.

    Nothing can come in where no root is pinned: that is the first thing to do there.
    """
    for permission, name in START:
        if places := user.organisations(permission):
            waits = permission in INCOMING and not all(
                root_of(place) for place in places
            )
            try:
                return reverse("root" if waits else name)
            except NoReverseMatch:
                continue
    return reverse("account")


def _onward(request: AccountRequest) -> str:
    """Where she was going: a page of ours, never a word that `redirect` looks up."""
    wanted = request.GET.get("next") or request.POST.get("next") or ""
    here = {request.get_host()}
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, here, require_https=request.is_secure()
    ):
        return wanted
    return start_page(request.user)


def _count_attempt(request: AccountRequest) -> None:
    if not ratelimit.consume(request, action="open_vault", user=request.user):
        raise TooMany


@signed_in()
@sensitive_post_parameters("password", "credential", "prf")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
def vault_open(request: AccountRequest) -> HttpResponse:
    """Where signing in ends: onward when the vault is open, else it is opened."""
    user = request.user
    if request.vault.is_open or _opens_itself(request):
        return redirect(_onward(request))
    if user.key_id is None:
        return redirect("vault-passphrase")
    typed = request.POST if "password" in request.POST else None
    form = OpenVaultForm(typed, user=user)
    if request.method == "POST":
        _count_attempt(request)
        if _opens(request, form):
            ratelimit.clear(request, action="open_vault", user=request.user)
            return redirect(_onward(request))
    return render(request, "accounts/vault_open.html", _ways_in(request, form))


def _ways_in(request: AccountRequest, form: OpenVaultForm) -> dict[str, Any]:
    """What the page of the closed vault offers: password, passkey, server's key."""
    user = request.user
    context: dict[str, Any] = {"form": form, "next": request.GET.get("next", "")}
    context["server_opens"] = server_key.is_on(user)
    if only := passkeys.opening(user):
        asked = passkeys.request_options(user, only=only, with_prf=True)
        context["passkey"] = json.dumps(asked)
        context["refused"] = "credential" in request.POST
    return context


def _opens_itself(request: AccountRequest) -> bool:
    """In the weaker mode a second step of the last minutes opens the vault."""
    user = request.user
    if not (server_key.is_on(user) and is_fresh(request)):
        return False
    try:
        request.vault.hold(user, server_key.open_vault(user, now=timezone.now()))
    except WrongSecret:
        return False
    return True


@sensitive_variables()
def _opens(request: AccountRequest, form: OpenVaultForm) -> bool:
    """Open the vault with what was posted: a passkey, or the password of the form."""
    user = request.user
    if "credential" in request.POST:
        given = ConfirmPasskeyForm(request.POST, user=user)
        if not given.is_valid() or not given.open_vault(request.vault):
            return False
        given.save()
        return True
    if not form.is_valid():
        return False
    password = form.cleaned_data["password"]
    try:
        secret = services.open_vault(user, password, now=timezone.now())
    except WrongSecret:
        form.add_error("password", NOT_OPENED)
        return False
    request.vault.hold(user, secret)
    return True


@signed_in()
@sensitive_post_parameters("password", "code")
@sensitive_variables("form", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def vault_recover(request: AccountRequest) -> HttpResponse:
    """Open the vault with the recovery code; a new code is shown once."""
    form = RecoverVaultForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        _count_attempt(request)
        user, data, now = request.user, form.cleaned_data, timezone.now()
        try:
            secret = services.recover_vault(
                user, data["code"], data["password"], now=now
            )
        except WrongSecret:
            form.add_error(None, NOT_RECOVERED)
        else:
            request.vault.hold(user, secret)
            code = services.new_recovery_code(user, secret, now=now)
            return render(request, "accounts/recovery_code.html", {"code": code})
    return render(request, "accounts/vault_recover.html", {"form": form})


@signed_in()
@confirmed
@sensitive_variables("code")
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_code(request: AccountRequest) -> HttpResponse:
    """Make the recovery code and show it in this one answer; then have it confirmed.

    The code is never stored to be shown later: asking again makes another one.
    """
    user = request.user
    vault = request.vault
    if request.method == "POST" and request.POST.get("kept"):
        services.keep_recovery_code(user, today=timezone.localdate())
        return redirect("vault-open")
    if not vault.is_open:
        return redirect(f"{reverse('vault-open')}?next={request.path}")
    if request.method != "POST":
        context = {"is_first": user.recovery_kept_on is None}
        return render(request, "accounts/recovery_code_make.html", context)
    secret = vault.secret_of(user)
    code = services.new_recovery_code(user, secret, now=timezone.now())
    return render(request, "accounts/recovery_code.html", {"code": code})


@signed_in()
@require_GET
def security(request: AccountRequest) -> HttpResponse:
    """One's own account: password, second factor, recovery code, tokens."""
    context = {
        "has_second_factor": has_second_factor(request.user),
        "memberships": request.user.current_memberships(),
        "oidc": settings.OIDC_SERVER and {"bound": oidc.bound(request.user)},
        "weaker": server_key.is_offered(request.user) or server_key.is_on(request.user),
        "weaker_is_on": server_key.is_on(request.user),
    }
    return render(request, "accounts/security.html", context)


@signed_in()
@fresh
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: AccountRequest) -> HttpResponse:
    """Personal tokens for programs: list, and make one that is shown once."""
    form = TokenForm(request.POST or None)
    token = ""
    if request.method == "POST" and form.is_valid():
        user = request.user
        secret = request.vault.secret_of(user)
        label = form.cleaned_data["label"]
        token = services.make_api_token(user, secret, label=label, now=timezone.now())
        form = TokenForm()
    context = {"form": form, "token": token, "tokens": services.tokens_of(request.user)}
    return render(request, "accounts/tokens.html", context)


@signed_in()
@require_POST
def end_token(request: AccountRequest, pk: UUID) -> HttpResponse:
    """End a token of one's own at once."""
    get_object_or_404(services.tokens_of(request.user), pk=pk)
    services.end_api_token(request.user, pk, now=timezone.now())
    return redirect("tokens")
