"""From a file that somebody sends to the lines of a document, or why it cannot be read."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from content.importing.legacy import legacy_font, legacy_text
from content.importing.pdf_lines import pdf_lines
from content.importing.unreadable import Unreadable
from content.importing.word_lines import word_lines
from content.read import Broken, Problem

LARGEST = 20 * 2**20  # bytes; a plan with its annexes has one or two million
LONGEST = 300_000  # characters; a plan of sixty pages has half as many
FEWEST = 40  # letters; less is a blank page or the scanner's own stamp
UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]|[\x00-\x08\x0b\x0e-\x1f\x7f]")
BEGINNINGS = (  # of files that are something else, by the bytes they begin with
    (b"\xd0\xcf\x11\xe0", "tệp Word đời cũ (.doc); mở bằng Word rồi lưu lại thành .docx"),
    (b"{\\rtf", "tệp RTF; mở bằng Word rồi lưu lại thành .docx"),
    (b"\x89PNG", "tệp ảnh; cần bản gốc .docx, hoặc .pdf có chữ"),
    (b"\xff\xd8\xff", "tệp ảnh; cần bản gốc .docx, hoặc .pdf có chữ"),
    (b"<!DOCTYPE", "trang web; chép phần chữ dán vào tệp .txt, lưu mã UTF-8"),
    (b"<html", "trang web; chép phần chữ dán vào tệp .txt, lưu mã UTF-8"),
)
PROTECTED = "EncryptedPackage".encode("utf-16-le")  # what Word calls a file behind a password


def read_document(path: Path) -> list[str]:
    """The lines of a document, as they stand on its pages; raise Broken for any other file.

    What kind of file it is, its content says; the name is not looked at.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"tệp lớn quá {LARGEST // 2**20} MB; bỏ bớt ảnh, bản đồ kèm theo")
        return lines_of(path.read_bytes())
    except Unreadable as why:
        raise Broken([Problem(str(path), 1, str(why))]) from why


def lines_of(body: bytes) -> list[str]:
    """The lines of whatever kind of document this is; raise Unreadable where it is none."""
    if not body.strip():
        raise Unreadable("tệp trống; xem lại có chép nhầm tệp không")
    read = text_lines
    if b"%PDF-" in body[:1024]:
        read = pdf_lines
    elif body.startswith(b"PK"):
        read = word_lines
    try:
        return in_vietnamese(read(body))
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may do anything
        raise Unreadable("tệp hỏng, thiếu hoặc có mật khẩu; mở ra, lưu lại rồi thử lại") from error


def text_lines(body: bytes) -> list[str]:
    """The lines of a plain text."""
    if PROTECTED in body:
        raise Unreadable("tệp Word có mật khẩu; mở bằng Word, bỏ mật khẩu rồi lưu lại")
    for beginning, what in BEGINNINGS:
        if body.lstrip()[:16].lower().startswith(beginning.lower()):
            raise Unreadable(what)
    marked = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in body and not marked:
        raise Unreadable("không phải văn bản; cần tệp .docx, .pdf có chữ, hoặc .txt mã UTF-8")
    try:
        return body.decode("utf-16" if marked else "utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Unreadable(legacy_text(body)) from error


def in_vietnamese(lines: list[str]) -> list[str]:
    """The lines with each letter in one piece; raise Unreadable where they say nothing."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", "\n".join(lines)))
    text = text.replace("\xa0", " ").replace("\xad", "-")  # as offices' PDFs spell a hyphen
    if sum(map(str.isalpha, text)) < FEWEST:
        what = "không đọc được chữ nào (bản quét, bản chụp?); cần bản gốc .docx, hoặc .pdf có chữ"
        raise Unreadable(what)
    if len(text) > LONGEST:
        raise Unreadable("văn bản dài quá; tách lấy phần kế hoạch rồi thử lại")
    if what := legacy_font(text):
        raise Unreadable(what)
    return [line.rstrip() for line in text.expandtabs(4).splitlines()]
