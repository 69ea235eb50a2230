"""Passkeys: a second factor, and where the device can do it, a way into the vault.

allauth makes and checks what the device signs (WebAuthn level 3). What it does not know
is the extension PRF: a device gives 32 bytes that only it can give, and those wrap the
person's Secret. They come over TLS as a password does, and are dropped as one.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from weerbaar.accounts.models import User
from weerbaar.accounts.second_factor import FACTORS
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.vault import people
from weerbaar.vault.core import Secret, WrongSecret
from weerbaar.vault.models import Key
from weerbaar.web.refusals import NotPossibleNow

Options = dict[str, Any]
LONGEST_NAME = 40
MOST_PASSKEYS = 10


class LastFactor(NotPossibleNow):
    """Without any second factor nobody who opens cases signs in."""

    title = _("This is your only second step")
    detail = _("Set up another one first. Then you can remove this one.")


class TooManyPasskeys(NotPossibleNow):
    """A person has as many passkeys as anybody needs."""

    title = _("You have ten passkeys already")
    detail = _("Remove one that you no longer use. Then you can add a new one.")


def factors_of(user: User) -> "QuerySet[Authenticator]":
    """The second factors of this person, the app first."""
    mine = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    return mine.order_by("type", "pk")


def passkeys_of(user: User) -> "QuerySet[Authenticator]":
    """The passkeys of this person, also those that open no vault."""
    return factors_of(user).filter(type=Authenticator.Type.WEBAUTHN)


def credential_of(passkey: Authenticator) -> bytes:
    """By which the device knows a passkey."""
    held = passkey.wrap().authenticator_data.credential_data
    return bytes(held.credential_id)


def opening(user: User) -> set[str]:
    """The passkeys that open this person's vault, by their id as text."""
    key = user.key
    mine = people.passkeys_of(key) if key else ()
    return {unlocker.params["credential"] for unlocker in mine}


@dataclass(frozen=True)
class Shown:
    """A second factor as its page shows it."""

    pk: int
    name: Any
    kind: Any
    is_passkey: bool
    opens: bool
    made: datetime
    used: datetime | None


def shown(factor: Authenticator, opens: set[str]) -> Shown:
    """One factor; `opens` are the ids of the passkeys that open the vault."""
    is_passkey = factor.type == Authenticator.Type.WEBAUTHN
    return Shown(
        pk=factor.pk,
        name=factor.wrap().name if is_passkey else _("Authenticator app"),
        kind=_("Passkey") if is_passkey else _("Six digits on your telephone"),
        is_passkey=is_passkey,
        opens=is_passkey and credential_of(factor).hex() in opens,
        made=factor.created_at,
        used=factor.last_used_at,
    )


def shown_factors(user: User) -> list[Shown]:
    """The second factors of this person, the app first."""
    opens = opening(user)
    return [shown(factor, opens) for factor in factors_of(user)]


def can_open(passkey: Authenticator) -> bool:
    """Did the device say, when it made this passkey, that it can open a vault?"""
    results = passkey.data["credential"].get("clientExtensionResults", {})
    return bool(results.get("prf", {}).get("enabled"))


def creation_options(user: User) -> Options:
    """What the device is asked for a new passkey. One with PRF, if it can."""
    options: Options = auth.begin_registration(user, passwordless=False)
    asked = options["publicKey"]
    asked["authenticatorSelection"]["residentKey"] = "preferred"
    asked["extensions"] = {"credProps": True, "prf": {}}
    return options


def request_options(
    user: User, *, only: set[str] | None = None, with_prf: bool = False
) -> Options:
    """What the device is asked to sign; `only` are ids of passkeys as text."""
    options: Options = auth.begin_authentication(user)
    asked = options["publicKey"]
    if only is not None:
        texts = {_web(bytes.fromhex(one)) for one in only}
        known = asked.get("allowCredentials", [])
        asked["allowCredentials"] = [one for one in known if one["id"] in texts]
    if with_prf and user.key is not None:
        first = _web(people.passkey_input(user.key))
        asked["extensions"] = {"prf": {"eval": {"first": first}}}
    return options


def _web(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@transaction.atomic
def add(
    user: User, *, name: str, credential: dict[str, Any], now: datetime
) -> Authenticator:
    """Keep a passkey that allauth has checked. Raises TooManyPasskeys.

    What the device gave for PRF is no part of what is kept, also when it was sent.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if passkeys_of(user).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    results = dict(credential.get("clientExtensionResults") or {})
    if prf := results.pop("prf", None):
        results["prf"] = {"enabled": bool(prf.get("enabled"))}
    kept = {**credential, "clientExtensionResults": results}
    passkey: Authenticator = auth.WebAuthn.add(user, name, kept).instance
    record(Kind.FACTOR_ADDED, user, by=user, now=now)
    return passkey


@transaction.atomic
def rename(user: User, passkey: Authenticator, *, name: str, now: datetime) -> None:
    """Give a passkey another name."""
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    record(Kind.FACTOR_RENAMED, user, by=user, now=now)


@transaction.atomic
def remove_factor(user: User, pk: int, *, now: datetime) -> None:
    """Remove an app or a passkey; such a passkey opens the vault no longer.

    Raises LastFactor, and Authenticator.DoesNotExist for another person's.
    """
    fresh = User.objects.select_for_update().get(pk=user.pk)
    factor = factors_of(fresh).get(pk=pk)
    if factors_of(fresh).count() == 1:
        raise LastFactor
    if factor.type == Authenticator.Type.WEBAUTHN and fresh.key is not None:
        people.remove_passkey(fresh.key, credential_of(factor))
    factor.delete()
    record(Kind.FACTOR_REMOVED, user, by=user, now=now)


def forget_app(user: User) -> None:
    """Make place for the app on another telephone; in the transaction that adds it."""
    factors_of(user).filter(type=Authenticator.Type.TOTP).delete()


@sensitive_variables("prf", "secret")
@transaction.atomic
def connect_vault(
    user: User, secret: Secret, *, passkey: Authenticator, prf: bytes, now: datetime
) -> None:
    """Let a passkey open this vault. Raises WrongSecret when it gave no PRF."""
    people.set_passkey(
        _key_of(user),
        secret,
        credential=credential_of(passkey),
        prf=prf,
        label=passkey.wrap().name,
        today=timezone.localdate(now),
    )
    record(Kind.PASSKEY_CONNECTED, user, by=user, now=now)


@sensitive_variables("prf")
@transaction.atomic
def open_vault(
    user: User, *, passkey: Authenticator, prf: bytes, now: datetime
) -> Secret:
    """Open the vault with a passkey that allauth has checked. Raises WrongSecret."""
    credential, key = credential_of(passkey), _key_of(user)
    secret = people.open_with_passkey(key, credential=credential, prf=prf)
    unlocker = people.passkeys_of(key).get(params__credential=credential.hex())
    people.note_use(unlocker, today=timezone.localdate(now))
    record(Kind.VAULT_OPENED, user, by=user, now=now)
    return secret


def _key_of(user: User) -> Key:
    if user.key is None:
        raise WrongSecret("This person has no vault yet.")
    return user.key
