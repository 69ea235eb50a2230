"""Receipts: seven Dutch words by which a reporter comes back without an account.

Seven words out of 2,048 are 77 bits, more than can be guessed at. The first four
letters tell every word apart, so a mistyped word is pointed out without any key
derivation.
"""

import difflib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from weerbaar.vault.core import Secret, VaultError
from weerbaar.vault.stretching import RECEIPT_COST, stretch
from weerbaar.vault.suite import derive

WORDS_FILE = Path(__file__).with_name("receipt_words.txt")
WORD_COUNT = 7
PREFIX = 4
TAG_SIZE = 16
MOST_SUGGESTIONS = 3
# Past this, it is not a receipt that somebody mistyped: suggest nothing.
_MOST_WORDS, _LONGEST = 12, 24
# A slip after the fourth letter is read over; more than that is asked about.
_SAME_WORD = 0.75


class UnreadableWord(NamedTuple):
    """A typed word that is in no receipt; positions count from one."""

    position: int
    typed: str
    suggestions: list[str]


class UnreadableReceipt(VaultError):
    """What was typed is no receipt: `words` are not in the list, `count` were typed.

    It holds typed words: show it to who typed them, never log it.
    """

    def __init__(self, words: list[UnreadableWord], count: int) -> None:
        super().__init__("This is no receipt.")
        self.words = words
        self.count = count


@cache
def words() -> tuple[str, ...]:
    """The 2,048 words of receipts."""
    return tuple(WORDS_FILE.read_text(encoding="utf-8").split())


@cache
def _by_prefix() -> Mapping[str, str]:
    return MappingProxyType({word[:PREFIX]: word for word in words()})


def new_receipt() -> str:
    """Seven random words, separated by spaces; to be shown once and never kept."""
    return " ".join(secrets.choice(words()) for _ in range(WORD_COUNT))


def read_receipt(typed: str) -> str:
    """The receipt that somebody typed, in its one spelling. Derives no key.

    Capitals, double spaces, dashes, dots, commas, diacritics and unseen signs do not
    matter, and four letters of a word are enough. Raises UnreadableReceipt with the
    words that are not in the list, or when they are not seven.
    """
    return read_words(typed, WORD_COUNT)


def read_words(typed: str, many: int) -> str:
    """So many words of the list, as `read_receipt` reads seven of them."""
    parts = _parts(typed)
    if len(parts) > _MOST_WORDS:
        raise UnreadableReceipt([], len(parts))
    found = [_word_of(part) for part in parts]
    good = [word for word in found if word]
    if len(good) == len(parts) == many:
        return " ".join(good)
    unread = [
        UnreadableWord(position, part[:_LONGEST], _suggestions(part))
        for position, (part, word) in enumerate(zip(parts, found, strict=True), start=1)
        if word is None
    ]
    raise UnreadableReceipt(unread, len(parts))


def receipt_keys(code: str, *, salt: bytes, pepper: bytes) -> tuple[bytes, Secret]:
    """The lookup tag and the Secret of a receipt: Argon2id (t=2, 19 MiB), then HKDF.

    The tag finds the dialogue's row and opens nothing. The pepper is kept outside the
    database: a dump alone cannot even be guessed at. The salt is the organisation's.
    Raises UnreadableReceipt, ValueError without a salt of 8 bytes and a pepper.
    """
    if not pepper:
        raise ValueError("A receipt needs a pepper.")
    plain = read_receipt(code).encode()
    raw = stretch(plain, salt=salt, cost=RECEIPT_COST, size=64, pepper=pepper)
    tag = derive(raw, "receipt tag", size=TAG_SIZE)
    return tag, Secret.from_bytes(derive(raw, "receipt secret"))


def _parts(typed: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", typed.casefold())
    return re.findall("[a-z]+", "".join(c for c in letters if not _is_mark(c)))


def _is_mark(sign: str) -> bool:
    """Nothing of its own: a diacritic, or what a text carries unseen when it is copied.

    A space without width does part words.
    """
    unseen = unicodedata.category(sign) == "Cf" and sign != "\u200b"
    return unseen or bool(unicodedata.combining(sign))


def _word_of(part: str) -> str | None:
    """The word with the same first four letters, unless another is more like it."""
    word = _by_prefix().get(part[:PREFIX])
    if word is None or word.startswith(part):
        return word
    nearest = difflib.get_close_matches(
        part[:_LONGEST], words(), n=1, cutoff=_SAME_WORD
    )
    return word if nearest == [word] else None


def _suggestions(part: str) -> list[str]:
    near = difflib.get_close_matches(
        part[:_LONGEST], words(), n=MOST_SUGGESTIONS, cutoff=0.6
    )
    if near or len(part) < PREFIX:
        return near
    # Somebody may have typed four letters with one of them wrong.
    prefixes = difflib.get_close_matches(
        part[:PREFIX], _by_prefix(), n=MOST_SUGGESTIONS, cutoff=0.7
    )
    return [_by_prefix()[prefix] for prefix in prefixes]
