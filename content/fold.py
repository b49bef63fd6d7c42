"""Folding: the form of a text in which people who type with and without diacritics agree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ENDING_Y = re.compile(r"(?<=[hklmst])y$")  # "đăng ký" and "đăng kí", "tỷ" and "tỉ" are the same
OTHERWISE = {"tui": "toi"}  # folded words that are another one for the same
WORD = re.compile(r"\d+(?:[.,/-]\d+)*%?|[^\W_]+|%")
LATIN, MARKS = range(0xC0, 0x1F00), range(0x300, 0x370)  # letters with marks; marks by themselves


def bare(letter: str) -> str:
    """A letter without its marks."""
    apart = unicodedata.normalize("NFD", letter)
    return "".join(part for part in apart if not unicodedata.combining(part))


FOLDED = {code: bare(chr(code)) for code in LATIN} | dict.fromkeys(MARKS, "") | {ord("đ"): "d"}


def composed(text: str) -> str:
    """The text with each letter and its marks as one."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)  # texts may be long, and anybody may send them
def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d; keeps everything else, digits and signs too."""
    return text.lower().translate(FOLDED)


def words(text: str) -> list[str]:
    """The folded words of a text; numbers keep their inner separators (``30/6/2025``, ``80%``)."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Folded words with single spaces between: how names and labels are compared."""
    return " ".join(words(text))


@lru_cache(maxsize=4096)
def sounds(text: str) -> str:
    """The plain words of a text in one of their spellings: how what people type is recognised."""
    return " ".join(OTHERWISE.get(word, ENDING_Y.sub("i", word)) for word in words(text))
