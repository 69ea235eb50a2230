"""The paper of a share: a tagged PDF (PDF/UA-1), made in memory with our own fonts."""

from datetime import date
from pathlib import Path

import typst
from django.utils import formats, translation
from django.views.decorators.debug import sensitive_variables

from weerbaar.custody.services import InHand

HERE = Path(__file__).resolve().parent
LAYOUT = HERE / "paper.typ"
FONTS = HERE / "fonts"


@sensitive_variables()
def share_paper(organisation: str, turn: InHand, today: date) -> bytes:
    """One page for one holder, in Dutch; nothing is fetched and nothing is written."""
    with translation.override("nl"):
        day = formats.date_format(today, "j F Y")
    told = {
        "organisation": organisation,
        "number": str(turn.number),
        "many": str(turn.many),
        "threshold": str(turn.threshold),
        "name": turn.holder.name,
        "duty": turn.holder.duty,
        "day": day,
        "words": " ".join(turn.words),
    }
    made: bytes = typst.compile(
        LAYOUT,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=told,
    )
    return made
