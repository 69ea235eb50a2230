"""A ceremony between two requests: in a row that opens with two things together."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import Organisation, User
from weerbaar.custody.models import Ceremony, Purpose
from weerbaar.vault.core import Locked, Secret, VaultError
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.sealed_cookie import (
    new_cookie,
    open_with_cookie,
    seal_with_cookie,
)
from weerbaar.vault.session import bytes_of, text_of
from weerbaar.web.refusals import NotPossibleNow

LONGEST = timedelta(hours=1)


class CeremonyOver(NotPossibleNow):
    """It took more than an hour, or began in another browser."""

    title = _("The ceremony has ended")
    detail = _(
        "A ceremony takes at most an hour, in one browser. Nothing of it was kept. "
        "Destroy what was written down and begin again."
    )


def begin(
    organisation: Organisation,
    purpose: Purpose,
    state: dict[str, Any],
    *,
    by: User,
    keyring: Keyring,
    now: datetime,
) -> str:
    """Begin a ceremony, in place of any other of this person; gives the cookie."""
    Ceremony.objects.filter(begun_by=by).delete()
    ceremony = Ceremony(
        organisation=organisation, purpose=purpose, begun_by=by, ends_at=now + LONGEST
    )
    cookie = new_cookie()
    _seal(ceremony, state, cookie, _own(keyring))
    ceremony.save(force_insert=True)
    return cookie


def resume(
    purpose: Purpose, cookie: str, *, by: User, keyring: Keyring, now: datetime
) -> tuple[Ceremony, dict[str, Any]]:
    """The ceremony of this person and browser, and what is in hand.

    Raises CeremonyOver, and Locked while the vault is closed.
    """
    own = _own(keyring)
    running = Ceremony.objects.running(now).select_related("organisation")
    ceremony = running.filter(begun_by=by, purpose=purpose).first()
    if ceremony is None:
        raise CeremonyOver
    try:
        outer = open_with_cookie(cookie, bytes(ceremony.sealed), _place(ceremony))
        return ceremony, open_json(own, bytes_of(outer["own"]), place=_place(ceremony))
    except (Locked, VaultError) as error:
        raise CeremonyOver from error


def keep(
    ceremony: Ceremony, state: dict[str, Any], cookie: str, *, keyring: Keyring
) -> None:
    """Seal what is in hand now."""
    _seal(ceremony, state, cookie, _own(keyring))
    ceremony.save(update_fields=["sealed"])


def end(by: User) -> None:
    """Forget the ceremony of this person."""
    Ceremony.objects.filter(begun_by=by).delete()


def expire(*, now: datetime) -> int:
    """Remove ceremonies whose hour has passed; gives how many."""
    deleted, _each = Ceremony.objects.filter(ends_at__lte=now).delete()
    return deleted


def _own(keyring: Keyring) -> Secret:
    return keyring.open(keyring.holder_id)


def _place(ceremony: Ceremony) -> tuple[str, Any]:
    return ("ceremony", ceremony.pk)


def _seal(ceremony: Ceremony, state: dict[str, Any], cookie: str, own: Secret) -> None:
    inner = seal_json(own, state, place=_place(ceremony))
    ceremony.sealed = seal_with_cookie(
        cookie, {"own": text_of(inner)}, _place(ceremony)
    )
