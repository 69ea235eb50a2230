"""Make `vectors/v1.json`: what suite version 1 wrote, and every later release opens.

    python -m tests.vault.freeze_vectors

Run it for a new suite version, into a new file. Once released, a file never changes.
"""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from weerbaar.vault.core import Secret, context
from weerbaar.vault.envelope import seal_json, seal_json_to
from weerbaar.vault.receipt import receipt_keys, words
from weerbaar.vault.sealed_cookie import cookie_tag
from weerbaar.vault.session import text_of
from weerbaar.vault.streams import encrypt_stream
from weerbaar.vault.stretching import Cost, stretch
from weerbaar.vault.suite import derive

FILE = Path(__file__).parent / "vectors" / "v1.json"
SEED, HOLDER = bytes(range(32)), bytes(range(32, 64))
ROW = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
# A place as in the code, and as in the file, where its UUID is text.
PLACE = ("case", ROW, "header", 3)
WORDS = {"subject": "Bedreiging op straat", "severity": 4, "recused": ["é"]}
SALT, PEPPER = b"salt of the vectors", b"pepper of the vectors"
PASSWORD = "vlinder op de dijk"  # with NFKC nothing changes


def make() -> dict[str, Any]:
    secret, holder = Secret.from_bytes(SEED), Secret.from_bytes(HOLDER)
    code = " ".join(words()[100:800:100])
    tag, receipt = receipt_keys(code, salt=SALT, pepper=PEPPER)
    return {
        "seed": SEED.hex(),
        "key_id": str(secret.public.id),
        "public": secret.public.raw.hex(),
        "check": secret.check.hex(),
        "context": context(*PLACE, b"\x00", -1, 0).hex(),
        "row": str(ROW),
        "plaintext": "Suite 1",
        "sealed": secret.public.seal(b"Suite 1", context(*PLACE)).hex(),
        "encrypted": secret.encrypt(b"Suite 1", context(*PLACE)).hex(),
        "document": WORDS,
        "envelope": seal_json(secret, WORDS, place=PLACE).hex(),
        "sealed_envelope": seal_json_to(secret.public, WORDS, place=PLACE).hex(),
        "file": filed(secret).hex(),
        "signature": secret.sign(b"Suite 1").hex(),
        "holder": HOLDER.hex(),
        "grant": granted(secret, holder).hex(),
        "password": PASSWORD,
        "unlocker": unlocker(secret),
        "cookie_tag": cookie_tag(text_of(SEED)).hex(),
        "receipt": {
            "code": code,
            "salt": SALT.hex(),
            "pepper": PEPPER.hex(),
            "tag": tag.hex(),
            "key_id": str(receipt.public.id),
        },
    }


def filed(secret: Secret) -> bytes:
    """A file: sealed as it streams, padded."""
    made = io.BytesIO()
    encrypt_stream(
        secret, io.BytesIO(b"Suite 1" * 50), made, context("attachment", ROW)
    )
    return made.getvalue()


def granted(secret: Secret, holder: Secret) -> bytes:
    place = ("grant", secret.public.id, holder.public.id, 0)
    return holder.public.seal(secret.to_bytes(), context(*place))


def unlocker(secret: Secret) -> dict[str, Any]:
    """A password's row, spelled out apart from `people`, so that the two must agree."""
    cost, salt = {"t": 3, "m": 65536, "p": 1}, bytes(range(16))
    stretched = stretch(PASSWORD.encode(), salt=salt, cost=Cost(**cost))
    wrapping = Secret.from_bytes(derive(stretched, "unlocker", salt=salt))
    place = ("unlocker", ROW, secret.public.id, "password")
    return {
        "id": str(ROW),
        "params": {"kdf": "argon2id", **cost, "salt": salt.hex()},
        "wrapped": wrapping.encrypt(secret.to_bytes(), context(*place)).hex(),
    }


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n")
