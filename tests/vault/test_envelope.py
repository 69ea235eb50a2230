"""Envelopes: a document comes back at its own place, and nowhere else."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.damage import damaged
from weerbaar.vault.core import Secret, Tampered, VaultError, context
from weerbaar.vault.envelope import (
    open_json,
    open_json_sealed,
    seal_json,
    seal_json_to,
)
from weerbaar.vault.padding import pad

ONE, OTHER = Secret.from_bytes(b"1" * 32), Secret.from_bytes(b"2" * 32)
CASE = uuid.UUID(int=7)
PLACE = ("case", CASE, "header", 2)
WORDS = {"text": "Hij stond weer voor de deur.", "on": "2026-11-03"}
ENVELOPE = seal_json(ONE, WORDS, place=PLACE)
SEALED = seal_json_to(ONE.public, WORDS, place=PLACE)

documents = st.dictionaries(
    st.text(max_size=8),
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()),
    max_size=5,
)


@given(documents)
@settings(max_examples=60, deadline=None)
def test_document_comes_back(document):
    envelope = seal_json(ONE, document, place=PLACE)
    sealed = seal_json_to(ONE.public, document, place=PLACE)

    assert open_json(ONE, envelope, place=PLACE) == document
    assert open_json_sealed(ONE, sealed, place=PLACE) == document


def test_length_does_not_tell_a_short_answer():
    yes = seal_json(ONE, {"threatened": True}, place=PLACE)
    story = seal_json(ONE, {"threatened": False, "text": "x" * 150}, place=PLACE)

    assert len(yes) == len(story)


@given(damaged(ENVELOPE))
@settings(max_examples=100, deadline=None)
def test_damaged_envelope_is_refused(blob):
    with pytest.raises(VaultError):
        open_json(ONE, blob, place=PLACE)


@given(damaged(SEALED))
@settings(max_examples=100, deadline=None)
def test_damaged_sealed_document_is_refused(blob):
    with pytest.raises(VaultError):
        open_json_sealed(ONE, blob, place=PLACE)


@pytest.mark.parametrize(
    "place",
    [
        ("case", CASE, "header", 1),
        ("case", CASE, "report", 2),
        ("case", uuid.UUID(int=8), "header", 2),
        ("case", str(CASE), "header", 2),
        ("statement", CASE, "header", 2),
        ("case", CASE, "header"),
        (),
    ],
)
def test_another_row_section_or_revision_is_refused(place):
    with pytest.raises(Tampered):
        open_json(ONE, ENVELOPE, place=place)
    with pytest.raises(Tampered):
        open_json_sealed(ONE, SEALED, place=place)


def test_another_secret_is_refused():
    with pytest.raises(Tampered):
        open_json(OTHER, ENVELOPE, place=PLACE)
    with pytest.raises(Tampered):
        open_json_sealed(OTHER, SEALED, place=PLACE)


@pytest.mark.parametrize("text", [b"", b"[1]", b'"words"', b"{", b"\xff", b"null"])
def test_what_is_no_document_is_refused(text):
    blob = ONE.encrypt(pad(text), context("envelope", *PLACE))

    with pytest.raises(Tampered):
        open_json(ONE, blob, place=PLACE)


def test_a_number_that_json_does_not_have_is_not_sealed():
    with pytest.raises(ValueError, match="JSON compliant"):
        seal_json(ONE, {"score": float("nan")}, place=PLACE)
