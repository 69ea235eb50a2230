"""Files that the reporters of the demo send along: drawn here, nobody's."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from PIL import Image, ImageDraw, ImageFont

from cases import services as cases
from cases.services import Piece
from weerbaar.vault.core import Secret
from weerbaar.vault.storage import NewFile
from weerbaar.vault.upload import SealedUpload
from weerbaar.web.papers import FONTS

FONT = FONTS / "fira-sans-400.ttf"
INK, PAPER, BUBBLE = "#1d2530", "#f4f1ea", "#dfe8f1"
MESSAGES = (
    "Jij hebt vóór gestemd. Dat onthouden we.",
    "We weten waar je kinderen naar school gaan.",
    "Volgende keer staan we er.",
)
CARD = ("Met dank voor uw aandacht", "voor ons bouwplan.", "Tot ziens in de commissie!")
MAIL = """From: E. de Wit <bezwaar@boos.example>
To: griffie@lindeveen.example
Subject: Zesde keer
Date: Mon, 11 May 2026 23:41:00 +0200
Message-ID: <6@boos.example>

Weer geen antwoord. Jullie zijn allemaal hetzelfde. Ik kom wel een keer langs bij u
thuis, dan praat u wel.
"""


def _text(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def _messages() -> bytes:
    """A picture of a screen with private messages."""
    screen = Image.new("RGB", (720, 900), PAPER)
    pen = ImageDraw.Draw(screen)
    pen.text((40, 40), "Privéberichten", INK, _text(34))
    for number, said in enumerate(MESSAGES):
        top = 130 + number * 150
        pen.rounded_rectangle((40, top, 660, top + 110), 20, BUBBLE)
        pen.text((64, top + 22), said, INK, _text(26))
        pen.text((64, top + 66), f"23.{14 + number * 7}", "#5a6672", _text(20))
    made = io.BytesIO()
    screen.save(made, "PNG")
    return made.getvalue()


def _card() -> bytes:
    """A photo of a card, which tells where it was taken: at somebody's desk."""
    photo = Image.effect_noise((1200, 900), 12).convert("RGB")
    pen = ImageDraw.Draw(photo)
    pen.rectangle((240, 220, 960, 640), "#fffdf7", "#b9ae97", 3)
    for number, line in enumerate(CARD):
        pen.text((300, 300 + number * 80), line, INK, _text(44))
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Telefoon", "2026:05:01 09:12:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 6.0, 1.0)
    place[3], place[4] = "E", (5.0, 12.0, 3.0)
    made = io.BytesIO()
    photo.save(made, "JPEG", exif=exif)
    return made.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "schermafdruk berichten.png": _messages,
    "kaartje bij de mand.jpg": _card,
    "zesde keer.eml": MAIL.encode,
}


def taken_in(name: str, *, now: datetime) -> Piece:
    """A file of the demo as if a browser had just sent it, with the untouched one."""
    content, secret, blob = FILES[name](), Secret.new(), uuid4()
    cases.note_loose(blob)
    file = NewFile(blob, secret)
    file.write(content)
    file.finish()
    upload = SealedUpload(
        blob=blob,
        secret=secret,
        name=name,
        size=file.writer.size,
        stored=file.writer.stored,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return cases.take_in(upload, keep_original=True, now=now)
