"""A ZIP of which every byte is accounted for: its files, and nothing between them.

One program reads the directory at the end of a ZIP, another what stands before each
file. Where the two differ, or something lies between, each sees other figures.
"""

import struct
import zipfile
import zlib
from io import BytesIO

# What stands before a file.
LOCAL = struct.Struct("<4sHHHHHIIIHH")
# The earliest that a ZIP can say, which says nothing; and the same as it is written.
NO_TIME, NO_CLOCK, NO_DATE = (1980, 1, 1, 0, 0, 0), 0, 33
# To be read by its owner; nothing else is said of a file.
MODES = {0, 0o600 << 16}
# Bytes of a line of the directory and of its end, without names.
LISTED, END = 46, 22
DEFLATED = -zlib.MAX_WBITS


def plain_files(data: bytes, *, most: int) -> dict[str, bytes]:
    """The files of an archive, by name.

    Raises ValueError for what is no ZIP, a name twice, words or bytes beside the files,
    and more than `most` bytes.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            beside = archive.comment or not all(map(_is_plain, listed))
        names = [info.filename for info in listed]
        if beside or len(set(names)) != len(names):
            raise ValueError("words between the files, or a file twice")
        if sum(info.file_size for info in listed) > most:
            raise ValueError("too large")
        files = _in_order(data, sorted(listed, key=lambda info: info.header_offset))
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError) as error:
        raise ValueError("not a whole archive") from error
    return {name: files[name] for name in names}


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Does the directory say no more of a file than its name and size?

    A name is cut at a null, behind which more could stand.
    """
    return (
        info.filename == info.orig_filename
        and info.date_time == NO_TIME
        and info.external_attr in MODES
        and not (info.comment or info.extra or info.internal_attr or info.volume)
    )


def _in_order(data: bytes, found: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files, at = {}, 0
    for info in found:
        files[info.filename], at = _unpacked(data, info, at)
    if at + sum(LISTED + len(_name(info)) for info in found) + END != len(data):
        raise ValueError("more than its files")
    return files


def _name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode()


def _unpacked(data: bytes, info: zipfile.ZipInfo, at: int) -> tuple[bytes, int]:
    """The content of a file that begins at this byte, and where it ends."""
    start = at + LOCAL.size + len(_name(info))
    end = start + info.compress_size
    due = (
        b"PK\x03\x04", info.extract_version, info.flag_bits, info.compress_type,
        NO_CLOCK, NO_DATE, info.CRC, info.compress_size, info.file_size,
        len(_name(info)), 0,
    )  # fmt: skip
    if info.header_offset != at or LOCAL.unpack_from(data, at) != due:
        raise ValueError("bytes between the files, or a file said twice otherwise")
    # Locked, or with its sizes behind it, where they could say otherwise.
    if info.flag_bits & 0b1001 or data[start - len(_name(info)) : start] != _name(info):
        raise ValueError("a file that is locked, or under two names")
    return _content(data[start:end], info), end


def _content(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    content, whole = packed, info.compress_type == zipfile.ZIP_STORED
    if info.compress_type == zipfile.ZIP_DEFLATED:
        stream = zlib.decompressobj(DEFLATED)
        content = stream.decompress(packed, info.file_size + 1)
        whole = stream.eof and not stream.unused_data
    if not whole or (len(content), zlib.crc32(content)) != (info.file_size, info.CRC):
        raise ValueError("a file that is not whole")
    return content
