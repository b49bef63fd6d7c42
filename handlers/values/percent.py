"""Typed shares of the work that are done; and what else was said with them."""

from __future__ import annotations

import re

from content.fold import fold
from handlers.errors import Invalid

NUMBER = re.compile(r"(?<![\d.,/])(?<!(?<!\d)[-–−])(\d{1,6})(?:[.,](\d))?\s*(?:%|phan tram\b|pt\b)")
BARE = re.compile(r"\d{1,6}")
WORDS = (  # folded, as a whole message or before a comma
    (0, re.compile(r"chua (?:lam|bat dau|khoi cong)(?: gi)?")),
    (50, re.compile(r"(?:duoc )?(?:mot nua|1/2|nua|phan nua)(?: roi)?")),
    (100, re.compile(r"(?:da |lam )?(?:xong|hoan thanh|xong het|hoan tat)(?: het)?(?: roi)?")),
)
PUNCTUATION = " ,.;:–-\n"


def percent_of(text: str) -> tuple[int, str]:
    """How far it is, 0 to 100, and the words that were said with it; raise Invalid.

    "60% đã đổ xong móng" is 60 and "đã đổ xong móng"; "xong rồi" is 100.
    """
    folded = fold(text)
    if len(folded) != len(text):  # the places would not be the same
        text = folded
    if found := NUMBER.search(folded):
        return whole(found[1]), rest(text, found.start(), found.end())
    first = folded.partition(",")[0]
    if BARE.fullmatch(first.strip()):
        return whole(first.strip()), rest(text, 0, len(first))
    for percent, words in WORDS:
        if words.fullmatch(first.strip(PUNCTUATION)):
            return percent, rest(text, 0, len(first))
    raise Invalid("invalid/percent")


def whole(digits: str) -> int:
    if int(digits) > 100:
        raise Invalid("invalid/percent-much", number=digits)
    return int(digits)


def rest(text: str, start: int, end: int) -> str:
    """The words around it."""
    around = (text[:start].strip(PUNCTUATION), text[end:].strip(PUNCTUATION))
    return " ".join(part for part in around if part)
