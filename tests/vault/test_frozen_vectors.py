"""What suite version 1 once wrote still opens: `vectors/v1.json` never changes."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from weerbaar.vault import people
from weerbaar.vault.core import Secret, WrongSecret, context
from weerbaar.vault.envelope import open_json, open_json_sealed
from weerbaar.vault.granting import keep_key
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant, Key, KeyKind, Unlocker, UnlockerKind
from weerbaar.vault.receipt import receipt_keys
from weerbaar.vault.sealed_cookie import cookie_tag
from weerbaar.vault.session import text_of
from weerbaar.vault.streams import SealedReader

TODAY = date(2026, 11, 3)
FROZEN: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "v1.json").read_text("utf-8")
)
SECRET = Secret.from_bytes(bytes.fromhex(FROZEN["seed"]))
PLACE = ("case", UUID(FROZEN["row"]), "header", 3)


def frozen(name: str) -> bytes:
    return bytes.fromhex(FROZEN[name])


def test_a_seed_gives_the_same_public_half_and_id():
    assert SECRET.public.raw == frozen("public")
    assert str(SECRET.public.id) == FROZEN["key_id"]
    assert SECRET.check == frozen("check")


def test_a_place_is_spelled_the_same():
    assert context(*PLACE, b"\x00", -1, 0) == frozen("context")


def test_what_was_sealed_or_encrypted_opens():
    words = FROZEN["plaintext"].encode()

    assert SECRET.open(frozen("sealed"), context(*PLACE)) == words
    assert SECRET.decrypt(frozen("encrypted"), context(*PLACE)) == words
    SECRET.public.verify(frozen("signature"), words)
    assert SECRET.sign(words) == frozen("signature")


def test_envelopes_open():
    words = FROZEN["document"]

    assert open_json(SECRET, frozen("envelope"), place=PLACE) == words
    assert open_json_sealed(SECRET, frozen("sealed_envelope"), place=PLACE) == words


def test_a_file_opens():
    sealed, place = io.BytesIO(frozen("file")), context("attachment", PLACE[1])

    reader = SealedReader(SECRET, sealed, place, size=350)

    assert reader.read() == FROZEN["plaintext"].encode() * 50


def test_a_receipt_gives_the_same_tag_and_key():
    kept = FROZEN["receipt"]

    tag, secret = receipt_keys(
        kept["code"],
        salt=bytes.fromhex(kept["salt"]),
        pepper=bytes.fromhex(kept["pepper"]),
    )

    assert tag.hex() == kept["tag"]
    assert str(secret.public.id) == kept["key_id"]


def test_a_cookie_gives_the_same_tag():
    assert cookie_tag(text_of(frozen("seed"))) == frozen("cookie_tag")


@pytest.fixture
def key(db: None) -> Key:
    return keep_key(SECRET, KeyKind.PERSON, today=TODAY)


def test_a_grant_opens(key):
    holder = Secret.from_bytes(frozen("holder"))
    Grant.objects.create(
        key=key,
        holder=keep_key(holder, KeyKind.PERSON, today=TODAY),
        sealed=frozen("grant"),
        made_on=TODAY,
    )

    assert Keyring(holder).open(key.pk).to_bytes() == SECRET.to_bytes()


def test_a_password_opens(key):
    row = FROZEN["unlocker"]
    Unlocker.objects.create(
        id=row["id"],
        key=key,
        kind=UnlockerKind.PASSWORD,
        params=row["params"],
        wrapped=bytes.fromhex(row["wrapped"]),
        made_on=TODAY,
    )

    opened = people.open_with_password(key, FROZEN["password"])

    assert opened.to_bytes() == SECRET.to_bytes()
    with pytest.raises(WrongSecret):
        people.open_with_password(key, FROZEN["password"][:-1])
