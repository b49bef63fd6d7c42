"""Typed shares of the work that are done; and what else was said with them."""

from __future__ import annotations

import re

from content.fold import fold
from handlers.errors import Invalid

NUMBER = re.compile(r"(?<![\d.,/])(?<!(?<!\d)[-–−])(\d{1,6})(?:[.,](\d))?\s*(?:%|phan tram\b|pt\b)")
BARE = re.compile(r"\d{1,6}")
ENDS = r"(?=[\s.,;!]*(?:(?:roi|nha|nhe|a|em|ban|oi|thoi)\b[\s.,;!]*)*$)"
HALF = re.compile(  # at the end: "nửa tháng nữa xong" is no half of the work
    rf"(?<!\w)(?:mot nua|phan nua|nua|1/2){ENDS}"
)
WORDS = (  # folded, as a whole message or before a comma
    (0, re.compile(r"chua (?:lam|bat dau|khoi cong)(?: gi)?")),
    (50, re.compile(r"(?:duoc )?(?:mot nua|1/2|nua|phan nua)(?: roi)?")),
    (100, re.compile(r"(?:da |lam )?(?:xong|hoan thanh|xong het|hoan tat)(?: het)?(?: roi)?")),
)
PUNCTUATION = " ,.;:–-\n"
NAMED = re.compile(r"(?:(?:bao|cap nhat) )?tien do\b")
DOING = re.compile(  # and a few words up to the share
    r"\b(?:lam|thi cong|xay|do|hoan thanh|xong|trong|lap|sua|vet|dao)\b"
    r"(?: (?!loi\b|giam\b|tang\b)\w+){0,4}$"
)
DOUBTS = re.compile(  # of whoever asks, or speaks of what has to be reached
    r"\?|\b(?:khong|ko|neu|phai|bao nhieu|gi|ai|khi nao|the nao|khen|co thi dua"
    r"|tieu chuan|chi tieu|ke hoach|ho so|dieu kien|tro len|doan vien|ty le"
    r"|thi(?! cong\b)|can (?=lam|dat|hoan|xong|co\b)|(?:tai|vi|lam|la) sao"
    r"|chua (?=dat|duoc|xong))\b|\b(?:chua|hong|sao)$"
)
POLITE = frozenset(("", "roi", "nha", "nhe", "a", "em", "ban", "oi", "thoi"))  # that end a sentence
LONGEST = 12  # words before the share
EMPTY = frozenset(  # words that say no more than the share does
    fold(
        "báo cập nhật có tiến độ công trình đã mới làm được xong rồi khoảng tầm gần hơn hoàn thành"
        " đạt tới đến chừng của mình em khối lượng việc thì là nha nhé ạ thôi"
    ).split()
)


def percent_of(text: str) -> tuple[int, str]:
    """How far it is, 0 to 100, and the words that were said with it; raise Invalid.

    "60% đã đổ xong móng" is 60 and "đã đổ xong móng"; "xong rồi" is 100.
    """
    folded = fold(text)
    if len(folded) != len(text):  # the places would not be the same
        text = folded
    if found := NUMBER.search(folded):
        return whole(found[1]), rest(text, found.start(), found.end())
    if half := HALF.search(folded):
        return 50, rest(text, half.start(), half.end())
    first = folded.partition(",")[0]
    if BARE.fullmatch(first.strip()):
        return whole(first.strip()), rest(text, 0, len(first))
    for percent, words in WORDS:
        if words.fullmatch(first.strip(PUNCTUATION)):
            return percent, rest(text, 0, len(first))
    raise Invalid("invalid/percent")


def told_freely(text: str) -> str:
    """What tells how far the work is though nobody asked; empty where words mean something else.

    "tiến độ 80%", "cầu làm được 80% rồi", "xong 80 phần trăm"; no question, and no condition.
    """
    text = text.strip()
    folded = fold(text)
    if len(folded) != len(text) or DOUBTS.search(folded):
        return ""
    if named := NAMED.match(folded):
        words = text[named.end() :].strip(PUNCTUATION)
        return words if NUMBER.search(fold(words)) or BARE.fullmatch(words) else ""
    found = NUMBER.search(folded) or HALF.search(folded)
    before = folded[: found.start()].strip(PUNCTUATION) if found else ""
    return text if len(before.split()) <= LONGEST and DOING.search(before) else ""


def is_named(text: str) -> bool:
    """Whether words begin by saying that they tell how far it is."""
    return NAMED.match(fold(text.strip())) is not None


def whole(digits: str) -> int:
    if int(digits) > 100:
        raise Invalid("invalid/percent-much", number=digits)
    return int(digits)


def rest(text: str, start: int, end: int) -> str:
    """The words around it."""
    before, after = text[:start].split(), text[end:].split()
    while before and bare(before[-1]) in EMPTY:
        before.pop()
    while after and bare(after[0]) in POLITE:
        after.pop(0)
    around = (" ".join(before).strip(PUNCTUATION), " ".join(after).strip(PUNCTUATION))
    words = " ".join(part for part in around if part)
    return "" if EMPTY.issuperset(fold(words).split()) else words


def bare(word: str) -> str:
    return fold(word.strip(PUNCTUATION))
