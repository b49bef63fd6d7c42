"""Pictures that people send, without what their phones write into them: where, when, on what.

Nothing is drawn anew: the parts of a file that tell more than the picture are left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from handlers.errors import ThiDuaError

MOST = 4_000_000  # bytes; a photo 1280 pixels wide takes a tenth of it
TURNED = 0x0112  # the tag that tells which side is up
SHORT = 3  # a type of values in it
PNG = b"\x89PNG\r\n\x1a\n"
PNG_PARTS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
WEBP_PARTS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
TELLING = 0b1100  # in VP8X: that there is Exif, that there is XMP
SOI, EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM = (
    0xD8,
    0xD9,
    0xDA,
    0xE0,
    0xE1,
    0xE2,
    0xEE,
    0xEF,
    0xFE,
)
COLOURS = b"ICC_PROFILE\0"
EXIF = b"Exif\0\0"


class Unfit(ThiDuaError):
    """This is no picture of a kind that we keep, or a broken one."""


def bare(content: bytes) -> tuple[str, bytes]:
    """The kind of a picture, and the picture without what is written into it; raise Unfit."""
    if len(content) > MOST:
        raise Unfit("too large")
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return "jpg", jpeg(content)
        if content.startswith(PNG):
            return "png", png(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return "webp", webp(content)
    except (IndexError, struct.error) as error:
        raise Unfit("broken") from error
    raise Unfit("not a picture")


def jpeg(content: bytes) -> bytes:
    """Without notes; which side is up is kept, or many would lie on theirs."""
    kept, turned = [b"\xff\xd8"], 1
    for marker, part in segments(content):
        if marker == APP1 and part[4:10] == EXIF:
            turned = upright(part[10:])
        elif tells_nothing(marker, part):
            kept.append(part)
    if turned != 1:
        kept.insert(1, exif(turned))
    return b"".join(kept)


def tells_nothing(marker: int, part: bytes) -> bool:
    """Whether a segment is of the picture itself, or of its colours."""
    if marker == APP2:
        return part[4:].startswith(COLOURS)
    return marker in (APP0, APP14) or not (APP1 <= marker <= APP15 or marker == COM)


def segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG after its first mark, up to its end and nothing behind that."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise Unfit("broken")
        while content[at + 1] == 0xFF:  # as many as the writer liked
            at += 1
        marker = content[at + 1]
        if marker == EOI:
            yield marker, b"\xff\xd9"
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if marker == SOS:
            end = scanned(content, end)
        if end >= len(content) or end < at + 4:
            raise Unfit("broken")
        yield marker, content[at:end]
        at = end


def scanned(content: bytes, at: int) -> int:
    """Where the drawn lines end that begin there: at a mark that is none within them."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Unfit("broken")
        following = content[at + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def upright(notes: bytes) -> int:
    """Which side is up, as Exif tells it; 1, as it lies, where it does not."""
    try:
        order = {b"II": "<", b"MM": ">"}[notes[:2]]
        first = struct.unpack_from(order + "I", notes, 4)[0]
        for entry in range(struct.unpack_from(order + "H", notes, first)[0]):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", notes, first + 2 + 12 * entry)
            if tag == TURNED and kind == SHORT and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        pass
    return 1


def exif(turned: int) -> bytes:
    """A segment that tells which side is up, and nothing else."""
    entry = struct.pack(">HHIHH", TURNED, SHORT, 1, turned, 0)
    notes = EXIF + b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes


def png(content: bytes) -> bytes:
    """Without notes."""
    kept, at, name = [PNG], len(PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise Unfit("broken")
        if name in PNG_PARTS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def webp(content: bytes) -> bytes:
    """Without notes."""
    kept, at = [b"WEBP"], 12
    last = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while at + 8 <= last:
        name, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if end > len(content):
            raise Unfit("broken")
        part = content[at:end]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~TELLING]) + part[9:]
        if name in WEBP_PARTS:
            kept.append(part)
        at = end
    if len(kept) == 1:
        raise Unfit("broken")
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
