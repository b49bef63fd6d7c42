"""What stands on a paper, read back from the file."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from datetime import date
from typing import Any

from docx import Document
from docx.document import Document as Word
from pypdf import PdfReader

from content.library import Library
from content.paper.sheet import Sheet
from handlers.sheet import drawn_up

OWN, OTHER = "vinh-thuan-2025", "yen-bai-2025"
DAY = date(2025, 4, 5)
FILED = "Mã đăng ký AB3CD4"
ANSWERS: Mapping[str, Any] = {
    "unit": "HTX Tân Thuận",
    "person": "Nguyễn Văn Bảy",
    "phone": "0912345678",
    "place": "ấp Bình Minh",
    "name": "Cầu ấp Bình Minh",
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "content": "đổ trụ, lắp dầm",
    "value": 250_000_000,
    "economic": "bớt 40 triệu đồng",
    "social": "120 hộ đi lại an toàn",
    "time-saved": None,
}


def drawn(library: Library, plan: str = OWN, filed: str = FILED, **answers: Any) -> Sheet:
    """The sheet of somebody who answered everything, but as named."""
    form = library.forms[library.plans[plan].form]
    return drawn_up(form, library.plans[plan], {**ANSWERS, **answers}, DAY, filed)


def flat(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    """A text without its spaces, for where lines may end within it."""
    return "".join(text.split())


def words_of_pdf(made: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))


def fonts_of_pdf(made: bytes) -> set[str]:
    """The typefaces that it uses."""
    found = set()
    for page in PdfReader(io.BytesIO(made)).pages:
        fonts = page["/Resources"]["/Font"]  # type: ignore[index]
        found |= {
            font["/BaseFont"].split("+")[1].removesuffix("-Identity-H") for font in fonts.values()
        }
    return found


def paragraphs(word: Word) -> list[Any]:
    """All paragraphs of a Word file, those in tables too."""
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    return [*word.paragraphs, *(each for cell in cells for each in cell.paragraphs)]


def words_of_docx(made: bytes) -> str:
    return flat(" ".join(each.text for each in paragraphs(Document(io.BytesIO(made)))))


def size_of_png(made: bytes) -> tuple[int, int]:
    assert made.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", made[16:24])
    return width, height
