"""Typed phone numbers of Viet Nam."""

from __future__ import annotations

import re

from handlers.errors import Invalid
from handlers.values.words import LONGEST

RUN = re.compile(r"\(?\+?[0-9oO][0-9oO .\-–()]*[0-9oO]")
ABROAD = re.compile(r"(?:\+|00)84\(?0?\)?|84(?=[1-9][0-9]{8,9}$)")

# The national numbering plan since 2018: mobiles have ten digits, landlines eleven.
NUMBER = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}|02[0-9]{9}")


def phone_of(text: str) -> str:
    """The one number in a text as ``0912345678``; raise Invalid where there is none, or several."""
    if len(text) > LONGEST:
        raise Invalid("invalid/phone")
    numbers = {domestic(found[0]) for found in RUN.finditer(text)}
    right = {number for number in numbers if NUMBER.fullmatch(number)}
    match sorted(right), sorted(numbers):
        case [only], _:
            return only
        case [], [wrong] if 7 <= len(wrong) <= 13:
            raise Invalid("invalid/phone-number", number=wrong, digits=str(len(wrong)))
    raise Invalid("invalid/phone")


def domestic(number: str) -> str:
    """As dialled inside the country; a lost first 0 is put back."""
    joined = re.sub(r"[ .\-–]", "", number).replace("o", "0").replace("O", "0")
    digits = re.sub(r"[^0-9]", "", ABROAD.sub("0", joined, count=1))
    return f"0{digits}" if len(digits) == 9 and digits[0] in "35789" else digits
