"""The root in shares on paper (SLIP-39): any k of n give it back, fewer give nothing.

The words are English: the list is part of the standard, so that the shares outlive this
software. The first four letters tell every word apart, and a checksum finds mistakes.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share as Mnemonic
from shamir_mnemonic.wordlist import WORDLIST

from weerbaar.vault.core import Secret, VaultError
from weerbaar.vault.receipt import PREFIX, UnreadableWord

# What SLIP-39 makes of 32 bytes.
SHARE_WORDS = 33
# Past this it is no share that somebody mistyped.
_MOST_WORDS, _LONGEST = 60, 24
_BY_PREFIX = {word[:PREFIX]: word for word in WORDLIST}


class UnreadableShare(VaultError):
    """What was typed is no share: `words` are in no list, `count` were typed.

    With no such words and the right count, the checksum does not fit. It holds typed
    words: show it to who typed them, never log it.
    """

    def __init__(self, words: list[UnreadableWord], count: int) -> None:
        super().__init__("This is no share.")
        self.words = words
        self.count = count


class SharesDiffer(VaultError):
    """These shares are too few, or not of one Secret."""


@dataclass(frozen=True)
class Share:
    """One share: its words, its number from 1, how many are needed, and of what set."""

    words: tuple[str, ...]
    number: int
    threshold: int
    set: int

    def __repr__(self) -> str:
        return f"<Share {self.number}>"

    @property
    def text(self) -> str:
        return " ".join(self.words)


def split_secret(secret: Secret, *, threshold: int, many: int) -> list[Share]:
    """So many shares of a Secret, of which `threshold` give it back."""
    made = generate_mnemonics(1, [(threshold, many)], secret.to_bytes())
    return [read_share(words) for words in made[0]]


def read_share(typed: str) -> Share:
    """The share that somebody typed; four letters of a word are enough.

    Raises UnreadableShare.
    """
    parts = re.findall("[a-z]+", typed.casefold())
    if len(parts) > _MOST_WORDS:
        raise UnreadableShare([], len(parts))
    found = [read_share_word(part) for part in parts]
    good = tuple(word for word in found if word)
    if len(good) != len(parts) or len(parts) != SHARE_WORDS:
        raise UnreadableShare(list(_unread(parts, found)), len(parts))
    try:
        read = Mnemonic.from_mnemonic(" ".join(good))
    except MnemonicError as error:
        raise UnreadableShare([], len(parts)) from error
    return Share(good, read.index + 1, read.member_threshold, read.identifier)


def read_share_word(typed: str) -> str | None:
    """The word of the list that was meant: typed whole, or its first four letters."""
    part = typed.strip().casefold()
    word = _BY_PREFIX.get(part[:PREFIX])
    return word if word and word.startswith(part) and len(part) >= PREFIX else None


def join_shares(shares: Iterable[Share]) -> Secret:
    """The Secret of enough shares, in any order. Raises SharesDiffer."""
    try:
        raw = combine_mnemonics([share.text for share in shares])
    except MnemonicError as error:
        raise SharesDiffer("These shares give nothing.") from error
    return Secret.from_bytes(raw)


def _unread(parts: list[str], found: list[str | None]) -> Iterable[UnreadableWord]:
    for position, (part, word) in enumerate(zip(parts, found, strict=True), start=1):
        if word is None:
            near = difflib.get_close_matches(part[:_LONGEST], WORDLIST, n=3, cutoff=0.6)
            yield UnreadableWord(position, part[:_LONGEST], near)
