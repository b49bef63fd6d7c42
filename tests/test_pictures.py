"""Pictures are kept as they look, without what phones write into them."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import MOST, Unfit, bare, exif
from tests.fakes.papers import POINT, jpg, png

SECRET = b"10.03 N 105.08 E"
VP8 = base64.b64decode("VlA4IBgAAABQAQCdASoBAAEAB0CWJaQABHQAAAAAAAA=")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def turned(order: str, side: int) -> bytes:
    """Exif that says where, and which side is up."""
    mark = {"<": b"II*\0", ">": b"MM\0*"}[order]
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, side, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + entry + bytes(4) + SECRET


def test_a_jpeg_loses_every_note_and_what_hangs_behind_it() -> None:
    notes = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xED, SECRET),
        segment(0xFE, SECRET),
    )
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1abc")
    noted = POINT[:2] + b"".join(notes) + b"\xff\xff" + colours[1:] + POINT[2:] + SECRET
    assert bare(noted) == ("jpg", POINT[:2] + colours + POINT[2:])
    assert bare(jpg(SECRET)) == ("jpg", POINT)


@pytest.mark.parametrize("order", "<>")
def test_which_side_is_up_stays(order: str) -> None:
    lying = POINT[:2] + segment(0xE1, turned(order, 6)) + POINT[2:]
    assert bare(lying) == ("jpg", POINT[:2] + exif(6) + POINT[2:])
    assert bare(POINT[:2] + exif(6) + POINT[2:]) == bare(lying), "done once, it stays so"


def test_png_and_webp_lose_their_notes() -> None:
    plain = png(2, 2)
    note = struct.pack(">I", len(SECRET)) + b"eXIf" + SECRET + bytes(4)
    assert bare(plain[:33] + note + plain[33:] + SECRET) == ("png", plain)
    noted = webp(chunk(b"VP8X", b"\x0c" + bytes(9)), VP8, chunk(b"EXIF", SECRET))
    assert bare(noted) == ("webp", webp(chunk(b"VP8X", bytes(10)), VP8))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF", POINT[:-2], b"\xff\xd8\xff" * MOST])
def test_what_is_no_picture_or_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(Unfit):
        bare(content)


@given(
    st.sampled_from([jpg(SECRET), png(2, 2), webp(VP8)]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4),
    st.integers(0, 400),
)
def test_broken_ones_are_refused_or_kept_and_nothing_else(
    whole: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    broken = bytearray(whole)
    for at, value in changes:
        broken[at % len(broken)] = value
    try:
        kind, kept = bare(bytes(broken[: length or None]))
    except Unfit:
        return
    assert bare(kept) == (kind, kept)
