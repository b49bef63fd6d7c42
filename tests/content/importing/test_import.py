"""From the words of an office to typed facts: what each kind of sentence is understood as."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from content.importing.draft import draft
from content.importing.finding import awards, counts, deadlines, documents, spans
from content.importing.outline import outline
from content.importing.paper import understood
from content.importing.paragraphs import paragraphs
from content.importing.reading import lines_of
from content.importing.writing import plan_file
from content.library import Library
from content.read import Loader
from content.schema import Plan
from tests.content.importing.documents import TEXT, as_pdf, as_word

PLAN = TEXT.read_text("utf-8")
YEAR = 2027


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Căn cứ Kế hoạch số747/KH-LMHTX ngày 19/10/2021 của Liên minh HTX về thi đua đặc biệt.",
            (
                "747/KH-LMHTX",
                "19/10/2021",
                "Kế hoạch",
                "Liên minh HTX",
                "thi đua đặc biệt",
            ),
        ),
        (
            "Chỉ thị số 19/CT- TTg, gắn với nhiệm vụ",
            ("19/CT-TTg", "None", "Chỉ thị", "", ""),
        ),
        (
            "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định Luật",
            ("98/2023/NĐ-CP", "31/12/2023", "Nghị định", "Chính phủ", "quy định Luật"),
        ),
    ],
)
def test_a_document_is_named_by_number_day_and_body(text: str, found: tuple[str, ...]) -> None:
    [named] = documents(" ".join(paragraphs([text])))
    assert (named.number, str(named.date), named.sort, named.issuer, named.about) == found


@pytest.mark.parametrize(
    ("text", "day", "inclusive"),
    [
        ("HTX gửi hồ sơ trước ngày 15/11/2027.", date(2027, 11, 15), False),
        ("HTX gửi hồ sơ chậm nhất là ngày 15 tháng 11 năm 2027.", date(2027, 11, 15), True),
        ("Gửi báo cáo chậm nhất trước 17 giờ 00 ngày 05/6/2027.", date(2027, 6, 5), False),
        ("Đăng ký đến hết ngày 30.4.2027", date(2027, 4, 30), True),
        ("Đăng ký đến hết ngày 30/4", date(2027, 4, 30), True),
        ("Đến ngày 30/6/2027 hoàn thành trên 80% chỉ tiêu", date(2027, 6, 30), True),
    ],
)
def test_a_day_by_which_something_is_due_is_found(text: str, day: date, inclusive: bool) -> None:
    [due] = deadlines(text, YEAR)
    assert (due.date, due.inclusive) == (day, inclusive)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 12/KH-UBND ngày 05/01/2027 của UBND tỉnh",
        "Thi đua từ ngày 01/3/2027 đến hết ngày 30/11/2027.",
        "Kỷ niệm Ngày Hợp tác xã Việt Nam (11/4)",
        "Nộp trước ngày 31/02/2027.",
        "Tham mưu tổng kết trong tháng 12 năm 2027.",
    ],
)
def test_other_days_are_no_deadlines(text: str) -> None:
    assert not [*deadlines(text, YEAR)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Từ tháng 11 năm 2026 đến 31/12/2027.", "tháng 11/2026", "31/12/2027"),
        ("(Thời gian từ 01/09/2027/- 30/11/2027)", "01/9/2027", "30/11/2027"),
        ("từ ngày 01/3 đến hết ngày 30/11/2027", "01/3/2027", "30/11/2027"),
        ("từ ngày ban hành Kế hoạch đến tháng 7 năm 2027", "None", "tháng 7/2027"),
    ],
)
def test_a_time_has_two_ends(text: str, start: str, end: str) -> None:
    [span] = spans(text)
    assert (str(span.start), str(span.end)) == (start, end)


def test_an_award_is_found_with_who_grants_it_and_how_many() -> None:
    text = "Tặng 02 Bằng khen của Chủ tịch UBND tỉnh cho tập thể; giấy khen của LMHTX tỉnh."
    granted = [(each.award, each.by) for each in awards(text)]
    assert granted == [("merit", "Chủ tịch UBND tỉnh"), ("commendation", "LMHTX tỉnh")]
    assert [*counts(text)] == [("merit", 2)]


def test_clauses_are_named_as_they_are_quoted() -> None:
    lines = """\
