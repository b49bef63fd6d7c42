"""Who issued a document, under which number, when; who signed it and who receives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.figures import figures
from content.importing.casing import sentence_case
from content.importing.finding import moment
from content.importing.parts import AUTHORITY, RECIPIENTS, Parts
from content.when import When

NUMBER = re.compile(r"Số\s*:\s*(?P<number>.*)", re.IGNORECASE)
WHOLE = re.compile(r"\d[\w.]*\s*/\s*[\w/-]+")
DATED = re.compile(
    r"(?P<place>[A-ZĐ][\w .-]{1,30}),\s*ngày(?P<date>.{0,16}tháng.{0,16}năm\s*\d{4})"
)
BLANK_DAY = re.compile(r"tháng\s*(\d{1,2})\s*năm\s*(\d{4})")
MOTTO = re.compile(r"CỘNG H[ÒO][AÀ]|^NAM$|Độc lập")
UNIT = re.compile(r"(?:TỈNH|HUYỆN|THÀNH PHỐ|XÃ|PHƯỜNG)$")
BEGINS = re.compile(
    r"(?:LIÊN|LMHTX|LĐLĐ|BAN|UBND|ỦY|UỶ|HỘI|CÔNG ĐOÀN|SỞ|TỈNH (?:ỦY|ĐOÀN)|HUYỆN ỦY|TỔNG|BỘ|PHÒNG)\b"
)
ISSUES = re.compile(
    r"(?P<by>(?:Ban (?:Thường vụ|Chấp hành)|Liên minh|Liên đoàn|LMHTX|LĐLĐ|UBND|Ủy ban|Hội"
    r"|Công đoàn|Sở)\b[^.;:,”\"]{0,80}?)\s+"
    r"(?:đã\s+)?(?:xây dựng|ban hành|phát động|tổ chức|triển khai)"
)
OF = re.compile(
    r"Trên đây là .*? của (?P<by>[A-ZĐ][^.,;/]*?)(?=\s+(?:về|phát động|tổ chức)\b|[.,;/])"
)
OFFICE = re.compile(
    r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|BÍ THƯ|CHÁNH VĂN PHÒNG|THƯ KÝ)"
    r"(?: THƯỜNG TRỰC)?"
)
NAME = re.compile(r"(?:[^\W\d_a-z][^\W\d_A-Z]+ ?){2,6}")
TITLES = re.compile(r"^(?:(?:ThS|TS|PGS|GS|BS|KS|CN)\.?\s*)+")


@dataclass(frozen=True)
class Signing:
    """What stands around the clauses; empty or None where the document leaves it blank."""

    issuer: str
    place: str
    number: str
    date: When | None
    name: str
    office: str
    on_behalf: str
    recipients: tuple[str, ...]


def signing(document: Parts) -> Signing:
    """Read the head and the end of a document."""
    number, place, date = numbered(document.head)
    by = [each for each in document.end if AUTHORITY.match(each)]
    offices = [each for each in document.end if OFFICE.fullmatch(each.strip())]
    instead = [each for each in by if each.startswith("KT") and OFFICE.search(each)]
    behalf = next((each for each in by if each not in instead), "")
    return Signing(
        issuer=issuer(document, place),
        place=place,
        number=number,
        date=date,
        name=signed(document.end),
        office=(offices or [each.partition(". ")[2] for each in instead] or [""])[-1].capitalize(),
        on_behalf=sentence_case(AUTHORITY.sub(lambda found: found[0][-1], behalf)),
        recipients=recipients(document.end),
    )


def numbered(head: list[str]) -> tuple[str, str, When | None]:
    """The number, the place and the date at the head; what is blank there is empty."""
    number, place, date = "", "", None
    for line in head:
        if (found := NUMBER.match(line)) and (whole := WHOLE.search(found["number"])):
            number = re.sub(r"\s", "", whole[0])
        if found := DATED.search(line):
            place, date = found["place"].strip(), day_of(found["date"])
    return number, place, date


def day_of(text: str) -> When | None:
    """The day, or the month where the day is left blank."""
    days = [each for each in figures(f"ngày {text}") if each.kind == "day"]
    if days:
        return moment(days[0], 0)
    month = BLANK_DAY.search(text)
    return When.month(int(month[2]), int(month[1])) if month and 1 <= int(month[1]) <= 12 else None


def issuer(document: Parts, place: str) -> str:
    """The body that issued it: by its head, or else as its text says."""
    lines = [each for each in document.head if not MOTTO.search(each) and each.isupper()]
    bodies = [each for each in lines if not NUMBER.match(each)]
    if bodies:
        starts = [at for at, each in enumerate(bodies) if BEGINS.match(each)]
        last = " ".join(bodies[starts[-1] if starts else -1 :])  # a long name takes two lines
        named = f"{last} {place.upper()}" if UNIT.search(last) else last
        return sentence_case(named.strip())
    said = [*ISSUES.finditer(" ".join(document.basis[-1:]))]
    closing = OF.search(" ".join(document.closing))
    found = closing or (said[-1] if said else None)
    return found["by"].strip() if found else ""


def signed(end: list[str]) -> str:
    """The name under the signature."""
    names = []
    for line in end:
        bare = TITLES.sub("", line.strip())
        if NAME.fullmatch(bare) and not RECIPIENTS.match(line) and bare != "Nơi nhận":
            names.append(bare)
    return names[-1] if names else ""


def recipients(end: list[str]) -> tuple[str, ...]:
    """Whom it was sent to, without the marks of a list."""
    if not end or not RECIPIENTS.match(end[0]):
        return ()
    listed = [each for each in end if each.startswith(("-", "–", "+"))]
    return tuple(each.strip(" -–+;.") for each in listed)
