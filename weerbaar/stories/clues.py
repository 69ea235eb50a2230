"""Words in a story that may make somebody recognisable, to look at once more.

Only a help for who writes and who edits: it finds what looks like a name, a day, an
amount, an address or a quotation, and knows nothing of what the words mean.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_DAY = re.compile(
    r"\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari"
    r"|maart|april|mei|juni|juli|augustus|september|oktober|november|december|lente"
    r"|zomer|herfst|winter|kerst|pasen|pinksteren|carnaval|koningsdag)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d[\d.,:/-]*")
_QUOTE = re.compile(r"[\"“„«‘]([^\"”»’]{3,}\s[^\"”»’]+)[\"”»’]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
# A capital that does not begin a sentence, with the capitals that follow it.
_NAME = re.compile(
    r"(?<=[\w,;)] )(?:['’][st][ -])?[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*"
)
_NO_NAME = frozenset({"Ik", "I", "U", "VPT"})


class ClueKind(StrEnum):
    """Why something is pointed at."""

    KNOWN = "known"
    NAME = "name"
    DAY = "day"
    NUMBER = "number"
    QUOTE = "quote"
    ADDRESS = "address"


@dataclass(frozen=True)
class Clue:
    """Words that stand in the story, and what they look like."""

    kind: ClueKind
    words: str


def clues(text: str, *, known: Iterable[str] = ()) -> list[Clue]:
    """What may give somebody away, each once; `known` are names of the case itself."""
    found = [Clue(ClueKind.KNOWN, name) for name in known if _stands(name, text)]
    names = [n for n in _NAME.findall(text) if n not in _NO_NAME]
    for kind, words in (
        (ClueKind.NAME, names),
        (ClueKind.DAY, _DAY.findall(text)),
        (ClueKind.NUMBER, _NUMBER.findall(text)),
        (ClueKind.QUOTE, _QUOTE.findall(text)),
        (ClueKind.ADDRESS, _ADDRESS.findall(text)),
    ):
        found += [Clue(kind, one.strip(" .,")) for one in words]
    seen = {clue.words for clue in found if clue.kind == ClueKind.KNOWN}
    kept = [c for c in found if c.kind == ClueKind.KNOWN or c.words not in seen]
    return list(dict.fromkeys(kept))


def _stands(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", text, re.I) is not None
