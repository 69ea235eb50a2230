"""Who asks at the reporter's endpoints: everybody, or whoever holds a receipt.

`Authorization: Receipt <zeven woorden>`. No endpoint names a case: the receipt is all a
reporter has.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from intake import limits, services
from intake.services import Access
from weerbaar.vault.receipt import UnreadableReceipt
from weerbaar.web.api import StrictQuery

REALM = 'Receipt realm="weerbaar"'


class ReceiptAuthentication(BaseAuthentication):
    """`Authorization: Receipt <seven words>`; `request.auth` is what they open."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Access] | None:
        scheme, _space, words = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "receipt":
            return None
        limits.check_codes(request._request)
        try:
            access = services.unlock(words, slow=limits.codes_are_busy())
        except (services.UnknownReceipt, UnreadableReceipt) as refusal:
            limits.note_wrong_code(request._request)
            raise AuthenticationFailed(_("This receipt opens nothing.")) from refusal
        return AnonymousUser(), access

    def authenticate_header(self, request: Request) -> str:
        return REALM


class ReceiptScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes it."""

    target_class = ReceiptAuthentication
    name = "receipt"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "De meldcode: `Receipt <zeven woorden>`.",
        }


class HoldsReceipt(BasePermission):
    """Only who holds a receipt that opens a mailbox."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Access)


class Public(StrictQuery, APIView):
    """An endpoint for everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class MailboxView(StrictQuery, APIView):
    """An endpoint behind a receipt."""

    authentication_classes = (ReceiptAuthentication,)
    permission_classes = (HoldsReceipt,)

    def access(self, request: Request) -> Access:
        """What the receipt of this request opened."""
        opened: Any = request.auth
        found: Access = opened
        return found
