"""The official sheet, drawn for real and read back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import Library
from content.paper import drawing
from content.paper.letters import MOST_LINES, UNDRAWN, printed, written
from content.paper.sheet import Sheet
from content.paper.word import OURS, filled, tags
from tests.papers.reading import (
    OTHER,
    drawn,
    fonts_of_pdf,
    letters,
    size_of_png,
    words_of_docx,
    words_of_pdf,
)

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0309\u0303\u0323"
SMALL = "đ" + "".join(written(vowel + tone) for vowel in VOWELS for tone in ("", *TONES))
LETTERS = " ".join(SMALL + SMALL.upper())
PAPERS: dict[str, Callable[[Sheet], str]] = {
    "pdf": lambda sheet: words_of_pdf(drawing.pdf(sheet)),
    "docx": lambda sheet: words_of_docx(filled(OURS, tags(sheet))),
}
HARMFUL = [
    r"<b>đậm</b> & &amp; #set page(fill: red) $x^2$ \ \n *a* _b_ `c` @d ~ // /*",
    r"{{ sheet }} {% if %} ]]> --> #panic() #read(\"/etc/passwd\") \u{41} = == - + [ ] ' ‘ ’ “ ”",
]
on_each_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)


@on_each_paper
def test_the_sheet_stands_as_the_plan_has_it(
    library: Library, paper: Callable[[Sheet], str]
) -> None:
    words = paper(drawn(library))
    for line in (
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN VĨNH THUẬN CĐCS HTX TÂN THUẬN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "ngày 05 tháng 4 năm 2025",
        "BẢNG ĐĂNG KÝ Công trình (sản phẩm, mô hình, chương trình) thi đua chào mừng Đại hội đảng",
        "1. Tên công trình (sản phẩm, mô hình, chương trình): Cầu ấp Bình Minh",
        "2. Thời gian bắt đầu và kết thúc: từ 01/3/2025 đến 30/6/2025",
        "chương trình): đổ trụ, lắp dầm 4. Tổng giá trị thực hiện dự kiến: 250 triệu đồng",
        "5. Giá trị làm lợi, tiết kiệm: - Kinh tế: bớt 40 triệu đồng - Xã hội: 120 hộ đi lại",
        "- Rút ngắn thời gian thực hiện dự kiến (nếu có):",
        "Nơi nhận: - LĐLĐ huyện; - Lưu.",
        "TM. BAN CHẤP HÀNH CHỦ TỊCH",
        "Người đăng ký: Nguyễn Văn Bảy Số điện thoại: 0912 345 678 Nơi thực hiện: ấp Bình Minh",
        "Mã đăng ký AB3CD4",
    ):
        assert line in words
    assert "chưa" not in words


@on_each_paper
def test_a_plan_without_a_form_of_its_own_does_not_speak_for_another_office(
    library: Library, paper: Callable[[Sheet], str]
) -> None:
    words = paper(drawn(library, OTHER))
    assert "Nơi nhận: - Liên minh Hợp tác xã tỉnh Yên Bái; - Lưu." in words
    assert "ĐẠI DIỆN ĐƠN VỊ" in words
    assert "không kèm mẫu đăng ký riêng" in words
    assert not [said for said in ("LIÊN ĐOÀN", "LĐLĐ", "CĐCS", "CHẤP HÀNH") if said in words]


@on_each_paper
@pytest.mark.parametrize("harmful", HARMFUL)
def test_what_was_typed_is_shown_and_never_run(
    library: Library, paper: Callable[[Sheet], str], harmful: str
) -> None:
    words = paper(drawn(library, name=harmful, unit="", content=f"{harmful}\n{harmful}"))
    assert letters(words).count(letters(harmful)) == 3


def test_what_paper_cannot_bear_goes_without_taking_anything_else_along(library: Library) -> None:
    typed = "trước 👍🏽 \u202eđảo\u202c ✅\ufe0f ខ្មែរ\x07 한국\n\n\n\tsau\ud800"
    sheet = drawn(library, name=typed)
    assert "trước đảo [?] [?] sau" in words_of_pdf(drawing.pdf(sheet))
    assert "trước 👍🏽 đảo ✅\ufe0f ខ្មែរ 한국 sau" in words_of_docx(filled(OURS, tags(sheet)))


def test_every_vietnamese_letter_is_drawn_in_regular_bold_and_italic(library: Library) -> None:
    sheet = replace(drawn(library, name=LETTERS), heading=LETTERS, note=LETTERS)
    made = drawing.pdf(sheet)
    assert words_of_pdf(made).count(LETTERS) == 3
    faces = {f"TeXGyreTermes-{face}" for face in ("Regular", "Bold", "Italic", "BoldItalic")}
    assert fonts_of_pdf(made) == faces  # none came to the aid of ours


@pytest.mark.parametrize("filed", ["", "AB3CD4"])
def test_a_preview_says_so_and_marks_what_is_missing(library: Library, filed: str) -> None:
    sheet = drawn(library, filed=filed, value=None, unit=None, place=None)
    words, preview = words_of_pdf(drawing.pdf(sheet)), not filed
    assert ("BẢN XEM TRƯỚC" in words) is preview
    assert ("Bản xem trước, chưa gửi" in words) is preview
    assert words.count("chưa điền") == (3 if preview else 0)  # what may be left out is not marked
    assert ("dự kiến: chưa điền 5." in words) is preview


@on_each_paper
def test_long_texts_are_there_to_their_last_word(
    library: Library, paper: Callable[[Sheet], str]
) -> None:
    numbered = " ".join(f"việc{n}" for n in range(280))  # 2,000 letters
    words = paper(drawn(library, content=numbered, social=numbered, economic="ạ" * 1000))
    assert [words.split().count(word) for word in numbered.split()] == [2] * 280
    assert letters(words).count("ạ") >= 1000


def test_a_picture_grows_with_its_text_and_stays_as_wide_as_a_phone(library: Library) -> None:
    texts = ("ngắn", "dài " * 500, "dài" * 600, "a\n" * 1000)
    sizes = [size_of_png(drawing.png(drawn(library, content=text))) for text in texts]
    assert {width for width, _ in sizes} == {1077}
    short, long, unbroken, lines = (height for _, height in sizes)
    assert short + 500 < long
    assert short + 500 < unbroken  # and not out of the picture
    assert lines < 3000  # as words one after another


def test_sheets_are_drawn_in_several_threads_at_once(library: Library) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(drawing.pdf, (drawn(library, name=f"Cầu {n}") for n in range(8)))
    assert all(f"trình): Cầu {n} 2." in words_of_pdf(each) for n, each in enumerate(made))


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_becomes_one_that_can_be_drawn(typed: str) -> None:
    drawn = printed(typed)
    assert not UNDRAWN.search(drawn)
    assert printed(written(typed)) == drawn
    assert drawn.count("\n") < MOST_LINES


def test_nothing_is_loaded_for_papers_before_the_first_is_made() -> None:
    started = "import bot.serve, handlers.papers, sys; print(*{'typst', 'docx'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", started], capture_output=True, check=True)
    assert not told.stdout.strip()
