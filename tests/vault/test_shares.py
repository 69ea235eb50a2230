"""The root in shares: any k of n give it back, fewer nothing; mistakes are found."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from weerbaar.vault.core import Secret
from weerbaar.vault.shares import (
    SHARE_WORDS,
    SharesDiffer,
    UnreadableShare,
    join_shares,
    read_share,
    read_share_word,
    split_secret,
)

ROOT = Secret.from_bytes(bytes(range(32)))
SHARES = split_secret(ROOT, threshold=3, many=5)
# A share of 256 bits that SLIP-39 publishes, under the passphrase TREZOR.
PUBLISHED = (
    "theory painting academic academic armed sweater year military elder discuss acne "
    "wildlife boring employer fused large satoshi bundle carbon diagnose anatomy "
    "hamster leaves tracks paces beyond phantom capital marvel lips brave detect luck"
)
GIVES = "989baf9dcaad5b10ca33dfd8cc75e42477025dce88ae83e75a230086a0e00e92"


@pytest.mark.parametrize("chosen", list(itertools.permutations(range(5), 3))[::7])
def test_any_three_of_five_give_the_root_in_any_order(chosen) -> None:
    joined = join_shares(SHARES[number] for number in chosen)

    assert joined.public == ROOT.public


@pytest.mark.parametrize("many", [0, 1, 2])
def test_fewer_give_nothing(many) -> None:
    with pytest.raises(SharesDiffer):
        join_shares(SHARES[:many])


def test_shares_of_another_set_give_nothing() -> None:
    others = split_secret(ROOT, threshold=3, many=5)

    with pytest.raises(SharesDiffer):
        join_shares([*SHARES[:2], others[2]])


def test_share_tells_its_number_and_how_many_are_needed() -> None:
    assert [share.number for share in SHARES] == [1, 2, 3, 4, 5]
    assert {share.threshold for share in SHARES} == {3}
    assert {len(share.words) for share in SHARES} == {SHARE_WORDS}
    assert len({share.set for share in SHARES}) == 1


def test_published_share_is_read() -> None:
    read = read_share(PUBLISHED)

    assert (read.number, read.threshold) == (1, 1)
    assert combine_mnemonics([read.text], b"TREZOR").hex() == GIVES


def test_four_letters_capitals_numbers_and_commas_are_read() -> None:
    share = SHARES[1]
    typed = ",\n".join(
        f"{n}. {word[:4].upper()}" for n, word in enumerate(share.words, start=1)
    )

    assert read_share(typed) == share


def test_unknown_words_are_pointed_out_by_place() -> None:
    words = list(SHARES[0].words)
    words[4] = "bicycle"
    with pytest.raises(UnreadableShare) as told:
        read_share(" ".join(words))

    assert [(w.position, w.typed) for w in told.value.words] == [(5, "bicycle")]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, SHARE_WORDS - 1), st.integers(0, 4), st.data())
def test_one_word_that_is_another_is_found_by_the_checksum(place, number, data) -> None:
    words = list(SHARES[number].words)
    words[place] = data.draw(st.sampled_from(WORDLIST))
    if tuple(words) == SHARES[number].words:
        return
    with pytest.raises(UnreadableShare) as told:
        read_share(" ".join(words))

    assert (told.value.words, told.value.count) == ([], SHARE_WORDS)


def test_two_swapped_words_are_found() -> None:
    words = list(SHARES[0].words)
    words[10], words[11] = words[11], words[10]

    with pytest.raises(UnreadableShare):
        read_share(" ".join(words))


@pytest.mark.parametrize("typed", ["", "academic", "academic " * 32, "zzz " * 500])
def test_other_text_is_no_share(typed) -> None:
    with pytest.raises(UnreadableShare):
        read_share(typed)


def test_word_is_known_by_four_letters_not_by_three() -> None:
    assert read_share_word(" ACAD ") == "academic"
    assert read_share_word("aca") is None
    assert read_share_word("academics") is None


def test_share_shows_none_of_its_words() -> None:
    assert repr(SHARES[0]) == "<Share 1>"
