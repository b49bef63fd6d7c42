"""The official list, to print and sign: of any length, and as an office would have it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from content.library import Library, load
from content.paper.listing import AT_ONCE, OURS
from content.paper.trial import unfillable
from handlers.tables.official import PrintedList, WordList
from tests.papers.reading import flat, words_of_docx, words_of_pdf
from tests.tables.test_tables import ANSWERS, registration, written

MOTTO, SIGNED = "Độc lập - Tự do - Hạnh phúc", "NGƯỜI LẬP DANH SÁCH THỦ TRƯỞNG ĐƠN VỊ"
NAME = "Cầu <mới> & {{ đẹp }}\nqua kênh"
NUMBERED = re.compile(r"^(\d+) MA\1\b", re.MULTILINE)


def altered(folder: Path, becomes: str) -> Path:
    """Our template with another title, among an operator's content."""
    word = Document(str(OURS))
    [run] = (run for each in word.paragraphs for run in each.runs if "{{ title" in run.text)
    run.text = becomes
    path = folder / "documents" / OURS.name
    path.parent.mkdir()
    word.save(str(path))
    return path


def test_a_long_list_runs_on_over_pages_that_were_drawn_apart(library: Library) -> None:
    many = [registration(number) for number in range(1, AT_ONCE + 20)]
    pages = PdfReader(io.BytesIO(written(PrintedList, library, *many))).pages
    texts = [page.extract_text() for page in pages]
    listed = [[*map(int, NUMBERED.findall(text))] for text in texts]
    assert [number for rows in listed for number in rows] == [*range(1, AT_ONCE + 20)]
    assert len({len(rows) for rows in listed[1:-1]}) == 1  # none is left half empty
    assert [text.split()[0] for text in texts[1:]] == [str(n) for n in range(2, len(texts) + 1)]
    assert [MOTTO in text for text in texts] == [True] + [False] * (len(texts) - 1)
    assert [SIGNED in flat(text) for text in texts] == [False] * (len(texts) - 1) + [True]
    assert f"có {AT_ONCE + 19} đăng ký, tổng giá trị 51,9 tỷ đồng" in texts[-1]


def test_on_paper_and_in_word_stands_the_same(library: Library) -> None:
    found = [registration(), registration(2, answers={**ANSWERS, "name": NAME})]
    typed = written(WordList, library, *found)
    words = words_of_docx(typed), words_of_pdf(written(PrintedList, library, *found))
    head = (
        "LĐLĐ HUYỆN",
        "/DS",
        MOTTO,
        "ngày 15 tháng 4 năm 2025",
        "DANH SÁCH ĐĂNG KÝ",
        "chào mừng",
    )
    for each in words:
        assert all(part in each for part in (*head, "có 2 đăng ký, tổng giá trị 200 triệu đồng"))
        assert "Cầu <mới> & {{ đẹp }} qua kênh" in each
    _, table, signed = Document(io.BytesIO(typed)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][:3] == ["Số TT", "Mã", "Đơn vị"]
    assert [row[:3] for row in rows[1:]] == [[n, f"MA{n}", "HTX <Bình> & An"] for n in "12"]
    assert " ".join(cell.text.strip() for cell in signed.rows[0].cells) == SIGNED


def test_an_offices_own_list_takes_the_place_of_ours(tmp_path: Path) -> None:
    path = altered(tmp_path, "BẢNG TỔNG HỢP {{ heads.unit }}: {{ lines | length }}")
    library = load(tmp_path)
    assert library.listing == path
    assert path.name not in library.documents
    assert "BẢNG TỔNG HỢP Đơn vị: 1" in words_of_docx(written(WordList, library, registration()))
    assert [*unfillable(library)] == []


def test_a_broken_list_is_told_and_ours_taken(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    path = altered(tmp_path, "{{ tieu_de }}")
    broken = replace(library, listing=path)
    [problem] = unfillable(broken)
    told = "thẻ {{ tieu_de }} không có; sửa cho đúng chính tả, các thẻ dùng được: about, "
    assert str(problem).startswith(f"{path}: {told}")
    assert "DANH SÁCH ĐĂNG KÝ" in words_of_docx(written(WordList, broken, registration()))
    assert path.name in caplog.text
