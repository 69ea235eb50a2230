"""Pages for who signs in with an account of the organisation: binding it, the vault's
own passphrase, and the weaker mode with a key of the server.
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from weerbaar.accounts import oidc, server_key, services
from weerbaar.accounts.factor_views import FactorRequest
from weerbaar.accounts.forms import PassphraseForm
from weerbaar.accounts.second_factor import ask, fresh, is_fresh
from weerbaar.web.access import signed_in


@signed_in()
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: FactorRequest) -> HttpResponse:
    """Bind the account of the organisation to one's own, or let go of it.

    What leads there is a link: our own policy lets no form lead elsewhere.
    """
    is_bound = oidc.bound(request.user) is not None
    if not (settings.OIDC_SERVER or is_bound):
        raise Http404
    if request.method == "POST":
        oidc.unbind(request.user)
        return redirect("account")
    return render(request, "accounts/connect.html", {"is_bound": is_bound})


@signed_in()
@sensitive_post_parameters("password1", "password2")
@sensitive_variables("form", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: FactorRequest) -> HttpResponse:
    """Choose what opens the vault, for who has no password here.

    The first time it makes the vault; later it asks the second step and the open vault.
    """
    user, vault = request.user, request.vault
    is_first = user.key is None
    if user.has_usable_password() and not is_first:
        return redirect("account_change_password")
    if not is_first and not is_fresh(request):
        return ask(request)
    secret = None if is_first else vault.secret_of(user)
    form = PassphraseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        words, now = form.cleaned_data["password1"], timezone.now()
        if secret is None:
            vault.hold(user, services.open_vault(user, words, now=now))
        else:
            services.set_passphrase(user, secret, words, now=now)
        return redirect("vault-open")
    context = {"form": form, "is_first": is_first}
    return render(request, "accounts/passphrase.html", context)


@signed_in()
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def weaker(request: FactorRequest) -> HttpResponse:
    """Let the server's key open one's vault, or no longer; named as what it is."""
    user, now = request.user, timezone.now()
    if not (server_key.is_offered(user) or server_key.is_on(user)):
        raise server_key.NotChosen
    if request.method != "POST":
        is_on = server_key.is_on(user)
        return render(request, "accounts/server_key.html", {"is_on": is_on})
    if request.POST.get("off"):
        server_key.turn_off(user, now=now)
    else:
        server_key.turn_on(user, request.vault.secret_of(user), now=now)
    return redirect("account")
