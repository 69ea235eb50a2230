"""A person's own Secret and what unlocks it: password, recovery code, token.

Losing all unlockers loses the Secret; no administrator can open or reset a vault.
"""

import base64
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
from django.views.decorators.debug import sensitive_variables

from weerbaar.vault.core import Secret, Tampered, UnknownVersion, WrongSecret, context
from weerbaar.vault.granting import new_key
from weerbaar.vault.keyring import verify_belongs
from weerbaar.vault.models import Key, KeyKind, Unlocker, UnlockerKind
from weerbaar.vault.stretching import PASSWORD_COST, Cost, stretch
from weerbaar.vault.suite import derive

SALT_SIZE = 16
# 24 characters of 5 bits. Letters that are read as another are not in the alphabet.
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_GROUPS, RECOVERY_GROUP_SIZE = 6, 4
_READ_AS = str.maketrans("OIL", "011")
TOKEN_PREFIX = "weerbaar_"  # noqa: S105 - what every token begins with
TOKEN_SIZE = 32
# Rows can be written by an attacker: they may not make us take all memory or time.
_MOST = Cost(t=16, m=512 * 1024, p=4)


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
    _wrap(unlocker, secret, params, random, today)
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
    return unlocker.key, _unwrap(unlocker, unlocker.key, random), unlocker


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
    return _unwrap(unlocker, key, _plain(kind, typed))


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
    _wrap(unlocker, secret, params, _plain(kind, typed), today)


def _plain(kind: UnlockerKind, typed: str) -> bytes:
    """One spelling of what was typed: NFKC, so that keyboards do not differ."""
    text = unicodedata.normalize("NFKC", typed)
    if kind is UnlockerKind.RECOVERY:
        text = re.sub(r"[\W_]", "", text).upper().translate(_READ_AS)
    return text.encode("utf-8", "surrogatepass")


def _wrap(
    unlocker: Unlocker,
    secret: Secret,
    params: dict[str, Any],
    plain: bytes,
    today: date,
) -> None:
    verify_belongs(secret, unlocker.key)
    unlocker.params = params
    unlocker.made_on = today
    wrapping = _wrapping_key(params, plain)
    unlocker.wrapped = wrapping.encrypt(secret.to_bytes(), context(*unlocker.place))
    unlocker.save(force_insert=True)


def _unwrap(unlocker: Unlocker, key: Key, plain: bytes) -> Secret:
    wrapping = _wrapping_key(unlocker.params, plain)
    try:
        raw = wrapping.decrypt(bytes(unlocker.wrapped), context(*unlocker.place))
    except Tampered as error:
        # A wrong password and a changed row look the same, and must.
        raise WrongSecret("This does not open the vault.") from error
    secret = Secret.from_bytes(raw)
    verify_belongs(secret, key)
    return secret


def _wrapping_key(params: dict[str, Any], plain: bytes) -> Secret:
    """The Secret that wraps, from what was typed. Raises Tampered, UnknownVersion."""
    try:
        kdf, salt = params["kdf"], bytes.fromhex(params["salt"])
        if kdf == "argon2id":
            cost = Cost(int(params["t"]), int(params["m"]), int(params["p"]))
            if cost.t > _MOST.t or cost.m > _MOST.m or cost.p > _MOST.p:
                raise Tampered("No password costs this much.")
            raw = stretch(plain, salt=salt, cost=cost)
        elif kdf == "hkdf-sha256":
            raw = plain
        else:
            raise UnknownVersion("This unlocker was made in another way.")
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Tampered("The unlocker's parameters do not fit.") from error
    return Secret.from_bytes(derive(raw, "unlocker", salt=salt))
