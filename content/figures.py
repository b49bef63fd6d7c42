"""The figures in a Vietnamese text: days, months, years, shares, sums, documents, counts.

However the same figure is written, with diacritics or without, it has the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Literal

from content.fold import fold

Kind = Literal["day", "month", "year", "percent", "money", "document", "number"]
Found = re.Match[str]
Reader = tuple[Kind, re.Pattern[str], Callable[[Found], str]]

CALENDAR = {"day", "month", "year"}
COUNTED = {"number", "year"}  # "2000 con": a number may look like a year


@dataclass(frozen=True)
class Figure:
    """A figure and where it stands: ``text`` is what stands there, from ``start`` to ``end``.

    Its ``value`` by kind: a day ``2025-06-02`` or, where no year is said, ``--06-02``; a month
    ``2025-07`` or ``--07``; a year ``2025``; a percentage or number in plain digits (``80``,
    ``1.5``); a sum in đồng (``250000000``); a document in one spelling (``167/kh/ubnd``).
    """

    kind: Kind
    value: str
    text: str
    start: int
    end: int

    def held_by(self, fact: Figure) -> bool:
        """Whether the fact says this too: the same, or a finer date, or a document so numbered."""
        if {self.kind, fact.kind} <= CALENDAR:
            dated = fact.value
            if self.value.startswith("--") and not dated.startswith("--"):
                dated = f"--{dated[5:]}"
            return f"{dated}-".startswith(f"{self.value}-")
        if self.kind in COUNTED and fact.kind == "document":
            return self.value in fact.value.split("/")  # Chỉ thị 34, Nghị định 98/2023
        alike = self.kind == fact.kind or {self.kind, fact.kind} <= COUNTED
        return alike and self.value == fact.value


def held(figure: Figure, facts: Iterable[Figure]) -> bool:
    """Whether one of these facts says the figure too."""
    return any(figure.held_by(fact) for fact in facts)


def figures(text: str) -> list[Figure]:
    """All figures of a text in order, both ends of a range; names such as "mục 3" are none."""
    pieces = [fold(letter) for letter in text]  # one by one: folding drops marks that stand alone
    place = [at for at, piece in enumerate(pieces) for _ in piece] + [len(text)]
    return [
        Figure(kind, value, text[place[start] : place[end]], place[start], place[end])
        for kind, value, start, end in scan("".join(pieces))
    ]


def scan(folded: str) -> Iterator[tuple[Kind, str, int, int]]:
    """Each figure of a folded text: its kind and value, where it begins and ends."""
    at = 0
    while digit := START.search(folded, at):
        kind, value, found = read(digit)
        at = found.end()
        if kind != "number" or counts(found):
            yield kind, value(found), found.start(), at


def read(digit: Found) -> tuple[Kind, Callable[[Found], str], Found]:
    """The first kind that fits what begins with a digit or "tháng"; a number always does."""
    return next(
        (kind, value, found)
        for kind, pattern, value in READERS
        for start in (digit.start(), digit.end())
        if (found := pattern.match(digit.string, start))
    )


START = re.compile(r"(?<![0-9])(?:thang\s*)?(?=[0-9])")
DAY, MONTH = r"(?P<day>[12][0-9]|3[01]|0?[1-9])", r"(?P<month>1[0-2]|0?[1-9])"
YEAR = r"(?P<year>(?:1[89]|2[01])[0-9]{2})(?![0-9])"
AMOUNT = r"[0-9]+(?:[.,][0-9]+)*"
SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3}
SCALES |= {"k": 10**3}
SCALE = r"(?:(?:nghin |ngan )?(?:ty|ti|trieu)|nghin|ngan|tr|(?<=[0-9])k)(?![a-z])"
TO = r"\s*(?:-|–|~|den|toi)\s*"
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")

# Before a digit, what makes it a name: mục 3, nội dung 1, III.2, thứ 5, QH14, Covid – 19.
NAME = re.compile(
    r"(?:\b(?:muc|khoan|diem|dieu|phan|chuong|noi dung|nd|y|(?<!lan )thu)\s+"
    r"|covid\s*[-–]\s*|[a-z](?:\.|[-–]\s*)?)$"
)
ITEM = re.compile(r"(?:(?:^|\n)[\s*#_]*\(?|\()$")  # before 1. 2) (3)
OUTLINE = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})+")


def counts(found: Found) -> bool:
    """Whether a number counts something, rather than numbering a clause or belonging to a name."""
    before = found.string[max(0, found.start() - 20) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if NAME.search(before):
        return False
    if ITEM.search(before) and (after in {".", ")"} or OUTLINE.fullmatch(found[0])):
        return False
    return found[0].count(".") < 2 or bool(GROUPED.fullmatch(found[0]))


def dated(found: Found) -> str:
    """``2025-06-02``, ``--06-02``, ``2025-07``, ``2025``; a short year is of this century."""
    said = found.groupdict()
    year = said["year"] or "-"
    rest = [f"{int(said[part]):02}" for part in ("month", "day") if said.get(part)]
    return "-".join([f"20{year}" if len(year) == 2 else year, *rest])


def amount(written: str, scaled: bool = False) -> Decimal:
    """The number as Vietnamese write it; behind a comma one group of three is a part of a unit."""
    if GROUPED.fullmatch(written) and not (scaled and written.count(",") == 1):
        return Decimal(re.sub("[.,]", "", written))
    whole, _, part = written.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{part}" if whole else part)


def plain(value: Decimal) -> str:
    """``80``, ``1.5``: digits without idle zeros."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def scaled(written: str, scale: str) -> Decimal:
    return amount(written, scaled=True) * prod(SCALES[word] for word in scale.split())


