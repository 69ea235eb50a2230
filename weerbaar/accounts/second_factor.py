"""Whether a session is past its second factor, which everybody has, and how long ago.

What matters most (an identity, an export, a destruction, the keys to one's own account)
asks for the second factor again when it was given longer ago than
STEP_UP_SECONDS: `fresh` for views, `accounts.api.FreshFactor` for programs.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.web.answers import is_api, page, refuse
from weerbaar.web.kept import keep
from weerbaar.web.refusals import NotAllowed

THROUGH = "second_factor"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
View = Callable[..., HttpResponse]


class FactorTooOld(NotAllowed):
    """The second factor was given too long ago for what is asked."""

    title = _("Confirm first that it is you")
    detail = _(
        "For this we ask for your second step again when you gave it more than five "
        "minutes ago."
    )


class FactorTooOldForWords(FactorTooOld):
    """The same, when somebody sent words along."""

    detail = _(
        "Your text still stands here. Give your second step in a new tab, come back to "
        "this page and send it again."
    )


def has_second_factor(user: User) -> bool:
    """Has this person set up a second factor?"""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def is_through(request: HttpRequest) -> bool:
    """Is the second factor given? Every account needs one, whatever it may (BIO2 5.17).

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
    return False


def is_fresh(request: HttpRequest) -> bool:
    """Was the second factor given in this session, not longer ago than allowed?

    allauth keeps in the session when which step was taken, for this person only.
    """
    records = get_authentication_records(request, request.user)
    given = [float(kept["at"]) for kept in records if kept.get("method") == "mfa"]
    return bool(given) and time.time() - max(given) < settings.STEP_UP_SECONDS


def fresh(view: View) -> View:
    """Open a view only to who gave the second factor a moment ago.

    Put it under `signed_in`. Who gave it longer ago is asked for it, before she sees a
    form, and comes back here; words that she sent nevertheless stand on the page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_fresh(request) else ask(request)

    # So that a test over all addresses can read which doors ask it.
    guarded.asks_fresh_factor = True  # type: ignore[attr-defined]
    return guarded


def ask(request: HttpRequest) -> HttpResponse:
    """To the page that asks the second factor, and back; nothing typed is lost.

    For a view in which only some answers need it: `if not is_fresh(request)`.
    """
    if is_api(request):
        return refuse(request, FactorTooOld())
    has_factor = has_second_factor(request.user)  # type: ignore[arg-type]
    name = "mfa_reauthenticate" if has_factor else "mfa_activate_totp"
    url = f"{reverse(name)}?{urlencode({'next': _way_back(request)})}"
    kept = keep(request)
    if kept.texts:
        return page(request, FactorTooOldForWords(), kept=kept, way_url=url)
    return HttpResponseRedirect(url)


def _way_back(request: HttpRequest) -> str:
    """The page itself; for a button that was pressed, the page on which it stands."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(came_from, here, request.is_secure()):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    return "/"


def note_set_up(
    request: HttpRequest, authenticator: Authenticator, **_more: Any
) -> None:
    """Setting up a factor is giving it: its first code was right just now."""
    if authenticator.type in FACTORS:
        record_authentication(
            request, request.user, "mfa", id=authenticator.pk, type=authenticator.type
        )
