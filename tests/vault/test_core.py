"""Secrets, public halves and places: what fits opens, anything else is refused."""

import copy
import pickle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.vault.damage import damaged
from weerbaar.vault.core import (
    PUBLIC_SIZE,
    PublicKey,
    Secret,
    Tampered,
    UnknownVersion,
    VaultError,
    context,
)

ONE, OTHER = Secret.from_bytes(b"1" * 32), Secret.from_bytes(b"2" * 32)
PLACE = context("case", 1, "header", 3)
SEALED = ONE.public.seal(b"geheim" * 20, PLACE)
ENCRYPTED = ONE.encrypt(b"geheim" * 20, PLACE)

parts = st.lists(
    st.one_of(st.text(), st.integers(), st.binary(), st.uuids()), max_size=6
)


def spelled(place: list[object]) -> list[tuple[type, object]]:
    return [(type(part), part) for part in place]


@given(parts, parts)
@example(["a", "b"], ["ab"])
@example(["1"], [1])
@example([b"a"], ["a"])
@example([0], [])
@example([-1], [255])
@example(["\ud800"], ["?"])
def test_context_is_injective(one, other):
    assert (context(*one) == context(*other)) == (spelled(one) == spelled(other))


@pytest.mark.parametrize("part", [None, 1.5, True, ("a",), ["a"], object()])
def test_context_refuses_other_types(part):
    with pytest.raises(TypeError):
        context("case", part)


@given(st.binary(max_size=70_000), parts)
@example(b"", [])
@example(b"x" * 16384, ["chunk"])
@example(b"x" * 16385, ["chunk and one"])
@example(b"x" * (1 << 20), ["a megabyte"])
@settings(max_examples=40, deadline=None)
def test_what_is_sealed_or_encrypted_comes_back(plaintext, place):
    ctx = context(*place)

    assert ONE.open(ONE.public.seal(plaintext, ctx), ctx) == plaintext
    assert ONE.decrypt(ONE.encrypt(plaintext, ctx), ctx) == plaintext


def test_the_same_words_never_look_the_same():
    assert ONE.public.seal(b"a", PLACE) != ONE.public.seal(b"a", PLACE)
    assert ONE.encrypt(b"a", PLACE) != ONE.encrypt(b"a", PLACE)


@given(damaged(SEALED))
@settings(max_examples=200, deadline=None)
def test_damaged_seal_is_refused(blob):
    with pytest.raises(VaultError):
        ONE.open(blob, PLACE)


@given(damaged(ENCRYPTED))
@settings(max_examples=200, deadline=None)
def test_damaged_encryption_is_refused(blob):
    with pytest.raises(VaultError):
        ONE.decrypt(blob, PLACE)


@pytest.mark.parametrize("size", [1, 57, 16384, 16440, 16457])
def test_data_cut_at_a_chunk_is_refused(size):
    whole = ONE.encrypt(b"x" * 40_000, PLACE)

    with pytest.raises(Tampered):
        ONE.decrypt(whole[:size], PLACE)


@given(parts.map(lambda place: context(*place)).filter(lambda ctx: ctx != PLACE))
@settings(max_examples=50, deadline=None)
def test_another_place_is_refused(elsewhere):
    with pytest.raises(Tampered):
        ONE.open(SEALED, elsewhere)
    with pytest.raises(Tampered):
        ONE.decrypt(ENCRYPTED, elsewhere)


def test_another_secret_is_refused():
    with pytest.raises(Tampered):
        OTHER.open(SEALED, PLACE)
    with pytest.raises(Tampered):
        OTHER.decrypt(ENCRYPTED, PLACE)


def test_seal_and_encryption_are_not_each_other():
    with pytest.raises(Tampered):
        ONE.decrypt(SEALED, PLACE)
    with pytest.raises(Tampered):
        ONE.open(ENCRYPTED, PLACE)


@pytest.mark.parametrize("version", [0, 2, 255])
def test_unknown_version_is_told_apart(version):
    for read, blob in ((ONE.open, SEALED), (ONE.decrypt, ENCRYPTED)):
        with pytest.raises(UnknownVersion):
            read(bytes([version]) + blob[1:], PLACE)


def test_signature_fits_its_message_and_signer():
    signature = ONE.sign(b"message")

    ONE.public.verify(signature, b"message")
    for public, message in ((OTHER.public, b"message"), (ONE.public, b"other")):
        with pytest.raises(Tampered):
            public.verify(signature, message)
    with pytest.raises(Tampered):
        ONE.public.verify(signature[:-1], b"message")


def test_public_half_is_the_secrets_own():
    again = Secret.from_bytes(ONE.to_bytes())

    assert again.public == ONE.public
    assert again.public.id == ONE.public.id != OTHER.public.id
    assert len(ONE.public.raw) == PUBLIC_SIZE
    assert again.check == ONE.check != OTHER.check
    assert ONE.belongs_to(again.public)
    assert not ONE.belongs_to(OTHER.public)


def test_new_secrets_differ():
    assert len({Secret.new().to_bytes() for _ in range(50)}) == 50


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_other_sizes_are_no_secret(size):
    with pytest.raises(Tampered):
        Secret.from_bytes(bytes(size))


@given(st.binary(max_size=1300).filter(lambda raw: len(raw) != PUBLIC_SIZE))
@settings(max_examples=20)
def test_other_sizes_are_no_public_key(raw):
    with pytest.raises(Tampered):
        PublicKey(raw)


@pytest.mark.parametrize(
    "raw",
    [b"\xff" * PUBLIC_SIZE, ONE.public.raw[:1184] + bytes(64)],
    ids=["no ML-KEM key", "a low-order point"],
)
def test_nothing_is_sealed_to_an_unusable_public_half(raw):
    with pytest.raises(Tampered):
        PublicKey(raw).seal(b"words", PLACE)


def test_secret_does_not_show_itself():
    raw = ONE.to_bytes()
    shown = f"{ONE} {ONE!r} {[ONE]} {ONE.public!r}"

    assert raw.hex() not in shown
    assert raw.decode() not in shown
    assert not hasattr(ONE, "__dict__")


@pytest.mark.parametrize("copying", [pickle.dumps, copy.copy, copy.deepcopy])
def test_secret_refuses_to_be_copied(copying):
    with pytest.raises(TypeError):
        copying(ONE)
