"""The organisation's own accounts (OpenID Connect): who somebody is, nothing more.

Off unless OIDC_SERVER is set. An identity makes no account: it is bound to a person who
was invited, by herself while she is signed in, or at her first sign-in, by the address
that the organisation vouches for. The second step and the vault stay here.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2CallbackView,
    OAuth2LoginView,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.web.refusals import NotAllowed, NotPossibleNow, Unavailable

PROVIDER = "organisation"


class NotKnownHere(NotAllowed):
    """Somebody of the organisation who was not invited, or not in this way."""

    title = _("This account is not known here")
    detail = _(
        "Do you sign in for the first time? Then ask who invited you for the right "
        "address. Do you have a password here? Then sign in with it and connect the "
        "account of your organisation on the page My account."
    )


class NotSignedInThere(Unavailable):
    """The organisation's own sign-in did not say who it is, or could not be asked."""

    title = _("Signing in at your organisation did not work")
    detail = _("Try again in a few minutes, or sign in with your password.")


class OnlyWayIn(NotPossibleNow):
    """Without a password she could no longer sign in."""

    title = _("This is your only way to sign in")
    detail = _("Set a password first, by the link on the sign-in page.")


class Organisation(OpenIDConnectOAuth2Adapter):
    """The one server that is set, at one address in every language."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            path = reverse("openid_connect_callback", kwargs={"provider_id": PROVIDER})
        return f"{settings.SITE_ADDRESS}{path}"

    def complete_login(self, *args: Any, **kwargs: Any) -> Any:
        """Keep of what the server tells only who it is: no name, no picture."""
        login = super().complete_login(*args, **kwargs)
        login.account.extra_data = {}
        return login


class OidcAdapter(DefaultSocialAccountAdapter):
    """What allauth asks of this house when an identity comes in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Bind an invited person's first sign-in. Raises NotKnownHere for others."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        user = awaited(sociallogin.email_addresses)
        if user is None:
            raise NotKnownHere
        sociallogin.connect(request, user)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")

    def on_authentication_error(self, *args: Any, **kwargs: Any) -> None:
        raise NotSignedInThere


def awaited(addresses: list[EmailAddress]) -> User | None:
    """Who was invited at this address and never came in; it has to be verified there.

    Who has a password or a vault binds it herself: otherwise whoever runs the
    organisation's server could enter as anybody.
    """
    verified = [known.email for known in addresses if known.verified]
    user = User.objects.filter(
        email__in=[address.lower() for address in verified],
        is_active=True,
        key=None,
        memberships__isnull=False,
    ).first()
    return None if user is None or user.has_usable_password() else user


def bound(user: User) -> "SocialAccount | None":
    """The account of the organisation that this person signs in with."""
    return SocialAccount.objects.filter(user_id=user.pk, provider=PROVIDER).first()


def note_bound(request: HttpRequest, sociallogin: Any, **_more: Any) -> None:
    """An identity was bound: the person is told."""
    user = sociallogin.user
    record(Kind.IDENTITY_BOUND, user, by=user, now=timezone.now())


@transaction.atomic
def unbind(user: User) -> None:
    """Sign in with the password again. Raises OnlyWayIn."""
    if not user.has_usable_password():
        raise OnlyWayIn
    SocialAccount.objects.filter(user_id=user.pk, provider=PROVIDER).delete()
    record(Kind.IDENTITY_UNBOUND, user, by=user, now=timezone.now())


def start(request: HttpRequest) -> HttpResponse:
    """To the organisation's own sign-in page."""
    return _at_organisation(OAuth2LoginView, request)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    return _at_organisation(OAuth2CallbackView, request)


def _at_organisation(view: Any, request: HttpRequest) -> HttpResponse:
    if not settings.OIDC_SERVER:
        raise Http404
    answer: HttpResponse = view.adapter_view(Organisation(request, PROVIDER))(request)
    return answer
