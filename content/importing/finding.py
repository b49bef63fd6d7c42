"""What can be told from how offices write: documents, days by which, times, awards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import cast

from content.entries import Award
from content.figures import Figure, figures
from content.when import When

CALENDAR = {"day", "month"}
SORT = (
    r"(Kế hoạch|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư(?: liên tịch)?|Công văn|Thông báo"
    r"|Chương trình|Hướng dẫn|Luật|Tờ trình|Công điện|Kết luận|Quy định|Đề án|Báo cáo|Điều lệ"
    r"|Quy chế)"
)
SORTED = re.compile(rf".*\b{SORT}\b[^,;.]{{0,20}}$", re.IGNORECASE | re.DOTALL)  # the nearest
ON = re.compile(r"\s*,?\s*(?:ký |ban hành )?(?:ngày|tháng)?\s*", re.IGNORECASE)
BODY = re.compile(
    r"\s*,?\s*của\s+(?P<issuer>.+?)(?=\s+(?:về|v/v|tổ chức|phê duyệt|ban hành|quy định"
    r"|triển khai|tại|phát động|hướng dẫn|thực hiện|sửa đổi|xây dựng|kèm)\b|[;.,:(“\"]|$)"
)
ABOUT = re.compile(
    r"(?!\s*,?\s*(?:cụ thể|như|nhiệm kỳ|theo|gắn|tạo)\b)\s*,?\s*(?:(?:về|v/v)(?: việc)?\s+)?"
    r"(?P<about>[^;.]{12,400}?)(?=,? với chủ đề|[;.]|$)"
)
FROM = re.compile(r"\btừ\s*(?:ngày|tháng)?\s*$", re.IGNORECASE)
UNTIL = re.compile(r"[/\s]*(?:đến|tới|[-–])\s*(?:hết\s*)?(?:ngày|tháng)?\s*", re.IGNORECASE)
SINCE_ISSUED = re.compile(
    r"\btừ\s+(?:ngày|khi)\s[^.;\d]{3,60}?(?:đến|tới)\s*(?:hết\s*)?(?:ngày|tháng)?\s*$",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"\b(?P<lead>trước|chậm nhất|muộn nhất|trễ nhất|hạn cuối|không quá|đến hết|hết|đến)\b"
    r"(?P<before>[\s,]*(?:(?:là|vào|trước|hết|đến)\s+)*)"
    r"(?:\d{1,2}\s*(?:giờ|h)\s*\d{0,2}(?: phút)?,?\s*)?"
    r"(?:hết\s+)?(?:ngày|tháng)?\s*$",
    re.IGNORECASE,
)
AWARD = re.compile(
    r"(?P<award>cờ thi đua|bằng khen|giấy khen)\s+(?:của\s+)?(?P<by>(?:Ban|Chủ tịch|Thủ tướng"
    r"|Chính phủ|UBND|Ủy ban|Liên minh|LMHTX|Liên đoàn|LĐLĐ|Tỉnh|Huyện|Giám đốc|Hội|Công đoàn|Bộ)\b"
    r"[^.;:,()“”]*?)(?=\s+(?:tặng|cho|nếu|và (?:bằng|giấy|cờ))\b|[.;:,(]|$)",
    re.IGNORECASE,
)
COUNT = re.compile(r"\b(?P<count>\d{1,3})\s+(?P<award>cờ|bằng khen|giấy khen)\b", re.IGNORECASE)
AWARDS = {"cờ": "flag", "bằ": "merit", "gi": "commendation"}
LEADING = 120  # characters before a figure that say what it is
SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-ZĐ])|(?<=;)\s+")


@dataclass(frozen=True)
class Named:
    """A document that is named: ``sort`` is what kind of document it is."""

    number: str
    date: When | None
    sort: str
    issuer: str
    about: str


@dataclass(frozen=True)
class Due:
    """A day by which something is to be done, and the sentence that says so."""

    date: date
    inclusive: bool
    sentence: str


@dataclass(frozen=True)
class Lasting:
    """A time with two ends; ``start`` is null where it begins with the document."""

    start: When | None
    end: When


@dataclass(frozen=True)
class Granted:
    """An award, and who grants it."""

    award: Award
    by: str


def documents(text: str) -> Iterator[Named]:
    """Every document that is named by its number."""
    known = figures(text)
    ends = [each.start for each in known if each.kind == "document"]
    for at, figure in enumerate(known):
        if figure.kind != "document":
            continue
        after, dated = figure.end, None
        if at + 1 < len(known) and known[at + 1].kind in CALENDAR:
            next_one = known[at + 1]
            if ON.fullmatch(text[figure.end : next_one.start]):
                after, dated = next_one.end, moment(next_one, 0)
        rest = text[after : next((end for end in ends if end > figure.start), len(text))]
        issuer = BODY.match(rest)
        about = ABOUT.match(rest[issuer.end() :] if issuer else rest)
        sort = SORTED.match(before(text, figure))
        yield Named(
            number=re.sub(r"\s", "", figure.text),
            date=dated,
            sort=sort[1] if sort else "",
            issuer=issuer["issuer"].strip() if issuer else "",
            about=about["about"].strip(' ,:“”"') if about else "",
        )


def spans(text: str) -> Iterator[Lasting]:
    """Every time with two ends: "từ ngày 01/01 đến hết ngày 30/11/2025"."""
    days = [each for each in figures(text) if each.kind in CALENDAR]
    for first, last in pairwise(days):
        if FROM.search(before(text, first)) and UNTIL.fullmatch(text[first.end : last.start]):
            end = moment(last, 0)
            start = moment(first, end.last.year if end else 0)
            if start and end and start.first <= end.last:
                yield Lasting(start, end)
    for last in days:
        if SINCE_ISSUED.search(before(text, last)) and (end := moment(last, 0)):
            yield Lasting(None, end)


def deadlines(text: str, year: int) -> Iterator[Due]:
    """Every day before, on or by which something is due; ``year`` is for those that name none."""
    for sentence in SENTENCE.split(text):
        ends = {each.end.last for each in spans(sentence)}
        for figure in (each for each in figures(sentence) if each.kind == "day"):
            lead = LEAD.search(before(sentence, figure))
            when = moment(figure, year)
            if not lead or not when or when.last in ends:
                continue
            excluded = "trước" in f"{lead['lead']} {lead['before']}".lower()
            yield Due(when.first if excluded else when.last, not excluded, sentence.strip())


def awards(text: str) -> Iterator[Granted]:
    """Every award that is named together with who grants it."""
    for found in AWARD.finditer(text):
        yield Granted(award_of(found["award"]), found["by"].strip())


def counts(text: str) -> Iterator[tuple[Award, int]]:
    """Every number of awards: "02 bằng khen"."""
    for found in COUNT.finditer(text):
        yield award_of(found["award"]), int(found["count"])


def before(text: str, figure: Figure) -> str:
    """The words just before a figure."""
    return text[max(0, figure.start - LEADING) : figure.start]


def award_of(words: str) -> Award:
    return cast(Award, AWARDS[words.lower()[:2]])


def moment(figure: Figure, year: int) -> When | None:
    """The day or month of a figure, in this year where it names none; None if there is none."""
    value = figure.value
    if value.startswith("--"):
        value = f"{year:04}{value[1:]}"
    try:
        return When.read(value)
    except ValueError:
        return None
