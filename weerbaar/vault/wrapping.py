"""Wrapping a person's Secret under what she has or knows, and back.

The row says how (the key derivation, its salt and costs); a row that was changed, or
asks for more than any password of ours costs, is refused.
"""

from datetime import date
from typing import Any

from weerbaar.vault.core import Secret, Tampered, UnknownVersion, WrongSecret, context
from weerbaar.vault.keyring import verify_belongs
from weerbaar.vault.models import Key, Unlocker
from weerbaar.vault.stretching import Cost, stretch
from weerbaar.vault.suite import derive

# Rows can be written by an attacker: they may not make us take all memory or time.
_MOST = Cost(t=16, m=512 * 1024, p=4)


def wrap(
    unlocker: Unlocker,
    secret: Secret,
    params: dict[str, Any],
    plain: bytes,
    today: date,
) -> None:
    """Fill and save an unlocker. Raises Tampered when the Secret is another's."""
    verify_belongs(secret, unlocker.key)
    unlocker.params = params
    unlocker.made_on = today
    wrapping = _wrapping_key(params, plain)
    unlocker.wrapped = wrapping.encrypt(secret.to_bytes(), context(*unlocker.place))
    unlocker.save(force_insert=True)


def unwrap(unlocker: Unlocker, key: Key, plain: bytes) -> Secret:
    """The Secret of an unlocker. Raises WrongSecret, Tampered, UnknownVersion."""
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
