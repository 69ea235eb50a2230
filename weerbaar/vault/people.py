"""A person's own Secret and what unlocks it: password, passkey, recovery code, token.

Losing all unlockers loses the Secret; no administrator can open or reset a vault.
"""

import base64
import hashlib
import os
import re
import secrets
import unicodedata
import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from weerbaar.vault.core import Secret, WrongSecret, context
from weerbaar.vault.granting import new_key
from weerbaar.vault.models import Key, KeyKind, Unlocker, UnlockerKind
from weerbaar.vault.stretching import PASSWORD_COST, Cost
from weerbaar.vault.wrapping import unwrap, wrap

SALT_SIZE = 16
# 24 characters of 5 bits. Letters that are read as another are not in the alphabet.
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_GROUPS, RECOVERY_GROUP_SIZE = 6, 4
_READ_AS = str.maketrans("OIL", "011")
TOKEN_PREFIX = "weerbaar_"  # noqa: S105 - what every token begins with
TOKEN_SIZE = 32
PRF_SIZE = 32


@sensitive_variables()
@transaction.atomic
def make_person_key(*, password: str, today: date) -> tuple[Key, Secret, str]:
    """Make a person's Secret with a password; gives a recovery code, shown once."""
    key, secret = new_key(KeyKind.PERSON, holders=[], today=today)
    set_password(key, secret, password, today)
    return key, secret, new_recovery_code(key, secret, today)


@sensitive_variables()
def open_with_password(key: Key, password: str) -> Secret:
    """A person's Secret. Raises WrongSecret, also when there is no password.

    Raises Tampered when the row itself is not as it was made.
    """
    return _open_only(key, UnlockerKind.PASSWORD, password)


@sensitive_variables()
def open_with_recovery(key: Key, code: str) -> Secret:
    """A person's Secret, with the code as she typed it. Raises WrongSecret.

    Capitals, spaces, dashes and dots do not matter; O is read as 0, I and L as 1.
    """
    return _open_only(key, UnlockerKind.RECOVERY, code)


@sensitive_variables()
def set_password(key: Key, secret: Secret, password: str, today: date) -> None:
    """Make this the password of a vault, in place of the old one.

    Nothing is lost: grants are to the Secret, not to the password. Raises Tampered when
    the Secret is another's.
    """
    params = {
        "kdf": "argon2id",
        **asdict(password_cost()),
        "salt": os.urandom(SALT_SIZE).hex(),
    }
    _replace(key, secret, UnlockerKind.PASSWORD, params, password, today)


@sensitive_variables()
def new_recovery_code(key: Key, secret: Secret, today: date) -> str:
    """A new recovery code, in place of the old one; it is shown once and not kept."""
    code = "-".join(
        "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_GROUP_SIZE))
        for _ in range(RECOVERY_GROUPS)
    )
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(SALT_SIZE).hex()}
    _replace(key, secret, UnlockerKind.RECOVERY, params, code, today)
    return code


@sensitive_variables()
def make_token(key: Key, secret: Secret, *, label: str, today: date) -> str:
    """A token with which a program opens this vault; it is shown once and not kept.

    Withdraw it by deleting its Unlocker. Raises Tampered when the Secret is another's.
    """
    token_id, random = uuid.uuid4(), os.urandom(TOKEN_SIZE)
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(SALT_SIZE).hex()}
    unlocker = Unlocker(id=token_id, key=key, kind=UnlockerKind.TOKEN, label=label)
    wrap(unlocker, secret, params, random, today)
    return _token(token_id.bytes + random)


@sensitive_variables()
def open_with_token(token: str) -> tuple[Key, Secret, Unlocker]:
    """Whose token this is, and his Secret. Raises WrongSecret for any other text."""
    token_id, random = _token_parts(token)
    unlocker = (
        Unlocker.objects.filter(pk=token_id, kind=UnlockerKind.TOKEN)
        .select_related("key")
        .first()
    )
    if unlocker is None:
        raise WrongSecret("This token does not exist, or no longer.")
    return unlocker.key, unwrap(unlocker, unlocker.key, random), unlocker


def passkey_input(key: Key) -> bytes:
    """What a device is asked the PRF of, for this vault: it tells nothing.

    32 bytes, made of the id of the key. Source: WebAuthn level 3, section 10.1.4.
    """
    return hashlib.sha256(context("passkey", key.pk)).digest()


