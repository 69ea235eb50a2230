"""How a program or a signed-in browser proves who it is at the API."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from weerbaar.accounts.models import User
from weerbaar.accounts.second_factor import FactorTooOld, is_fresh, is_through
from weerbaar.vault.core import Secret, VaultError
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Unlocker
from weerbaar.vault.people import note_use, open_with_token
from weerbaar.web.refusals import NotAllowed

REALM = 'Bearer realm="weerbaar"'


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <personal token>`, or the session of a browser with CSRF.

    A token opens the vault of its owner for this one request. Wrong and ended tokens
    give the same 401 with WWW-Authenticate (RFC 6750).
    """

    def authenticate(self, request: Request) -> tuple[User, Unlocker | None] | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            user, secret, unlocker = _owner(token.strip())
            request._request.keyring = Keyring(secret)  # type: ignore[attr-defined]
            return user, unlocker
        return _from_session(request)

    def authenticate_header(self, request: Request) -> str:
        return REALM


def _owner(token: str) -> tuple[User, Secret, Unlocker]:
    try:
        key, secret, unlocker = open_with_token(token)
    except VaultError as error:
        raise AuthenticationFailed(_("This token is not valid.")) from error
    user = User.objects.filter(key=key, is_active=True).first()
    if user is None:
        raise AuthenticationFailed(_("This token is not valid."))
    note_use(unlocker, today=timezone.localdate())
    return user, secret, unlocker


def _from_session(request: Request) -> tuple[User, None] | None:
    user = request._request.user
    if not user.is_authenticated:
        return None
    SessionAuthentication().enforce_csrf(request)
    if not is_through(request._request):
        raise AuthenticationFailed(_("Set up the second factor of your sign-in first."))
    return user, None


class NotWithToken(NotAllowed):
    """A program asks for what only a person with her second factor may do."""

    title = _("A token is not enough for this")
    detail = _(
        "This asks for the second step of your sign-in, which a token does not have. "
        "Do it on the page of Weerbaar."
    )


def require_fresh(request: Request) -> None:
    """Only who gave the second factor a moment ago.

    Raises NotWithToken for a token, whatever session comes along with it, and
    FactorTooOld for a browser; both are 403.
    """
    if request.auth is not None:
        raise NotWithToken
    if not is_fresh(request._request):
        raise FactorTooOld


class FreshFactor(BasePermission):
    """Opens a whole endpoint by `require_fresh`; put it after who may at all."""

    def has_permission(self, request: Request, view: object) -> bool:
        require_fresh(request)
        return True


class TokenScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes it."""

    target_class = TokenAuthentication
    name = "personalToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Persoonlijk token, gemaakt op de pagina /account/tokens/.",
        }
