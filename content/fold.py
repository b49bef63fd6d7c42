"""Folding: the form of a text in which people who type with and without diacritics agree."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"\d+(?:[.,/-]\d+)*%?|[^\W_]+")
MARKS = {ord("đ"): "d", ord("Đ"): "d"}


@lru_cache(maxsize=4096)  # texts may be long, and anybody may send them
def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d; keeps everything else, digits and signs too."""
    apart = unicodedata.normalize("NFD", text.translate(MARKS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).lower()


def words(text: str) -> list[str]:
    """The folded words of a text; numbers keep their inner separators (``30/6/2025``, ``80%``)."""
    return WORD.findall(fold(text))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Folded words with single spaces between: how labels and commands are compared."""
    return " ".join(words(text))
