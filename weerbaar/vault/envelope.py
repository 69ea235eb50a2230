"""Envelopes: a JSON document, padded, sealed and bound to its place.

A place is a tuple such as `("case", case_id, "header", revision)`. An Envelope that is
moved to another row, section or revision does not open.
"""

import json
from collections.abc import Mapping
from typing import Any

from weerbaar.vault.core import PublicKey, Secret, Tampered, context
from weerbaar.vault.padding import FLOOR, pad, unpad


def seal_json(
    secret: Secret,
    payload: Mapping[str, Any],
    *,
    place: tuple[Any, ...],
    least: int = FLOOR,
) -> bytes:
    """Encrypt a document under a Secret, for one place.

    Documents under `least` bytes are all of one length.
    """
    return secret.encrypt(_packed(payload, least), _bound(place))


def open_json(secret: Secret, blob: bytes, *, place: tuple[Any, ...]) -> dict[str, Any]:
    """The document of `seal_json`. Raises Tampered, UnknownVersion."""
    return _unpacked(secret.decrypt(blob, _bound(place)))


def seal_json_to(
    public: PublicKey,
    payload: Mapping[str, Any],
    *,
    place: tuple[Any, ...],
    least: int = FLOOR,
) -> bytes:
    """Seal a document to a public half: the writer cannot read it back.

    Documents under `least` bytes are all of one length.
    """
    return public.seal(_packed(payload, least), _bound(place))


def open_json_sealed(
    secret: Secret, blob: bytes, *, place: tuple[Any, ...]
) -> dict[str, Any]:
    """The document of `seal_json_to`. Raises Tampered, UnknownVersion."""
    return _unpacked(secret.open(blob, _bound(place)))


def reseal_json(
    blob: bytes, *, old: Secret, new: Secret, place: tuple[Any, ...]
) -> bytes:
    """The same document at the same place, under another Secret or a newer suite.

    Raises Tampered, UnknownVersion.
    """
    return new.encrypt(old.decrypt(blob, _bound(place)), _bound(place))


def reseal_json_to(
    blob: bytes, *, old: Secret, new: PublicKey, place: tuple[Any, ...]
) -> bytes:
    """As `reseal_json`, for what was sealed to a public half by who cannot read it."""
    return new.seal(old.open(blob, _bound(place)), _bound(place))


def _bound(place: tuple[Any, ...]) -> bytes:
    # Never the same as the place of a grant, an unlocker or a session.
    return context("envelope", *place)


def _packed(payload: Mapping[str, Any], least: int = FLOOR) -> bytes:
    document = json.dumps(
        dict(payload), separators=(",", ":"), sort_keys=True, allow_nan=False
    )
    return pad(document.encode(), least=least)


def _unpacked(padded: bytes) -> dict[str, Any]:
    try:
        document = json.loads(unpad(padded))
    except ValueError as error:
        raise Tampered("This is no document.") from error
    if not isinstance(document, dict):
        raise Tampered("This is no document.")
    return document
