"""Where an initiative is, in words that also name it: "cầu Kênh Ranh ấp 3 xã Vĩnh Phong". Pure."""

from __future__ import annotations

import re

from content.fold import fold

HAMLET = r"(?:ap|thon|buon|bon|khom|khu pho|to dan pho|xom)"
COMMUNE = r"(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|tinh|tp)"
# "xã hội", "nông thôn mới", "huyện đoàn", "tỉnh lộ", "ấp văn hoá": words of other meanings.
OTHER = r"(?!(?:hoi|vien|moi|doan|lo|uy|nu|van hoa|nong|nghe|xom|tin|canh|kinh|san|than|cap)\b)"
NAME = r"(?!(?:ap|thon|xa|phuong|huyen|tinh)\b)[\w’'/-]+"  # one word of what a place is called
AREA = rf"{OTHER}{NAME}(?: {NAME}){{0,3}}"
LEAD = r"(?:(?:tai|o|thuoc|o tai) )?"
PLACE = re.compile(
    rf"(?<!\w)(?<!lien )(?:{LEAD}(?:{HAMLET} {AREA}[,;]? )+{COMMUNE} {AREA}"
    rf"|(?:tai|o|o tai) (?:{HAMLET}|{COMMUNE}) {AREA})(?:[,;]? {COMMUNE} {AREA})*$"
)
AT = re.compile(rf"^{LEAD}")
FIRST = re.compile(rf"{LEAD}(?:{HAMLET}|{COMMUNE}) ")
FEWEST = 2  # words of what is left to be a name


def apart(text: str) -> tuple[str, str]:
    """What something is called, and where it is if that is told behind it, commune and all.

    A hamlet or a commune alone belongs to the name: "Cầu nông thôn ấp Bình Minh".
    """
    folded = fold(text)
    found = PLACE.search(folded) if len(folded) == len(text) else None
    name = text[: found.start()].strip(" ,;-–") if found else ""
    if found is None or len(name.split()) < FEWEST or is_lower(text, found.start()):
        return text, ""
    at = AT.match(found[0])
    return name, text[found.start() + (at.end() if at else 0) :]


def is_lower(text: str, start: int) -> bool:
    """Whether what is called a place there is none: "máy ấp trứng xã Vĩnh Phong"."""
    kind = FIRST.match(fold(text[start:]))
    called = text[start + kind.end()] if kind else ""
    return called.islower() and not text[1:].islower()
