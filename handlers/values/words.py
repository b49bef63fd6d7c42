"""Typed text as plain words: folded, slips mended, ambiguous words marked, numbers as digits."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

from content.fold import fold

LONGEST = 300  # characters; whoever writes more has not answered with a value

TOKEN = re.compile(
    r"(?P<clock>[0-9]{1,2}[:hg][0-9]{2}(?!\w))|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[-‐‑–—−~→]+>?|\.\.+|\S"
)
DASHES = frozenset("-‐‑–—−~→.")
SIGNS = {"\\": "/", "&": ",", "+": ",", "…": "~", "=": "~"} | {sign: sign for sign in "/,%$€"}


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one line."""
    return frozenset(words.split())


# Words whose diacritics say what folding would lose; "." is a word that says nothing here.
SPELT = {
    "từ": "from",
    "tư": "tu4",
    "sáu": "sau6",
    "một": "mot1",
    "mốt": "mot2",
    "lăm": "lam5",
    "nhăm": "lam5",
    "nửa": "half",
    "nữa": "more",
    "mỗi": "each",
    "đô": "dollar",
    "tỏi": "billion",
} | dict.fromkeys(listed("bà bộn làm lắm lễ lê tôi tối sáng quỹ cá tí vâng nấm máy tạm tầm"), ".")

KEYWORDS = listed(
    "ngay thang tuan quy nam hom nay mai sau toi truoc dau giua cuoi het khoang den muoi tram "
    "mot hai ba bon bay tam chin nghin ngan trieu dong ruoi mung mong"
)

SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|oao|uai|uay|uoi|uou|ieu|yeu|ia|ie|iu|ye|[aou][aeiou]|[aeu]y|oy"
    r"|e[ou]|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)

Rules = tuple[tuple[re.Pattern[str], str], ...]


def rules(*pairs: tuple[str, str]) -> Rules:
    """Rewriting rules: patterns of whole words, and what is written in their place."""
    return tuple((re.compile(rf"(?<!\S)(?:{said})(?!\S)"), meant) for said, meant in pairs)


def rewrite(text: str, by: Rules) -> str:
    for said, meant in by:
        text = said.sub(meant, text)
    return " ".join(text.split())


def plain(text: str) -> str:
    """The words and signs of a text with single spaces between; empty if it is far too long.

    A dash between spaces becomes ``~`` (it parts two values), one without stays ``-``.
    """
    if len(text) > LONGEST:
        return ""
    composed = unicodedata.normalize("NFC", text).lower()
    return " ".join(filter(None, (token(found, composed) for found in TOKEN.finditer(composed))))


def token(found: re.Match[str], text: str) -> str:
    word = found[0]
    if found["clock"]:
        return ""
    if word[0] in "0123456789":
        return word
    if word in SPELT:
        return SPELT[word]
    if word[0].isalpha():
        return mended(fold(word))
    if set(word) <= DASHES | {">"} and word != ".":
        tight = text[found.end() :][:1].strip() and text[: found.start()][-1:].strip()
        return "-" if len(word) == 1 and word != "~" and tight else "~"
    return SIGNS.get(word, "")


def mended(word: str) -> str:
    """What a word that is no Vietnamese syllable was meant to be.

    Typed with the keys of Telex but without it (thasng), two words run together (ngaymai), or one
    slip away from a word we wait for (thagn).
    """
    if len(word) < 3 or SYLLABLE.fullmatch(word):
        return word
    if SYLLABLE.fullmatch(composed := untelexed(word)):
        return composed
    for cut in range(2, len(word) - 1):
        if word[:cut] in KEYWORDS and word[cut:] in KEYWORDS:
            return f"{word[:cut]} {word[cut:]}"
    return next((right for right in sorted(KEYWORDS) if one_slip(word, right)), word)


def untelexed(word: str) -> str:
    """Without the letters that Telex takes for diacritics: trieeuj as trieu, ddeens as den."""
    onset = len(word) - len(word.lstrip("bcdghklmnpqrstvx"))
    return re.sub(r"(.)\1", r"\1", word[:onset] + re.sub("[sfrxjw]", "", word[onset:]))


def one_slip(word: str, right: str) -> bool:
    return len(right) > 3 and OSA.distance(word, right, score_cutoff=1) == 1


# Number words as marks: #0 to #9, #x tens, #c hundreds, #k thousands. The first rules settle what
# stands beside tens, before anyone takes "tư" for "từ", "năm" for a year or "mốt" for a day.
TENS = rules(
    (r"bam(?= (?:mot|hai|ba|tu4?|lam5?|nam|sau6?|bay|tam|chin)[12]?(?!\S))", "ba muoi"),
    (r"dau tu4?|vat tu4?|ba con|tam(?= [0-9])", "."),
    (r"(muoi|ham|tram|chuc) mot[12]?", r"\1 #1"),
    (r"(muoi|ham) tu4?", r"\1 #4"),
    (r"(muoi|ham) (?:lam|nam|lam5)", r"\1 #5"),
    (r"(muoi|ham) sau6?", r"\1 #6"),
    (r"(hai|ba|bon|nam|sau6?|bay|tam|chin) (lam5?|tu4)(?! (?:muoi|tram))", r"\1 #x \2"),
    (r"(hai|ba|bon|nam|sau6?|bay|tam|chin) mot2", r"\1 #x #1"),
)
NUMERALS = rules(
    (r"mot1", "#1"),
    (r"hai", "#2"),
    (r"ba", "#3"),
    (r"bon|tu4", "#4"),
    (r"lam5|(?<=#x )lam", "#5"),
    (r"sau6", "#6"),
    (r"bay", "#7"),
    (r"tam", "#8"),
    (r"chin", "#9"),
    (r"muoi|chuc", "#x"),
    (r"tram", "#c"),
    (r"ham", "#2 #x"),
)
ZEROS = rules(
    (r"(?<=#[ck] )(?:le|linh)(?= #)", "#0"),
    (r"khong(?= #c)", "#0"),
    (r"(?<=#[0-9] )khong(?= #[0-9])", "#0"),
)
RUN = re.compile(
    r"(?<!\S)(?:[0-9]{1,3}(?= #[xck]))?"
    r"(?: ?(?:#[0-9xck]|(?<=#c )(?:[0-9]{2}(?!\S)|[0-9](?= #x))))+(?!\S)"
)
SCALES = (("#k", 1000), ("#c", 100), ("#x", 10))


def digits(text: str, wide: bool = False) -> str:
    """Number words as digits; with ``wide`` tens and hundreds get three of them (năm mươi: 050)."""

    def written(run: re.Match[str]) -> str:
        words = run[0].split()
        number = spoken(words)
        if number is None:
            return "?"
        scaled = any(word in ("#x", "#c", "#k") for word in words)
        return f"{number:03}" if wide and scaled else str(number)

    return RUN.sub(written, rewrite(text, ZEROS))


def spoken(words: list[str]) -> int | None:
    """The number said by these marks; None where nobody counts so."""
    for scale, size in SCALES:
        if scale in words:
            at = words.index(scale)
            return scaled(words[:at], size, words[at + 1 :])
    return int("".join(word.lstrip("#") for word in words) or 0)


def scaled(high: list[str], size: int, low: list[str]) -> int | None:
    """So many tens, hundreds or thousands and the rest; "trăm hai" says 120, "trăm lẻ hai" 102."""
    times, rest = spoken(high) if high else 1, spoken(low)
    if times is None or rest is None:
        return None
    if size == 100 and low in ([f"#{digit}"] for digit in range(1, 10)):
        rest *= 10
    return times * size + rest if rest < size else None
