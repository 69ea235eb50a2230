"""Which sorts of file are cleaned, and the one turn at it.

Pictures and documents are; sound, film, mail and plain text stay as they are, and the
page says so. One at a time: an opened picture takes hundreds of megabytes.
"""

import threading
from typing import BinaryIO

from weerbaar.files import kinds
from weerbaar.files.documents import clean_office, clean_pdf
from weerbaar.files.images import PICTURES, clean_picture
from weerbaar.files.kinds import Kind

OFFICE = (kinds.DOCX, kinds.XLSX, kinds.PPTX, kinds.ODT, kinds.ODS, kinds.ODP)
_turn = threading.Lock()


def is_cleaned(kind: Kind) -> bool:
    """Is what this sort of file tells besides its content taken out?"""
    return kind == kinds.PDF or kind in OFFICE or kind.media_type in PICTURES


def clean(kind: Kind, source: BinaryIO, sink: BinaryIO) -> list[str]:
    """Write the file without what it tells besides; gives what was taken out.

    The words are `place`, `device`, `time` and `other`. Raises Bomb, Unreadable.
    """
    with _turn:
        if kind.media_type in PICTURES:
            return clean_picture(source, sink, kind.media_type)
        if kind == kinds.PDF:
            return clean_pdf(source, sink)
        return clean_office(source, sink)