@sensitive_variables()
@transaction.atomic
def set_passkey(
    key: Key, secret: Secret, *, credential: bytes, prf: bytes, label: str, today: date
) -> Unlocker:
    """Let a passkey open this vault, in place of what it opened before.

    `prf` is what the device gave for `passkey_input`; it is not kept. Raises Tampered
    when the Secret is another's, WrongSecret when no device gives such a thing.
    """
    remove_passkey(key, credential)
    unlocker = Unlocker(key=key, kind=UnlockerKind.PASSKEY, label=label)
    params = {
        "kdf": "hkdf-sha256",
        "salt": os.urandom(SALT_SIZE).hex(),
        "credential": credential.hex(),
    }
    wrap(unlocker, secret, params, _passkey_key(prf, credential), today)
    return unlocker


@sensitive_variables()
def open_with_passkey(key: Key, *, credential: bytes, prf: bytes) -> Secret:
    """A person's Secret. Raises WrongSecret, also when this passkey opens no vault."""
    unlocker = passkeys_of(key).filter(params__credential=credential.hex()).first()
    if unlocker is None:
        raise WrongSecret("This passkey opens no vault.")
    return unwrap(unlocker, key, _passkey_key(prf, credential))


def passkeys_of(key: Key) -> "QuerySet[Unlocker]":
    """The passkeys that open this vault."""
    return Unlocker.objects.filter(key=key, kind=UnlockerKind.PASSKEY)


def remove_passkey(key: Key, credential: bytes) -> None:
    """This passkey opens the vault no longer; nothing when it never did."""
    passkeys_of(key).filter(params__credential=credential.hex()).delete()


@sensitive_variables()
def set_server_key(key: Key, secret: Secret, kek: str, today: date) -> None:
    """Let a key of the server open this vault: weaker, and named so (crypto 3a)."""
    params = {"kdf": "hkdf-sha256", "salt": os.urandom(SALT_SIZE).hex()}
    _replace(key, secret, UnlockerKind.SERVER, params, kek, today)


@sensitive_variables()
def open_with_server_key(key: Key, kek: str) -> Secret:
    """A person's Secret. Raises WrongSecret, also when she did not choose this."""
    return _open_only(key, UnlockerKind.SERVER, kek)


def server_keys_of(key: Key) -> "QuerySet[Unlocker]":
    """The key of the server that opens this vault: one or none."""
    return Unlocker.objects.filter(key=key, kind=UnlockerKind.SERVER)


def _passkey_key(prf: bytes, credential: bytes) -> bytes:
    if len(prf) != PRF_SIZE:
        raise WrongSecret("No passkey gives this.")
    return context("passkey", prf, credential)


def note_use(unlocker: Unlocker, *, today: date) -> None:
    """Keep the day on which an unlocker was last used, once a day."""
    if unlocker.last_used_on != today:
        unlocker.last_used_on = today
        unlocker.save(update_fields=["last_used_on"])


def password_cost() -> Cost:
    """What a new password costs to try; only VAULT_ARGON2_PASSWORD makes it less."""
    chosen: dict[str, int] | None = getattr(settings, "VAULT_ARGON2_PASSWORD", None)
    return Cost(**chosen) if chosen else PASSWORD_COST


def _token(raw: bytes) -> str:
    return TOKEN_PREFIX + base64.urlsafe_b64encode(raw).decode()


def _token_parts(token: str) -> tuple[uuid.UUID, bytes]:
    body = token.removeprefix(TOKEN_PREFIX)
    try:
        raw = base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError as error:
        raise WrongSecret("This is no token.") from error
    # One token has one spelling: decoders let more through.
    if len(raw) != 16 + TOKEN_SIZE or _token(raw) != token:
        raise WrongSecret("This is no token.")
    return uuid.UUID(bytes=raw[:16]), raw[16:]


def _open_only(key: Key, kind: UnlockerKind, typed: str) -> Secret:
    unlocker = Unlocker.objects.filter(key=key, kind=kind).first()
    if unlocker is None:
        raise WrongSecret("This vault has no such unlocker.")
    return unwrap(unlocker, key, _plain(kind, typed))


@transaction.atomic
def _replace(
    key: Key,
    secret: Secret,
    kind: UnlockerKind,
    params: dict[str, Any],
    typed: str,
    today: date,
) -> None:
    Unlocker.objects.filter(key=key, kind=kind).delete()
    unlocker = Unlocker(key=key, kind=kind)
    wrap(unlocker, secret, params, _plain(kind, typed), today)


def _plain(kind: UnlockerKind, typed: str) -> bytes:
    """One spelling of what was typed: NFKC, so that keyboards do not differ."""
    text = unicodedata.normalize("NFKC", typed)
    if kind is UnlockerKind.RECOVERY:
        text = re.sub(r"[\W_]", "", text).upper().translate(_READ_AS)
    return text.encode("utf-8", "surrogatepass")
