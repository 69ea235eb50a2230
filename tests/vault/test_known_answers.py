"""Published answers: RFC 9180, hpke-pq, RFC 8032 and RFC 9106 agree with our suite."""

import json
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from weerbaar.vault.core import PublicKey, Tampered
from weerbaar.vault.stretching import Cost, stretch
from weerbaar.vault.suite import HYBRID_SIZE, SEALING, hybrid_key, hybrid_public

FOLDER = Path(cryptography_vectors.__file__).parent
X25519, X_WING, BASE, EXPORT_ONLY = 0x20, 0x647A, 0, 0xFFFF
KDFS = {1: hpke.KDF.HKDF_SHA256, 3: hpke.KDF.HKDF_SHA512}
AEADS = {
    1: hpke.AEAD.AES_128_GCM,
    2: hpke.AEAD.AES_256_GCM,
    3: hpke.AEAD.CHACHA20_POLY1305,
}


def vectors(file: str, kem: int) -> list[dict]:
    found = json.loads((FOLDER / "HPKE" / file).read_text())
    return [v for v in found if v["kem_id"] == kem and v["mode"] == BASE]


def plaintext_of(vector: dict, suite: hpke.Suite, key: object) -> bytes:
    # The first message of a vector has `aad`, for which there is no public name.
    first = vector["encryptions"][0]
    return openssl.hpke._decrypt_with_aad(
        suite,
        bytes.fromhex(vector["enc"] + first["ct"]),
        key,
        bytes.fromhex(vector["info"]),
        bytes.fromhex(first["aad"]),
    )


@pytest.mark.parametrize(
    "vector",
    [
        v
        for v in vectors("test-vectors.json", X25519)
        if v["kdf_id"] in KDFS and v["aead_id"] != EXPORT_ONLY
    ],
    ids=lambda v: f"{v['kdf_id']}-{v['aead_id']}",
)
def test_hpke_of_rfc_9180(vector):
    suite = hpke.Suite(
        hpke.KEM.X25519, KDFS[vector["kdf_id"]], AEADS[vector["aead_id"]]
    )
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector["skRm"]))

    opened = plaintext_of(vector, suite, key)

    assert opened.hex() == vector["encryptions"][0]["pt"]


@pytest.mark.parametrize(
    "vector",
    vectors("hpke-pq-test-vectors.json", X_WING),
    ids=lambda v: str(v["kdf_id"]),
)
def test_x_wing_seed_gives_the_public_half(vector):
    assert hybrid_public(bytes.fromhex(vector["skRm"])).hex() == vector["pkRm"]


def test_our_own_suite_opens_what_hpke_pq_published():
    (vector,) = (
        v
        for v in vectors("hpke-pq-test-vectors.json", X_WING)
        if (v["kdf_id"], v["aead_id"]) == (1, 3)
    )
    key = hybrid_key(bytes.fromhex(vector["skRm"]))

    assert plaintext_of(vector, SEALING, key).hex() == (vector["encryptions"][0]["pt"])


def test_ed25519_of_rfc_8032():
    """Section 7.1, test 2."""
    signer = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    public = PublicKey(bytes(HYBRID_SIZE) + bytes.fromhex(signer))

    public.verify(signature, b"\x72")
    with pytest.raises(Tampered):
        public.verify(signature, b"\x73")


def test_argon2id_of_the_reference_implementation():
    """phc-winner-argon2, test.c: version 0x13, t=2, m=2^16, p=1."""
    found = stretch(b"password", salt=b"somesalt", cost=Cost(t=2, m=1 << 16))

    assert found.hex() == (
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    )


def test_argon2id_of_rfc_9106():
    """Section 5.3, with all inputs there are; `stretch` leaves the last one out."""
    kdf = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )

    assert kdf.derive(b"\x01" * 32).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )
