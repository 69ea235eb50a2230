"""PADMÉ sizes: bounded, few, and undone without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weerbaar.vault.core import Tampered
from weerbaar.vault.padding import FLOOR, pad, padded_size, unpad


@given(st.binary(max_size=5000))
def test_padding_comes_off(data):
    padded = pad(data)

    assert unpad(padded) == data
    assert len(padded) == padded_size(len(data) + 1)


@given(st.integers(1, 1 << 40))
def test_padding_adds_at_most_twelve_percent_above_the_floor(size):
    padded = padded_size(size)

    assert padded >= max(size, FLOOR)
    assert padded == FLOOR or padded <= size * 1.12
    assert padded_size(padded) == padded


@given(st.integers(1, 1 << 30), st.integers(0, 1 << 20))
def test_padding_keeps_order(size, more):
    assert padded_size(size) <= padded_size(size + more)


def test_short_answers_are_all_alike():
    assert {len(pad(bytes(size))) for size in range(FLOOR)} == {FLOOR}


def test_a_megabyte_of_lengths_gives_few_sizes():
    assert len({padded_size(size) for size in range(1, 1 << 20, 7)}) < 300


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        bytes(256),
        b"words",
        b"words\x80",
        b"words\x80" + bytes(249),
        b"words\x80" + bytes(251),
        b"words\x81" + bytes(250),
    ],
)
def test_other_padding_is_refused(padded):
    with pytest.raises(Tampered):
        unpad(padded)
