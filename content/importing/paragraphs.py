"""From the lines of a page to paragraphs: wrapped lines joined, page numbers gone."""

from __future__ import annotations

import re

from content.importing.columns import unfolded

MARKED = re.compile(
    r"(?:[-–—•+*·]\s*(?=\w|“)|\(?\d{1,2}[.)]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|[a-zđ][.)]\s|[IVX]+\s*[.)]\s"
    r"|Điều \d+\.|Phụ lục|Trên đây|Căn cứ |Nơi nhận|(?:T/?M|KT|TL|TUQ)\.? [A-ZĐ]"
    r"|(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC)$)"
)
PAGE = re.compile(r"\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
DECORATED = re.compile(r"^\s*#{1,6}\s+|\*{2,3}|(?<![\w*])\*(?=[“\w(])|(?<=[\w.,:;)”])\*(?![\w*])")
BRACES = str.maketrans("{}", "()")  # a brace is a slot in a plan file
ENDED = re.compile(r"[.;:!?][”\")]*$")
BROKEN = re.compile(r"(?:\bsố|,|[-–/])$")  # nothing ends with these
HYPHEN = re.compile(r"(?<=\w)[-–/]$")
PRINT, FULL = range(50, 121), 0.9  # characters of a line of print; how much of one is a full one


def paragraphs(lines: list[str]) -> list[str]:
    """The paragraphs of a document."""
    kept = [line for line in lines if line.strip() and not PAGE.fullmatch(line)]
    kept = [each for line in unfolded(kept) if (each := DECORATED.sub("", line)).strip()]
    full = width(kept) * FULL
    found: list[str] = []
    before = ""
    for line in kept:
        if found and goes_on(before, line, full):
            found[-1] = joined(found[-1], line)
        else:
            found.append(tidy(line))
        before = line
    return found


def width(lines: list[str]) -> float:
    """The width of the page where lines are wrapped; endless where a paragraph is one line."""
    ends = sorted(map(len, lines))
    most = ends[int(len(ends) * 0.95)] if ends else 0
    return most if most in PRINT else float("inf")


def goes_on(before: str, line: str, full: float) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    begun, ended = line.lstrip(), before.rstrip()
    if MARKED.match(begun) and not BROKEN.search(ended):
        return False
    fills = len(ended) + 1 + len(begun.split()[0]) >= full  # its first word had no room above
    listed = ended.endswith((":", ";")) and not fills
    if BROKEN.search(ended) or (begun[0].islower() and not listed):
        return True
    if MARKED.match(ended.lstrip()) and capitals(ended) and capitals(begun):
        return True
    return fills and not ENDED.search(ended) and capitals(ended) == capitals(begun)


def capitals(line: str) -> bool:
    return line.upper() == line and any(map(str.isalpha, line))


def joined(begun: str, line: str) -> str:
    return begun + ("" if HYPHEN.search(begun) else " ") + tidy(line)


def tidy(line: str) -> str:
    """A line with single spaces, also around what was typed without any ("số747/KH")."""
    line = re.sub(r"\s+", " ", line).strip()
    line = line.translate(BRACES)
    line = re.sub(r"^[-*•] (?=[a-zđ]\) )", "", line)
    return re.sub(r"\b([Ss]ố|[Nn]gày)(?=\d)", r"\1 ", line)
