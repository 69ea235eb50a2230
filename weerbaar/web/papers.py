"""Papers: tagged PDFs (PDF/UA-1), made in memory with our own fonts."""

from collections.abc import Mapping
from pathlib import Path

from django.views.decorators.debug import sensitive_variables

FONTS = Path(__file__).resolve().parent / "fonts"


@sensitive_variables()
def paper(layout: Path, told: Mapping[str, str]) -> bytes:
    """The paper that a layout makes of what it is told; nothing is fetched or written.

    What is told stays out of error reports. Raises typst's own errors for a sign
    without a drawing, which would be no PDF/UA.
    """
    # Loaded with the first paper: a compiler that most processes do without.
    import typst

    made: bytes = typst.compile(
        layout,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs=dict(told),
    )
    return made
