"""The paper of a share: a tagged PDF (PDF/UA-1), made in memory with our own fonts."""

from datetime import date
from pathlib import Path

from django.utils import formats, translation
from django.views.decorators.debug import sensitive_variables

from weerbaar.custody.services import InHand

HERE = Path(__file__).resolve().parent
LAYOUT = HERE / "paper.typ"
FONTS = HERE / "fonts"
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
    # Loaded with the first paper: a compiler that most processes do without.
    import typst

    made: bytes = typst.compile(
        LAYOUT,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=told,
    )
    return made