## III. ĐỐI TƯỢNG THI ĐUA
1. Đối tượng
* Tập thể:
- Hợp tác xã.
- Tổ hợp tác.
** Lưu ý: Không xét hai lần.
2. Tiêu chuẩn
2.1. Bằng khen
2.1.1 Tập thể
- c) Hợp tác xã đạt các tiêu chuẩn sau:
- Nộp đủ thuế.
- Có công trình
mới.
IV. TỔ CHỨC THỰC HIỆN
1. Liên minh HTX tỉnh
(1) Tuyên truyền.
(2) Hướng dẫn
2021. Không phải khoản""".splitlines()
    found = {each.name: (each.heading, each.text) for each in outline(paragraphs(lines))}
    assert [*found] == [
        *("III", "III.1", "III.1 (tập thể, ý 1)", "III.1 (tập thể, ý 2)", "III.1 (lưu ý)"),
        *("III.2", "III.2.1", "III.2.1.1", "III.2.1.1.c", "III.2.1.1.c (ý 1)"),
        *("III.2.1.1.c (ý 2)", "IV", "IV.1", "IV.1 (1)", "IV.1 (2)"),
    ]
    assert found["III"] == ("Đối tượng thi đua", "")
    assert found["III.2.1.1.c (ý 2)"] == ("Có công trình mới", "Có công trình mới.")


def test_wrapped_lines_are_one_paragraph_and_page_numbers_are_gone() -> None:
    lines = [
        "Phổ biến quán triệt, triển khai thực hiện tốt, có hiệu quả Quyết định số",
        "",
        "- 2 -",
        "1497/QĐ-TTg ngày 10/9/2021 của Thủ tướng Chính phủ và chống dịch Covid-",
        "19 trong toàn tỉnh.",
        "Trang 3/5",
        "Huy động mọi nguồn lực.",
    ]
    assert paragraphs(lines) == [
        "Phổ biến quán triệt, triển khai thực hiện tốt, có hiệu quả Quyết định số 1497/QĐ-TTg"
        " ngày 10/9/2021 của Thủ tướng Chính phủ và chống dịch Covid-19 trong toàn tỉnh.",
        "Huy động mọi nguồn lực.",
    ]


@pytest.mark.parametrize(
    ("end", "signed"),
    [
        (["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Nhạn"], ("Lê Nhạn", "Chủ tịch", "Ban Thường vụ")),
        (["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "TS. Lê Nhạn"], ("Lê Nhạn", "Phó chủ tịch", "")),
        (["Nơi nhận: T/M BAN CHẤP HÀNH", "- UBND tỉnh;", "CHỦ TỊCH", "Lê Nhạn"],
         ("Lê Nhạn", "Chủ tịch", "Ban Chấp hành")),
        (["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"], ("", "Chủ tịch", "Ban Thường vụ")),
    ],
)  # fmt: skip
def test_who_signs_stands_at_the_end(end: list[str], signed: tuple[str, ...]) -> None:
    paper = understood(["KẾ HOẠCH", "Thi đua", "I. NỘI DUNG", "Làm tốt.", *end])
    assert (paper.signing.name, paper.signing.office, paper.signing.on_behalf) == signed


def test_a_blank_day_and_number_are_left_blank() -> None:
    head = ["Số: /KH-LMHTX Sông Xanh, ngày tháng 01 năm 2027", "KẾ HOẠCH", "Thi đua", "I. VIỆC"]
    signing = understood(head).signing
    assert (signing.number, str(signing.date), signing.place) == ("", "tháng 1/2027", "Sông Xanh")


def test_a_word_file_and_a_pdf_give_the_same_draft(library: Library) -> None:
    plans = library.plans.values()
    drafts = {
        plan_file(draft(lines_of(body), "song-xanh-2027", plans), "ke-hoach")
        for body in (PLAN.encode(), as_word(PLAN), as_pdf(PLAN))
    }
    assert len(drafts) == 1


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12)
PIECES = st.sampled_from(
    [
        "I.",
        "1.",
        "2.1",
        "a)",
        "-",
        "(1)",
        "*",
        "Tập thể:",
        "Nơi nhận:",
        "KẾ HOẠCH",
        "Căn cứ",
        "\n",
        "trước ngày 30/2",
        "từ ngày 1/3 đến 5/4",
        "số 1/KH-A",
        "ngày",
        "12/12/2027",
        "02 bằng khen",
        "Bằng khen của UBND tỉnh",
        "BẢNG ĐĂNG KÝ",
        "TM. BAN",
        "{",
        "}",
        ":",
        ";",
        "“",
        "%",
        "gửi về",
    ]
)


@settings(max_examples=50, deadline=None)
@given(text=st.lists(st.one_of(PIECES, WORDS), max_size=40).map(" ".join))
def test_whatever_the_words_a_draft_is_made_that_can_be_read(text: str) -> None:
    made = plan_file(draft(text.splitlines(), "thu", ()), "thu.txt")
    plan = Plan.model_validate(yaml.load(made, Loader))
    assert plan.draft
