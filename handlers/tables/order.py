"""The order of Vietnamese words: a ă â b … d đ e ê …, and of tones ngang huyền hỏi ngã sắc nặng."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
PLACES = {letter: chr(ord("A") + at) for at, letter in enumerate(LETTERS)}
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
WORD = re.compile(r"\d+|[^\W\d_]+")

Word = tuple[int, int, str, int]  # numbers before words; a number; letters, then their tone


def order(text: str) -> tuple[Word, ...]:
    """What texts are sorted by, as a Vietnamese dictionary does: word by word, numbers as such."""
    return tuple(map(place, WORD.findall(unicodedata.normalize("NFC", text.lower()))))


@lru_cache(maxsize=8192)  # units have few words between them
def place(word: str) -> Word:
    if word.isdecimal():
        return 0, int(word), "", 0
    apart = unicodedata.normalize("NFD", word)
    tone = max((TONES.get(mark, 0) for mark in apart), default=0)
    toneless = "".join(mark for mark in apart if mark not in TONES)
    letters = unicodedata.normalize("NFC", toneless)
    return 1, 0, "".join(PLACES.get(letter, letter) for letter in letters), tone
