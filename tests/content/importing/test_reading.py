"""Files of every sort: what stands in them, and what is said of those that are none."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from content.importing.reading import LARGEST, LONGEST, lines_of, read_document
from content.importing.unreadable import Unreadable
from content.read import Broken
from tests.content.importing.documents import TEXT, as_pdf, as_word, saved

PLAN = TEXT.read_text("utf-8")
SAYING = "Các hợp tác xã gửi hồ sơ khen thưởng về Liên minh Hợp tác xã tỉnh."


def told(path: Path, body: bytes) -> str:
    """Why such a file cannot be read."""
    path.write_bytes(body)
    with pytest.raises(Broken) as broken:
        read_document(path)
    [problem] = broken.value.problems
    assert str(problem).startswith(f"{path}:1: ")
    return problem.what


@pytest.mark.parametrize(
    "body",
    [
        PLAN.encode(),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("utf-16"),
        as_word(PLAN),
        as_pdf(PLAN),
    ],
    ids=["utf-8", "marked", "utf-16", "word", "pdf"],
)
def test_what_a_file_is_its_content_says(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "ke-hoach.doc"
    file.write_bytes(body)
    read = " ".join(" ".join(read_document(file)).split())
    assert "Các hợp tác xã gửi hồ sơ về Văn phòng Liên minh Hợp tác xã tỉnh trước ngày" in read
    assert "Trần Thị Mai Lan" in read


def test_letters_and_marks_typed_apart_are_put_together(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    apart = unicodedata.normalize("NFD", f"{SAYING} Năm\xa02027, giai đoạn 2026\xad2030")
    file.write_text(apart, "utf-8")
    assert read_document(file) == [f"{SAYING} Năm 2027, giai đoạn 2026-2030"]


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(as_pdf(PLAN))))
    writer.encrypt("mat-khau", algorithm="RC4-128")
    return written(writer)


def scanned_pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def packed(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name.replace("__", "/"), body)
    return file.getvalue()


TCVN3 = "KÕ ho¹ch ph¸t ®éng phong trµo thi ®ua lËp thµnh tÝch chµo mõng §¹i héi c¸c cÊp"
VNI = "Keá hoaïch phaùt ñoäng phong traøo thi ñua laäp thaønh tích chaøo möøng Ñaïi hoäi caùc caáp"
HATS = {"\u0302", "\u0306", "\u031b"}
W1258 = "Kế hoạch phát động phong trào thi đua chào mừng đại hội các cấp nhiệm kỳ mới"


def typed_1258(text: str) -> bytes:
    """As Windows wrote Vietnamese: letters with their hats, the tone after them."""
    letters = (unicodedata.normalize("NFD", letter) for letter in text)
    return "".join(map(tone_last, letters)).encode("cp1258")


def tone_last(apart: str) -> str:
    hatted = "".join(sign for sign in apart if sign in HATS or not unicodedata.combining(sign))
    tones = "".join(sign for sign in apart if sign not in hatted)
    return unicodedata.normalize("NFC", hatted) + tones


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "tệp trống"),
        (b" \n\t ", "tệp trống"),
        (locked_pdf(), "có mật khẩu"),
        (scanned_pdf(), "bản quét"),
        (scanned_pdf(201), "hơn 200 trang"),
        (b"%PDF-1.7 nothing", "tệp hỏng"),
        (as_pdf(PLAN)[:900], "tệp hỏng"),
        (as_word(PLAN)[:2000], "tệp hỏng"),
        (packed(xl__workbook=b"<x/>"), "không phải tệp Word"),
        (packed(**{"word__document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "DOCTYPE"),
        (packed(**{"word__document.xml": b" " * (51 * 2**20)}), "quá lớn"),
        (packed(**{"word__document.xml": b"<a>"}), "tệp hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Word đời cũ"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Word có mật khẩu",
        ),
        (rb"{\rtf1\ansi K\u7871?}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "tệp ảnh"),
        (b"<!doctype html><p>Xin", "trang web"),
        (TCVN3.encode("cp1252"), "TCVN3"),
        (TCVN3.encode(), "TCVN3"),
        (VNI.encode("cp1252"), "VNI"),
        (VNI.encode(), "VNI"),
        (typed_1258(W1258), "Windows-1258"),
        (b"Ke hoach phat dong phong trao thi dua chao mung dai hoi", "có dấu"),
        (bytes(range(256)) * 20, "không phải văn bản"),
        (("Kế hoạch thi đua. " * (LONGEST // 10)).encode(), "dài quá"),
        (b"K" * (LARGEST + 1), "lớn quá"),
    ],
)
def test_a_file_that_is_no_document_is_refused_with_how_to_mend_it(
    tmp_path: Path, body: bytes, what: str
) -> None:
    assert what in told(tmp_path / "tep", body)


def inserted(text: str) -> object:
    """A tracked insertion, as Word keeps it until somebody accepts it."""
    around, run, words = (OxmlElement(name) for name in ("w:ins", "w:r", "w:t"))
    words.text = text
    run.append(words)
    around.append(run)
    return around


def test_nothing_that_stands_in_a_word_file_is_left_out(tmp_path: Path) -> None:
    word = Document()
    for style in ("List Number", "List Number", "List Bullet"):
        word.add_paragraph(SAYING, style=style)
    word.add_paragraph("Trước ")._p.append(inserted("ngày 15/11/2027"))
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(content)
    content.append(word.add_paragraph("trong ô")._p)
    word.element.body.insert(0, control)
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("TT", "Khen", "1", "Cờ"), strict=True):
        cell.text = text
    file = tmp_path / "a.docx"
    file.write_bytes(saved(word))
    assert read_document(file) == [
        "trong ô",
        f"1. {SAYING}",
        f"2. {SAYING}",
        f"- {SAYING}",
        "Trước ngày 15/11/2027",
        "TT | Khen",
        "1 | Cờ",
    ]


def damaged(whole: bytes) -> Callable[[list[tuple[int, int]]], bytes]:
    def spoilt(changes: list[tuple[int, int]]) -> bytes:
        body = bytearray(whole)
        for place, byte in changes:
            body[place % len(body)] = byte
        return bytes(body)

    return spoilt


CHANGES = st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(str.encode),
        st.binary(max_size=200).map(lambda tail: b"%PDF-1.7\n" + tail),
        CHANGES.map(damaged(as_pdf(PLAN[:900]))),
        CHANGES.map(damaged(as_word(PLAN))),
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused(body: bytes) -> None:
    with suppress(Unreadable):
        assert lines_of(body)
