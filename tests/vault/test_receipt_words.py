"""The receipt words: told apart by four letters and by ear, and friendly to read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LIST = Path(__file__).parents[2] / "weerbaar" / "vault" / "receipt_words.txt"
WORDS = LIST.read_text("ascii").splitlines()

# No word may begin with one of these.
LOADED_BEGINNINGS = """
aangif aanrand aanslag aanval aids alcohol angst arrest begraf beul bewijs bisschop
blank blind bloed bloot boef bom bordeel christ coca corona crisis dader dief dolk
dood dreig drug duivel executi fakkel fascis galg gevaar geweer geweld gif godd goden
graf granaat haat heks hels hemel heroi hoer homo horror islam jood junk kanker kapot
kerk kist klacht kogel kruisig kut lijk lul maffia melding mes misdaad moor moslim
nazi neger neuk nood oorlog paniek partij pijn pistool poep politi porno raket rassen
reet rouw ruzie schande schiet schot schuld seks slaaf slaan slacht sloop sperma spook
sterf sterv stierf straf tering terror tiet traan tumor turk verdacht verkracht vernie
vijand virus vloek vlucht vrees vuist vuur waanzin wapen weduw woede wond wraak wreed
wurg zelfdod zelfmoord ziek zigeun zwaard zwart
"""

# Nor contain one of these anywhere.
LOADED_ANYWHERE = """
aanslag angst bloed bommen crimin dood dreig fascis folter geweer geweld haat kanker
kogel maffia marte mishand moord oorlog pistool politie racis seks slaaf terror
verkracht virus wapen wraak zelfdod
"""

# Spellings that sound alike, or that people mix up when they copy from paper.
SAME_SOUND = [
    ("ij", "ei"),
    ("y", "ei"),
    ("au", "ou"),
    ("c", "k"),
    ("z", "s"),
    ("v", "f"),
]


def simplified(word: str) -> str:
    """One spelling for all that sound alike; doubles and final d are evened out."""
    for written, heard in SAME_SOUND:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1", r"\1", word)
    return re.sub(r"d$", "t", word)


def one_slip_away(word: str) -> Iterator[str]:
    """Every spelling with a letter left out, changed, added or moved one on."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (
                before + letter + after[1:] for letter in letters if letter != after[0]
            )
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]


def test_list_has_2048_sorted_words() -> None:
    assert len(WORDS) == 2048
    assert sorted(set(WORDS)) == WORDS


def test_words_are_four_to_eight_plain_letters() -> None:
    assert [word for word in WORDS if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_first_four_letters_identify_a_word() -> None:
    assert len({word[:4] for word in WORDS}) == len(WORDS)


def test_no_two_words_sound_alike() -> None:
    assert len({simplified(word) for word in WORDS}) == len(WORDS)


def test_one_slip_of_the_pen_never_yields_another_word() -> None:
    known = set(WORDS)
    assert [
        (w, slip) for w in WORDS for slip in one_slip_away(w) if slip in known
    ] == []


@pytest.mark.parametrize("stem", LOADED_BEGINNINGS.split())
def test_no_word_begins_with_a_loaded_stem(stem: str) -> None:
    assert [word for word in WORDS if word.startswith(stem)] == []


@pytest.mark.parametrize("stem", LOADED_ANYWHERE.split())
def test_no_word_contains_a_loaded_stem(stem: str) -> None:
    assert [word for word in WORDS if stem in word] == []
