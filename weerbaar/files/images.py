"""Pictures without what they tell besides the picture: place, device, time, author.

Pillow reads the picture and writes it anew; whatever stood beside the pixels is not
taken along, and neither is a second picture hidden behind the first. PNG and lossless
WebP keep every pixel; a JPEG is written with its own tables: hardly one changes.
"""

from typing import Any, BinaryIO

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from weerbaar.files.refused import Bomb, Unreadable

# How many pixels all frames have together: 80 megapixels take 320 MB, one at a time.
MOST_PIXELS = 80_000_000
MOST_FRAMES = 500
_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
PICTURES = frozenset(_FORMATS)
_BESIDE = ("xmp", "photoshop", "comment", "XML:com.adobe.xmp")
# Those that have a word of their own, which way is up, and where the others stand.
_KNOWN = {0x010F, 0x0110, 0x0132, 0x0112, 0x8769, 0x8825}
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
# What belongs to the picture: its colours, what shines through, how it moves.
_KEPT = ("icc_profile", "transparency", "background", "loop", "disposal")


def clean_picture(
    source: BinaryIO, sink: BinaryIO, media_type: str, most: int = MOST_PIXELS
) -> list[str]:
    """Write the picture without the rest; gives what was found and left out.

    Raises Bomb before a picture that is too large is opened, and Unreadable.
    """
    form = _FORMATS[media_type]
    source.seek(0)
    try:
        with Image.open(source, formats=[form]) as picture:
            width, height = picture.size
            frames = getattr(picture, "n_frames", 1)
            if frames > MOST_FRAMES or width * height * frames > most:
                raise Bomb
            found = _told(picture)
            _write(picture, sink, form, frames)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Bomb from error
    except _BROKEN as error:
        raise Unreadable from error
    return found


def _told(picture: Image.Image) -> list[str]:
    """What stands beside the pixels, in words of ours; never what it says."""
    exif = picture.getexif()
    beside = {
        "place": bool(exif.get_ifd(0x8825)),
        "device": bool(exif.get(0x010F) or exif.get(0x0110)),
        "time": bool(exif.get(0x0132) or exif.get_ifd(0x8769).get(0x9003)),
        "other": bool(set(exif) - _KNOWN)
        or any(name in picture.info for name in _BESIDE)
        or bool(getattr(picture, "text", None)),
    }
    return [name for name, there in beside.items() if there]


def _write(picture: Image.Image, sink: BinaryIO, form: str, frames: int) -> None:
    if frames > 1 and form != "JPEG":
        _write_frames(picture, sink, form)
        return
    options: dict[str, Any] = {}
    if form == "JPEG":
        options = _tables(picture)
    elif form == "WEBP":
        options = {"lossless": True, "exact": True}
    # Which way is up stood beside the pixels: turn them, so that it is not lost.
    ImageOps.exif_transpose(picture, in_place=True)
    _strip(picture)
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    picture.save(sink, form, **options)


def _strip(picture: Image.Image) -> None:
    picture.info = {k: v for k, v in picture.info.items() if k in _KEPT}
    picture.getexif().clear()


def _tables(picture: Any) -> dict[str, Any]:
    """The tables that a JPEG was made with; the turned picture does not know them."""
    from PIL.JpegImagePlugin import get_sampling

    sampling = get_sampling(picture)
    tables: dict[str, Any] = {"qtables": picture.quantization}
    return tables | ({"subsampling": sampling} if sampling >= 0 else {})


def _write_frames(picture: Image.Image, sink: BinaryIO, form: str) -> None:
    """A moving picture keeps its frames, their times and how often it turns round."""
    moving = ImageSequence.Iterator(picture)
    times = [frame.info.get("duration", 100) for frame in moving]
    options: dict[str, Any] = {"loop": picture.info.get("loop", 0), "duration": times}
    if form == "WEBP":
        options["lossless"] = True
    pieces = [frame.copy() for frame in ImageSequence.Iterator(picture)]
    for piece in pieces:
        _strip(piece)
    pieces[0].save(sink, form, save_all=True, append_images=pieces[1:], **options)
