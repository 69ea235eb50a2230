"""Files as people have them: a photo that tells where it was made, a mail, a sound."""

import hashlib
import io
import wave
import zipfile
from typing import Any
from uuid import uuid4

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.services import note_loose
from weerbaar.vault.core import Secret
from weerbaar.vault.storage import NewFile
from weerbaar.vault.upload import SealedUpload

# Words that stand nowhere else: in a name, in a body, in what a file tells besides.
NAME = "kwikstaartfoto.jpg"
WORDS = "kwikstaartbrief"
MAKER = "Kwikstaart Camera 7"
PLACE = (52.0, 5.0, 41.28)


def photo(
    size: tuple[int, int] = (640, 480), *, turned: bool = False, maker: str = MAKER
) -> bytes:
    """A JPEG of a telephone, with where, when and with what it was made."""
    exif = Image.Exif()
    exif[0x010F] = maker
    exif[0x0132] = "2026:05:12 08:15:00"
    if turned:
        exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", PLACE, "E", PLACE
    made = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, "JPEG", exif=exif)
    return made.getvalue()


def place_in(picture: bytes) -> Any:
    """Where a picture says that it was made; None when it does not say."""
    return Image.open(io.BytesIO(picture)).getexif().get_ifd(0x8825).get(2)


def letter() -> bytes:
    """A PDF with the name of its maker."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = MAKER
    with pdf.open_metadata() as described:
        described["dc:creator"] = [MAKER]
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def document(picture: bytes = b"") -> bytes:
    """A Word file with the name of its maker, and perhaps a picture."""
    made = io.BytesIO()
    core = (
        '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.'
        'openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://'
        f'purl.org/dc/elements/1.1/"><dc:creator>{MAKER}</dc:creator>'
        "</cp:coreProperties>"
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        pack.writestr("docProps/core.xml", core)
        pack.writestr("word/document.xml", f"<w>{WORDS}</w>")
        if picture:
            pack.writestr("word/media/image1.jpeg", picture)
    return made.getvalue()


def mail() -> bytes:
    """A mail as a mail program saves it."""
    return (
        "From: onbekend@boos.example\r\nTo: raadslid@lindeveen.example\r\n"
        f"Subject: laatste keer\r\nMessage-ID: <1@boos.example>\r\n\r\n{WORDS}\r\n"
    ).encode()


def sound(seconds: float = 4.0) -> bytes:
    """A recording."""
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(bytes(range(256)) * int(seconds * 125))
    return made.getvalue()


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as the test client sends it."""
    return SimpleUploadedFile(name, content)


def sealed_upload(name: str, content: bytes) -> SealedUpload:
    """A file as the upload handler leaves it, without a form around it."""
    secret, blob = Secret.new(), uuid4()
    note_loose(blob)
    file = NewFile(blob, secret)
    file.write(content)
    file.finish()
    return SealedUpload(
        blob=blob,
        secret=secret,
        name=name,
        size=file.writer.size,
        stored=file.writer.stored,
        sha256=hashlib.sha256(content).hexdigest(),
    )
