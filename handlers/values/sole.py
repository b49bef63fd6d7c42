"""Values that are clear by themselves, with no word beside them that would say something else."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from content.fold import fold
from handlers.errors import Invalid
from handlers.values.calendar_words import FILLERS
from handlers.values.hearing import heard
from handlers.values.money import FILLERS as BESIDE_SUMS
from handlers.values.money import Amount, Range, amounts, money_of
from handlers.values.money_words import marks
from handlers.values.periods import period_of
from handlers.values.phone import NUMBER, RUN, domestic
from handlers.values.spans import Span
from handlers.values.words import listed

YEAR = re.compile(r"(?:nam )?[0-9]{4}")
CALLED = re.compile(r"(?:(?:so )?dien thoai|so|s?dt|di dong|lien he)[ :.]*$")
DATES = re.compile(r"[0-9]{1,2}[.-][0-9]{1,2}[.-](?:[0-9]{2}){1,2}(?![0-9])")
SURNAMES = listed(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly trinh dinh dao doan "
    "lam mai truong ha luu ta to cao chau quach thach son kim danh lu luong vuong thai tang bach"
)
TITLES = listed("anh chi ong ba co chu bac em")


def sole_period(text: str, today: date) -> Span | None:
    """The period that a text says and nothing else; a bare year may be part of a name."""
    if YEAR.fullmatch(fold(text).strip()):
        return None
    with suppress(Invalid):
        said = heard(text, today)
        if not any(isinstance(each, str) and each not in FILLERS for each in said):
            return period_of(text, today)
    return None


def sole_money(text: str) -> int | Range | None:
    """The sum that a text says with its unit and nothing else."""
    with suppress(Invalid):
        said = [*amounts(marks(text))]
        others = {each for each in said if isinstance(each, str)}
        if others <= BESIDE_SUMS and any(isinstance(each, Amount) and each.scale for each in said):
            return money_of(text)
    return None


def without_phone(text: str) -> tuple[str, str] | None:
    """The one phone number in a text, and what is left without it; None where there is none."""
    found = [run for run in RUN.finditer(text) if not DATES.match(run[0])]
    right = [run for run in found if NUMBER.fullmatch(domestic(run[0]))]
    if len(right) != 1:
        return None
    before, after = text[: right[0].start()].rstrip(), text[right[0].end() :].lstrip(" ,.;:-()")
    called = CALLED.search("".join((fold(letter) or " ")[0] for letter in before))
    before = before[: called.start()] if called else before
    return domestic(right[0][0]), f"{before.rstrip(' ,.;:-(')} {after}".strip()


def person(text: str) -> str | None:
    """Who is named, where a text is no more than a name; without "anh", "chị" before it."""
    said = text.split()
    titled = len(said) > 1 and fold(said[0]) in TITLES
    name = said[1:] if titled else said
    letters = all(word.isalpha() for word in name)
    surname = len(name) > 1 and fold(name[0]) in SURNAMES
    return " ".join(name) if letters and len(name) <= 5 and (titled or surname) else None
