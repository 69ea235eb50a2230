"""The organisation's own accounts (OpenID Connect): who somebody is, nothing more.

Off unless OIDC_SERVER is set. An identity makes no account: it is bound to a person who
was invited, by herself while she is signed in, or at her first sign-in, by the address
that the organisation vouches for. The second step and the vault stay here.
"""

from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2CallbackView,
    OAuth2LoginView,
)
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
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
# By public keys only: with a shared secret the client could sign as well.
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "EdDSA"]


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

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the server says of itself; only the server that is set (ASVS 10.5.3)."""
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer")).rstrip("/") != settings.OIDC_SERVER.rstrip("/"):
            raise NotSignedInThere
        return config

    def complete_login(self, *args: Any, **kwargs: Any) -> Any:
        """Keep of what the server tells only who it is: no name, no picture.

        The signed token and what the server tells besides are of one person (OpenID
        Connect Core 5.3.2). Raises NotSignedInThere.
        """
        login = super().complete_login(*args, **kwargs)
        signed = login.account.extra_data.get("id_token") or {}
        if signed.get("sub") != login.account.uid:
            raise NotSignedInThere
        login.account.extra_data = {}
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The claims, with the signature checked, also where TLS vouches for them."""
        try:
            return self._verified(id_token, audience=app.client_id)
        except (jwt.PyJWTError, KeyError, IndexError) as error:
            raise NotSignedInThere from error

    def _verified(self, id_token: str, *, audience: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json())
        named = jwt.get_unverified_header(id_token).get("kid")
        # A server with one key need not name it.
        key = keys[named] if named else keys.keys[0]
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key,
            algorithms=SIGNATURES,
            audience=audience,
            issuer=self.openid_config["issuer"],
            options={"require": ["exp", "iat", "sub"]},
        )
        return claims


class Provider(OpenIDConnectProvider):
    """allauth's provider, with what is ours on both ways."""

    oauth2_adapter_class = Organisation


class OidcAdapter(DefaultSocialAccountAdapter):
    """What allauth asks of this house when an identity comes in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, *args: Any, **kwargs: Any) -> list[Any]:
        """The server that is set, and none that stands in the database."""
        return [app for app in super().list_apps(*args, **kwargs) if app.pk is None]

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
    try:
        asked = view.adapter_view(Organisation(request, PROVIDER))(request)
    except OSError as error:  # What cannot be reached, or answers with a fault.
        raise NotSignedInThere from error
    answer: HttpResponse = asked
    return answer
