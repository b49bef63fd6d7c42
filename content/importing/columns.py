"""Lines on which two columns stand side by side, put one column after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
HEAD = re.compile(r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI")
TOUCHING = re.compile(rf"(?<=\S)\s*(?={HEAD.pattern})")  # beside it stands another column
TAIL = re.compile(r"^\s*N[ơo]+i\s+nh\w*n\s*:", re.IGNORECASE)
SIGNED = re.compile(r"(?:\bT/?M|\bKT|\bTL|\bTUQ|\bQ)\.? [A-ZĐ]|CHỦ TỊCH|GIÁM ĐỐC")
ANNEX = re.compile(r"\s*(?:BẢNG|PHỤ LỤC|MẪU|DANH SÁCH|BIỂU|BẢN|PHIẾU|ĐĂNG KÝ)\b")
DATED = re.compile(r"ngày.{0,12}tháng.{0,12}năm")
HEAD_LINES, TAIL_LINES = 8, 30  # as many at the most stand side by side
MOTTO = (  # where columns run into one another with a single space between
    TOUCHING,
    re.compile(r"(?<=\S)\s(?=Độc lập\s*[-–])"),
    re.compile(r"(?<=[A-ZĐ./\d])\s(?=[A-ZĐ][\w ]{2,30}, ngày.{0,12}tháng.{0,12}năm)"),
    re.compile(r"(?<=:)\s(?=(?:T/?M|KT|TL|TUQ)\.? [A-ZĐ])"),
)


def unfolded(lines: list[str]) -> list[str]:
    """The lines, with the columns of the head and of the signature one after the other."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        size = beside(lines, at)
        found += apart(lines[at : at + size]) if size else split(lines[at])
        at += size or 1
    return found


def beside(lines: list[str], at: int) -> int:
    """How many lines from here on are two columns; 0 where none are."""
    line = lines[at]
    if TOUCHING.search(line):
        ahead = lines[at : at + HEAD_LINES]
        return next((n for n, each in enumerate(ahead, 1) if DATED.search(each)), 0)
    if TAIL.search(line):
        ahead = lines[at : at + TAIL_LINES]
        if any(GAP.search(each) and SIGNED.search(each) for each in ahead[:3]):
            return next((n for n, each in enumerate(ahead) if ANNEX.match(each)), len(ahead))
    return 0


def apart(lines: list[str]) -> Iterator[str]:
    """First what stands on the left, then what stands on the right."""
    lines = [TOUCHING.sub("   ", each) for each in lines]
    wide = [(found.start(), found.end()) for each in lines if (found := widest(each))]
    middle = min(end for _, end in wide) - 1
    sides = [*(halves(each, middle) for each in lines)]
    for side in zip(*sides, strict=True):
        yield from (text for text in side if text)


def halves(line: str, middle: int) -> tuple[str, str]:
    gap = widest(line)
    if gap and gap.end() >= middle:
        return line[: gap.start()].strip(), line[gap.end() :].strip()
    start = len(line) - len(line.lstrip())
    return ("", line.strip()) if start >= middle - 2 else (line.strip(), "")


def widest(line: str) -> re.Match[str] | None:
    """The widest gap inside a line."""
    return max(GAP.finditer(line), key=lambda gap: gap.end() - gap.start(), default=None)


def split(line: str) -> list[str]:
    """A line on which columns meet without a gap, cut where the right one begins."""
    for seam in MOTTO:
        if len(parts := seam.split(line, 1)) > 1:
            return [each for part in parts for each in split(part)]
    return [line]
