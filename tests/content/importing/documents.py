"""The same invented document as a Word file and as a PDF, both with two columns at head and end."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Word

TEXT = Path(__file__).with_name("song-xanh-2027.txt")
GAP = re.compile(r" {3,}")
LINES = 45  # on a page


def columns(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands on the left of these lines, and what on the right."""
    left, right = [], []
    for line in lines:
        first, *rest = GAP.split(line, maxsplit=1)
        left += [first] if first.strip() else []
        right += [each for each in rest if each]
    return left, right


def add_columns(word: Word, lines: list[str]) -> None:
    """A table of one row: it only makes columns."""
    for cell, side in zip(word.add_table(1, 2).rows[0].cells, columns(lines), strict=True):
        cell.paragraphs[0].text = side[0]
        for line in side[1:]:
            cell.add_paragraph(line)


def as_word(text: str) -> bytes:
    """The text as an office's Word file: each paragraph one line, head and end in tables."""
    head, _, rest = text.partition("\nKẾ HOẠCH\n")
    body, end, tail = rest.partition("Nơi nhận:")
    word = Document()
    add_columns(word, head.splitlines())
    word.add_paragraph("KẾ HOẠCH")
    for paragraph in re.split(r"\n\n|\n(?=- )", body.strip()):
        word.add_paragraph(paragraph.replace("\n", " "))
    add_columns(word, (end + tail).splitlines())
    return saved(word)


def saved(word: Word) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def as_pdf(text: str) -> bytes:
    """The text as a PDF: every run of words at its own place on the page, as printers leave it."""
    lines = text.splitlines()
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    ranges = "\n".join(f"<{n:02x}00> <{n:02x}ff> <{n:02x}00>" for n in range(256))
    cmap = "\n".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange"
        for part in (ranges.splitlines()[at : at + 100] for at in (0, 100, 200))
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(
            f"begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{cmap}\nendcmap"
        ),
    ]
    for number, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(stream("\n".join(printed(page))))
    return assembled(objects)


def printed(page: list[str]) -> list[str]:
    """The commands that put each run of words in its place."""
    return [
        f"BT /F 10 Tf {50 + 5 * run.start()} {800 - 16 * row} Td"
        f" <{run[0].encode('utf-16-be').hex()}> Tj ET"
        for row, line in enumerate(page)
        for run in re.finditer(r"\S+(?: {1,2}\S+)*", line)
    ]


def stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def assembled(objects: list[str]) -> bytes:
    """The objects as a file, with the table of where each of them begins."""
    file, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    head = f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF"
    return (file + head + trailer).encode("ascii")
