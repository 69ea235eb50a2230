"""The paper of a share: a tagged PDF (PDF/UA-1), made in memory with our own fonts."""

from datetime import date
from pathlib import Path

from django.utils import formats, translation
from django.views.decorators.debug import sensitive_variables

from weerbaar.custody.services import InHand
from weerbaar.web.papers import paper

LAYOUT = Path(__file__).resolve().parent / "paper.typ"
# The first sign after Latin Extended-A: Western and Central European names.
LATIN = 0x180


def shown(text: str) -> str:
    """The text with a question mark for what our font has no sign for.

    A sign without a drawing would be no PDF/UA, and so no paper at all.
    """
    return "".join(c if ord(c) < LATIN and c.isprintable() else "?" for c in text)


@sensitive_variables()
def share_paper(organisation: str, turn: InHand, today: date) -> bytes:
    """One page for one holder, in Dutch; nothing is fetched and nothing is written."""
    with translation.override("nl"):
        day = formats.date_format(today, "j F Y")
    told = {
        "organisation": shown(organisation),
        "number": str(turn.number),
        "many": str(turn.many),
        "threshold": str(turn.threshold),
        "name": shown(turn.holder.name),
        "duty": shown(turn.holder.duty),
        "day": day,
        "words": " ".join(turn.words),
    }
    return paper(LAYOUT, told)