def paid(found: Found) -> str:
    """A sum in đồng: 1,5 tỷ, 1 tỷ 200 triệu, 1tr5, 2 tỷ rưỡi."""
    tail = found["tail"] or ("5" if found["half"] else "0")
    value = scaled(found["sum"], found["scale"]) + scaled(f"0,{tail}", found["scale"])
    return plain(value + (scaled(found["rest"], found["small"]) if found["rest"] else 0))


def lower(found: Found) -> str:
    """The lower end of a range of money, counted in the higher one's unit: 200 - 300 triệu."""
    low, high = scaled(found["sum"], found["scale"]), scaled(found["high"], found["scale"])
    return plain(low if low <= high else low / 1000)  # 500 - 1 tỷ


def counted(found: Found) -> str:
    return plain(amount(found["number"]))


def registered(found: Found) -> str:
    """A document's number without what people write differently: 08/HD-TLĐ as 8/HD-TLĐ."""
    return "/".join(part.lstrip("0") for part in re.findall(r"\w+", found[0]))


def reader(kind: Kind, pattern: str, value: Callable[[Found], str]) -> Reader:
    return kind, re.compile(pattern), value


DONG = r"(?:dong|vnd|d)(?!\w)"
READERS: tuple[Reader, ...] = (  # the first that fits
    reader(
        "document",
        r"[0-9]+(?:/(?:19|20)[0-9]{2}/[a-z]+[0-9]*|[/-][a-z]+(?=[/-]\s*[a-z]))(?:[/-]\s*[a-z]+)*",
        registered,
    ),
    reader("money", rf"(?P<sum>{AMOUNT})(?={TO}(?P<high>{AMOUNT})\s*(?P<scale>{SCALE}))", lower),
    reader(
        "money",
        rf"(?P<sum>{AMOUNT})\s*(?P<scale>{SCALE})(?P<tail>[0-9]{{1,3}}(?![0-9.,]))?"
        rf"(?P<half>\s*ruoi)?(?:\s*(?P<rest>{AMOUNT})\s*(?P<small>{SCALE}))?(?:\s*{DONG})?",
        paid,
    ),
    reader(
        "money", rf"(?P<number>(?:[0-9]{{1,3}}(?:[.,][0-9]{{3}})+|[0-9]{{4,}}))\s*{DONG}", counted
    ),
    reader("percent", rf"(?P<number>{AMOUNT})\s*(?:%|phan\s+tram)", counted),
    reader("percent", rf"(?P<number>{AMOUNT})(?={TO}{AMOUNT}\s*(?:%|phan\s+tram))", counted),
    reader("day", rf"{DAY}\s?(?P<sep>[/.-])\s?{MONTH}\s?(?P=sep)\s?{YEAR}", dated),
    reader("day", rf"{DAY}/{MONTH}/(?P<year>[0-9]{{2}})(?![0-9/])", dated),
    reader("day", rf"{DAY},?\s*thang\s*{MONTH}(?:[\s,/-]*(?:nam)?\s*{YEAR})?(?![0-9])", dated),
    reader("day", rf"{DAY}\s?/\s?{MONTH}(?P<year>)(?!\s?[/0-9])", dated),
    reader(
        "day", rf"(?:(?<=ngay )|(?=[0-9]{{2}}\.)){DAY}[.-]{MONTH}(?P<year>)(?![.-]?[0-9])", dated
    ),
    reader("month", rf"thang\s*{MONTH}(?:[\s,/-]*(?:nam)?\s*{YEAR})?(?![0-9])", dated),
    reader("month", rf"{MONTH}\s?/\s?{YEAR}", dated),
    reader("year", rf"{YEAR}(?![.,][0-9])", dated),
    reader("number", rf"(?P<number>{AMOUNT})", counted),
)
