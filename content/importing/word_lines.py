"""The lines of a Word file: all that is written in it, with the numbers that Word itself counts.

Read from its XML and not through a library: those leave out what stands in content controls, text
boxes and tracked insertions (docs/decisions/0012-reading-documents.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, XMLParser
from zipfile import ZipFile

from content.importing.unreadable import Unreadable
from content.importing.word_numbers import Numbers

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # said twice
DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
LARGEST = 50 * 2**20  # bytes unpacked; a long plan has one or two million
HEAD = "CỘNG HÒA XÃ HỘI", "NƠI NHẬN"  # what stands in tables that only make columns


def word_lines(body: bytes) -> list[str]:
    """A line for each paragraph and for each row of a table; raise Unreadable for other files."""
    with ZipFile(BytesIO(body)) as packed:
        if DOCUMENT not in packed.namelist():
            raise Unreadable("không phải tệp Word; nếu là bảng tính, bản chiếu thì lưu thành PDF")
        numbers = Numbers(part(packed, NUMBERING), part(packed, STYLES))
        return [line for block in blocks(part(packed, DOCUMENT)) for line in lines(block, numbers)]


def part(packed: ZipFile, name: str) -> Element:
    """One part of the package as a tree, empty where there is none."""
    if name not in packed.namelist():
        return Element("nothing")
    if packed.getinfo(name).file_size > LARGEST:  # no more than this is ever unpacked of it
        raise Unreadable("tệp Word bung ra quá lớn; lưu lại bằng Word rồi thử lại")
    text = packed.read(name)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Unreadable("tệp Word có phần lạ (DOCTYPE); mở bằng Word rồi lưu lại")
    parser = XMLParser()  # noqa: S314 # no entities are left, and expat limits what they blow up
    parser.feed(text)
    tree: Element = parser.close()
    return tree


def blocks(around: Element) -> Iterator[Element]:
    """Paragraphs and tables in the order of the page, out of whatever is wrapped around them."""
    for inner in around:
        if inner.tag in (f"{W}p", f"{W}tbl"):
            yield inner
        elif inner.tag != FALLBACK:
            yield from blocks(inner)


def lines(block: Element, numbers: Numbers) -> Iterator[str]:
    """A paragraph's lines, or a table's: columns one after the other, or else its rows."""
    if block.tag == f"{W}p":
        yield from paragraph(block, numbers)
        return
    rows = [
        [[*cell_lines(cell, numbers)] for cell in row.iter(f"{W}tc")]
        for row in block.iter(f"{W}tr")
    ]
    said = " ".join(line for row in rows for cell in row for line in cell).upper()
    if any(word in said for word in HEAD):
        width = max(map(len, rows))
        for column in range(width):
            yield from (line for row in rows if column < len(row) for line in row[column])
    else:
        yield from (" | ".join(" ".join(cell) for cell in row).strip(" |") for row in rows)


def cell_lines(cell: Element, numbers: Numbers) -> Iterator[str]:
    for block in blocks(cell):
        yield from lines(block, numbers)


def paragraph(block: Element, numbers: Numbers) -> Iterator[str]:
    """The lines of one paragraph, its number before them; then those of boxes anchored in it."""
    text = "".join(written(block)).strip()
    if text:
        yield from f"{numbers.next(block)}{text}".split("\n")
    for child in block:
        yield from (line for boxed in blocks(child) for line in lines(boxed, numbers))


def written(around: Element) -> Iterator[str]:
    """What is written in a paragraph itself; deleted text has a tag of its own and is left out."""
    for inner in around:
        match inner.tag.removeprefix(W):
            case "t":
                yield inner.text or ""
            case "tab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "p" | "tbl" | "pPr":
                continue
            case _ if inner.tag != FALLBACK:
                yield from written(inner)
