"""Receipts: sloppy typing is read, a typo is pointed out, others open nothing."""

import random
import string
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerbaar.vault.receipt import (
    WORD_COUNT,
    UnreadableReceipt,
    new_receipt,
    read_receipt,
    receipt_keys,
    words,
)

SALT, PEPPER = b"salt of a house!", b"pepper in a file"

receipts = st.lists(st.sampled_from(words()), min_size=WORD_COUNT, max_size=WORD_COUNT)
separators = st.text(" \t\n-–.,;/_·0123456789'\"\u200b", min_size=1, max_size=4)
marks = st.sampled_from(["", "", "", "\u0308", "\u0301", "\u0300", "\u0302"])
# A soft hyphen, joiners, marks of direction, a byte order mark: carried along unseen.
unseen = st.sampled_from(["", "", "", "", "\u00ad", "\u200d", "\u200f", "\ufeff"])


@st.composite
def typed(draw: st.DrawFn, word: str) -> str:
    """A word as somebody in a hurry types it."""
    kept = word[: draw(st.integers(4, len(word)))]
    letters = [
        (c.upper() if draw(st.booleans()) else c)
        + (draw(marks) if c in "aeiou" else "")
        + draw(unseen)
        for c in kept
    ]
    form = draw(st.sampled_from(["NFC", "NFD"]))
    return unicodedata.normalize(form, "".join(letters))


@given(st.data(), receipts)
@settings(max_examples=150, deadline=None)
def test_sloppy_typing_is_read(data, receipt):
    parts = [data.draw(typed(word)) for word in receipt]
    between = [data.draw(separators) for _ in range(WORD_COUNT - 1)]
    text = "".join(a + b for a, b in zip(parts, [*between, " . "], strict=True))

    assert read_receipt(text) == " ".join(receipt)


def test_new_receipts_read_as_themselves_and_differ():
    fresh = [new_receipt() for _ in range(200)]

    assert [read_receipt(code) for code in fresh] == fresh
    assert len(set(fresh)) == len(fresh)
    assert all(len(code.split()) == WORD_COUNT for code in fresh)


def test_typos_are_pointed_out_by_position():
    good = list(words()[:: len(words()) // WORD_COUNT][:WORD_COUNT])
    text = [*good[:2], "qqqqq", *good[3:6], "xz"]

    with pytest.raises(UnreadableReceipt) as refusal:
        read_receipt(" ".join(text))

    assert [(w.position, w.typed) for w in refusal.value.words] == [
        (3, "qqqqq"),
        (7, "xz"),
    ]
    assert refusal.value.count == WORD_COUNT


def test_one_slip_is_read_over_or_the_word_is_suggested():
    pick = random.Random(2026)
    others = list(words()[:6])
    another, missed = [], []
    for word in pick.sample(words(), 150):
        at = pick.randrange(len(word))
        slip = word[:at] + pick.choice(string.ascii_lowercase) + word[at + 1 :]
        try:
            read = read_receipt(" ".join([slip, *others])).split()[0]
            if read != word:
                another.append((slip, read))
        except UnreadableReceipt as refusal:
            (unread,) = refusal.words
            assert unread.position == 1
            assert len(unread.suggestions) <= 3
            if word not in unread.suggestions:
                missed.append((slip, word))
    # Short words have more neighbours than three; four letters may begin another word.
    assert len(another) <= 4
    assert len(missed) <= 4


def test_a_slip_that_looks_like_another_word_is_asked_about():
    assert {"aaien", "waaier", "apparaat", "rapport"} <= set(words())

    for slip, meant in (("waaien", "aaien"), ("rapparaat", "apparaat")):
        with pytest.raises(UnreadableReceipt) as refusal:
            read_receipt(" ".join([slip, *words()[:6]]))
        assert refusal.value.words[0].suggestions[0] == meant


@pytest.mark.parametrize("count", [0, 1, 6, 8, 12, 13, 2048])
def test_not_seven_words_is_no_receipt(count):
    with pytest.raises(UnreadableReceipt) as refusal:
        read_receipt(" ".join(words()[:count]))

    assert refusal.value.count == count
    assert refusal.value.words == []


def test_a_flood_of_words_takes_no_time():
    began = time.process_time()
    with pytest.raises(UnreadableReceipt):
        read_receipt(f"{words()[0]}qq " * 5000)

    assert time.process_time() - began < 0.5


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_other_text_is_refused_and_nothing_else_goes_wrong(text):
    with pytest.raises(UnreadableReceipt) as refusal:
        read_receipt(text)

    assert all(len(word.suggestions) <= 3 for word in refusal.value.words)


def test_refusal_does_not_repeat_the_words():
    with pytest.raises(UnreadableReceipt) as refusal:
        read_receipt("een geheim woord")

    assert "geheim" not in f"{refusal.value} {refusal.value!r}"


def test_receipt_gives_one_tag_and_secret():
    code = " ".join(words()[100:107])
    tag, secret = receipt_keys(code, salt=SALT, pepper=PEPPER)
    again, same = receipt_keys(code.upper(), salt=SALT, pepper=PEPPER)

    assert (tag, secret.to_bytes()) == (again, same.to_bytes())
    assert len(tag) == 16
    assert tag not in secret.to_bytes()


@pytest.mark.parametrize(
    ("code", "salt", "pepper"),
    [
        (" ".join(words()[101:108]), SALT, PEPPER),
        (" ".join(reversed(words()[100:107])), SALT, PEPPER),
        (" ".join(words()[100:107]), b"salt of another!", PEPPER),
        (" ".join(words()[100:107]), SALT, b"another pepper"),
    ],
    ids=["words", "order", "salt", "pepper"],
)
def test_another_receipt_salt_or_pepper_gives_another_tag(code, salt, pepper):
    mine, secret = receipt_keys(" ".join(words()[100:107]), salt=SALT, pepper=PEPPER)
    tag, other = receipt_keys(code, salt=salt, pepper=pepper)

    assert tag != mine
    assert other.to_bytes() != secret.to_bytes()


def test_receipt_without_pepper_or_salt_is_refused():
    code = new_receipt()
    with pytest.raises(ValueError, match="pepper"):
        receipt_keys(code, salt=SALT, pepper=b"")
    with pytest.raises(ValueError, match="salt"):
        receipt_keys(code, salt=b"", pepper=PEPPER)
    with pytest.raises(UnreadableReceipt):
        receipt_keys("geen bonnetje", salt=SALT, pepper=PEPPER)
