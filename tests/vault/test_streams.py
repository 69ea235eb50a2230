"""Sealed files: C2SP's own vectors, any size, any place, and every kind of damage."""

import base64
import hashlib
import io
import json
import zlib
from pathlib import Path

import cryptography_vectors
import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from weerbaar.vault.core import Secret, Tampered, UnknownVersion, VaultError
from weerbaar.vault.padding import padded_size
from weerbaar.vault.streams import (
    CHUNK,
    HEADER,
    TAG,
    Chunks,
    SealedReader,
    SealedWriter,
    decrypt_stream,
    encrypt_stream,
    stored_size,
)

FILE = Path(cryptography_vectors.__file__).parent / "chunked-encryption/vectors.json"
VECTORS = [
    v
    for v in json.loads(FILE.read_text())["vectors"]
    if v["aead"] == "AEAD_AES_256_GCM"
]
SECRET = Secret.from_bytes(b"\x17" * 32)
PLACE = b"place"
SIZES = (0, 1, 255, 256, CHUNK - 2, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK - 1, 300_000)


def sealed(data, place=PLACE):
    made = io.BytesIO()
    encrypt_stream(SECRET, io.BytesIO(data), made, place)
    return made.getvalue()


def opened(blob, size, place=PLACE, secret=SECRET):
    made = io.BytesIO()
    decrypt_stream(secret, io.BytesIO(blob), made, place, size=size)
    return made.getvalue()


def some(size):
    return hashlib.shake_256(b"data").digest(size)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_reader_agrees_with_c2sp(vector):
    """Nine are whole, twenty-five are damaged, cut off, swapped or of another key."""
    raw = base64.b64decode(vector["ciphertext"] or "")
    source = io.BytesIO(zlib.decompress(raw) if vector.get("compressed") else raw)
    key, ctx = bytes.fromhex(vector["key"]), vector["context"].encode()
    if vector["expect"] == "failure":
        with pytest.raises(Tampered):
            whole = Chunks(key, ctx, source, algorithm=SHA256())
            for number in range(whole.size // CHUNK + 1):
                whole.at(number)
        return

    whole = Chunks(key, ctx, source, algorithm=SHA256())
    # From the last to the first: each opens by itself.
    pieces = [whole.at(n) for n in range(whole.size // CHUNK, -1, -1)]

    assert whole.size == vector["payload_length"]
    data = b"".join(reversed(pieces))
    assert hashlib.sha256(data).hexdigest() == vector["payload_sha256"]


@pytest.mark.parametrize("size", SIZES)
def test_file_comes_back_whole_and_padded(size):
    data = some(size)

    blob = sealed(data)

    assert opened(blob, size) == data
    assert len(blob) == stored_size(size)
    assert len(blob) - 1 - HEADER - TAG * (padded_size(size + 1) // CHUNK + 1) == (
        padded_size(size + 1)
    )


def test_sizes_near_each_other_look_the_same():
    assert len({len(sealed(some(size))) for size in (1_000_100, 1_000_200)}) == 1


@given(st.lists(st.binary(max_size=CHUNK * 2), max_size=6), st.data())
def test_any_piece_of_any_file_is_read(pieces, data):
    """However it was written, from wherever it is read."""
    made, whole = io.BytesIO(), b"".join(pieces)
    writer = SealedWriter(SECRET, made, PLACE)
    for piece in pieces:
        writer.write(piece)
    writer.finish()
    assert writer.stored == len(made.getvalue())
    reader = SealedReader(SECRET, made, PLACE, size=len(whole))
    start = data.draw(st.integers(0, len(whole) + 5))
    length = data.draw(st.integers(-1, len(whole) + 5))

    reader.seek(start)

    expected = whole[start:] if length < 0 else whole[start : start + length]
    assert reader.read(length) == expected
    reader.seek(min(start, len(whole)))
    assert io.BufferedReader(reader).read(100) == whole[start : start + 100]


@given(st.integers(0, 60_000), st.integers(0, 7))
def test_any_flipped_bit_is_refused(at, bit):
    data = some(60_000)
    blob = bytearray(sealed(data))
    at = at % len(blob)
    blob[at] ^= 1 << bit

    with pytest.raises(VaultError):
        opened(bytes(blob), len(data))


@pytest.mark.parametrize(
    "cut",
    [
        *(0, 1, 20, HEADER, 1 + HEADER, 1 + HEADER + TAG),
        # On the border of a chunk, where a careless reader takes it for the end.
        *(1 + HEADER + (CHUNK + TAG) * n for n in (1, 2, 3)),
        *(-1, -TAG, -TAG - 1, -CHUNK),
    ],
)
def test_file_that_was_cut_off_is_refused_at_once(cut):
    data = some(60_000)
    blob = sealed(data)

    with pytest.raises(VaultError):
        SealedReader(SECRET, io.BytesIO(blob[:cut]), PLACE, size=len(data))


def test_moved_swapped_and_lengthened_files_are_refused():
    data = some(50_000)
    one, other = sealed(data, b"one"), sealed(data, b"other")
    chunk = CHUNK + TAG
    start = 1 + HEADER
    swapped = (
        one[:start]
        + one[start + chunk : start + 2 * chunk]
        + one[start : start + chunk]
        + one[start + 2 * chunk :]
    )
    grafted = one[: start + chunk] + other[start + chunk :]

    for blob in (other, swapped, grafted, one + b"\0", one + one[-chunk:]):
        with pytest.raises(Tampered):
            opened(blob, len(data), b"one")
    with pytest.raises(Tampered):
        opened(one, len(data), b"one", Secret.new())
    with pytest.raises(Tampered):
        opened(one, len(data) + 5_000, b"one")
    assert opened(one, len(data), b"one") == data


def test_other_version_is_told():
    with pytest.raises(UnknownVersion):
        opened(b"\x02" + sealed(b"x")[1:], 1)
