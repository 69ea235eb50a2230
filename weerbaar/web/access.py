"""The one door check of staff pages: signed in, and allowed to be here at all.

What a person may see there is decided by `.visible_to(user)`, what she may do by
`may_<verb>`; this is only the door.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from weerbaar.accounts.models import User
from weerbaar.accounts.roles import Permission
from weerbaar.vault.keyring import Keyring
from weerbaar.web.answers import sign_in_first
from weerbaar.web.refusals import NotAllowed

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request that came through the door: somebody, with an opened vault."""

    user: User
    keyring: Keyring


def signed_in(*permissions: Permission) -> Callable[[View], View]:
    """Open a view to signed-in people who hold one of the permissions anywhere.

    Nobody signed in: to the sign-in page, and back to this page afterwards.
    Signed in without any of the permissions: raises NotAllowed (403).
    Without permissions named, being signed in is enough.
    """

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not user.is_authenticated:
                return sign_in_first(request)
            if permissions and not any(user.may_anywhere(p) for p in permissions):
                raise NotAllowed
            return view(request, *args, **kwargs)

        # So that a test over all addresses can read which door each has.
        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return door
