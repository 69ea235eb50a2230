"""A new vault for who lost everything, and the cases from a colleague."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from weerbaar.accounts.endorsing import may_vouch
from weerbaar.accounts.roles import Permission
from weerbaar.accounts.second_factor import fresh
from weerbaar.accounts.services import open_vault
from weerbaar.accounts.views import AccountRequest
from weerbaar.custody import services
from weerbaar.custody.forms import AnewForm, RenewForm
from weerbaar.custody.views import places
from weerbaar.vault.core import WrongSecret
from weerbaar.web.access import StaffRequest, signed_in
from weerbaar.web.refusals import NotAllowed, TooMany

confirmed = reauthentication_required(allow_get=True)
NOT_THIS = _("This is not your present password.")


@signed_in(Permission.HANDLE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_cases(request: StaffRequest, number: int) -> HttpResponse:
    """Give a colleague all cases that both may see."""
    member = places.member(request, number)
    if not may_vouch(request.user, member.organisation):
        raise NotAllowed
    if request.method == "POST":
        given = services.hand_cases(
            member, by=request.user, keyring=request.keyring, now=timezone.now()
        )
        told = ngettext(
            "%(name)s has %(count)d case more.",
            "%(name)s has %(count)d cases more.",
            given.given,
        )
        messages.success(
            request, told % {"name": member.user.name, "count": given.given}
        )
        return redirect("colleagues")
    return render(request, "custody/hand_cases.html", {"member": member})


@signed_in()
@fresh
@sensitive_post_parameters("password")
@sensitive_variables("form", "code", "secret", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def vault_renew(request: AccountRequest) -> HttpResponse:
    """Give one's vault a new key; what it opened stays open."""
    form = RenewForm(request.POST or None)
    if form.is_valid():
        _count_attempt(request)
        try:
            secret, code = services.renew_vault(
                request.user,
                form.cleaned_data["password"],
                suspected=form.cleaned_data["suspected"],
                keyring=request.keyring,
                now=timezone.now(),
            )
        except WrongSecret:
            form.add_error("password", NOT_THIS)
        else:
            request.vault.hold(request.user, secret)
            return render(request, "accounts/recovery_code.html", {"code": code})
    return render(request, "custody/vault_renew.html", {"form": form})


def _count_attempt(request: AccountRequest) -> None:
    if not ratelimit.consume(request, action="open_vault", user=request.user):
        raise TooMany


@signed_in()
@confirmed
@sensitive_post_parameters("password")
@sensitive_variables("form", "code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def vault_anew(request: AccountRequest) -> HttpResponse:
    """Begin with a new vault; it opens nothing until a colleague confirms its key."""
    form = AnewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count_attempt(request)
        user, password = request.user, form.cleaned_data["password"]
        try:
            code = services.start_over(user, password, now=timezone.now())
        except WrongSecret:
            form.add_error("password", NOT_THIS)
        else:
            request.vault.hold(user, open_vault(user, password, now=timezone.now()))
            return render(request, "accounts/recovery_code.html", {"code": code})
    return render(request, "custody/vault_anew.html", {"form": form})
