"""Typed sums of money, in đồng; and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from handlers.errors import Invalid
from handlers.values.money_words import SCALES, marks
from handlers.values.words import listed

MOST = 10**13  # đồng: ten thousand tỷ, more than any cooperative will ever spend
LEAST = 10_000  # a smaller number without a unit is not a sum yet: "200" may mean triệu
NEAR = 20  # "500-1 tỷ" says 500 triệu: the lower sum is at least so near to the higher one

NUMBER = r"[0-9]+(?:[.,][0-9]+)*(?!\S)"
TERM = re.compile(rf"(?:(?P<number>{NUMBER}) )?(?P<scales>[XTKMB](?!\S)(?: [KMB](?!\S))*)")
TAIL = re.compile(r" (?P<tail>plus|[0-9]{1,3})(?=$| (?:d|to|~|-|,|minus|foreign|no)(?!\S))")
REST = re.compile(rf" (?P<rest>{NUMBER})")
BARE = re.compile(rf"(?P<number>{NUMBER})(?P<unit> d(?!\S))?")
PHONE = re.compile(r"0[0-9]{8,}")
MINUS = re.compile(r"\W*[-−–]\s*[0-9]")
GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
DECIMAL = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?P<sep>[.,])[0-9]{3})+|[0-9]+)(?!(?P=sep))[.,][0-9]+"
)

# Words beside a number that leave it a sum although no unit stands there ("2000 con" is none).
FILLERS = listed(
    "from to ~ - , khoang chung tam hon gan co la nha nhe nghe a da tong cong so tien kinh phi "
    "du kien het chi muc von gia tri minh em anh chac"
)


@dataclass(frozen=True)
class Range:
    """From so much to so much."""

    low: int
    high: int


@dataclass(frozen=True)
class Amount:
    """A number as written and the unit it counts (0: none was said)."""

    value: Fraction
    scale: int


def money_of(text: str) -> int | Range:
    """The sum that was typed, in đồng, or the range; raise Invalid where there is none."""
    words = marks(text)
    found = list(amounts(words))
    said = [one for one in found if isinstance(one, Amount)]
    others = {one for one in found if isinstance(one, str)}
    refuse(text, others, bool(said))
    match said:
        case [only]:
            return alone(only, others)
        case [one, other] if one.value == other.value:
            return alone(one, others)
        case [low, high] if others & {"to", "~", "-"}:
            return ranged(low, high, others)
    raise Invalid("invalid/money")


def refuse(text: str, others: set[str], said: bool) -> None:
    """Raise Invalid for what is no sum in đồng: negative, foreign, a rate, not known yet."""
    if "foreign" in others:
        raise Invalid("invalid/currency")
    if said and ("minus" in others or MINUS.match(text)):
        raise Invalid("invalid/negative")
    if others & {"no", "/", "minus"}:
        raise Invalid("invalid/money")


def amounts(words: str) -> Iterator[Amount | str]:
    """The amounts among marks in order, and every other mark or word as it is."""
    at = 0
    while at < len(words):
        if found := counted(words, at) or bare(words, at):
            amount, end = found
            yield amount
        else:
            end = (words + " ").index(" ", at)
            yield words[at:end]
        at = end + 1


def counted(words: str, at: int) -> tuple[Amount, int] | None:
    """A sum in units, the next always smaller: 2 B 300 M, 2 B 3, 5 M plus, 1 M 250.000."""
    total, scale, end = Fraction(0), 0, at
    while term := TERM.match(words, at):
        size = prod(SCALES[unit] for unit in term["scales"].split())
        if scale and (size >= scale or not term["number"]):
            break
        total += literal(term["number"] or "1", in_units=True) * size
        scale, end, named = size, term.end(), bool(term["number"]) or bool(scale)
        at = end + 1
    if not scale:
        return None
    if tail := TAIL.match(words, end):
        return Amount(total + fraction(tail["tail"]) * scale, scale), tail.end()
    if rest := REST.match(words, end):
        more = literal(rest["rest"], in_units=False)
        if LEAST <= more < scale:
            return Amount(total + more, scale), rest.end()
    return (Amount(total, scale), end) if named else None


def fraction(tail: str) -> Fraction:
    """What stands behind a unit: 2 tỷ 3 is 2,3 tỷ, 5tr250 is 5,25 triệu, rưỡi a half."""
    return Fraction(1, 2) if tail == "plus" else Fraction(int(tail), 10 ** len(tail))


def bare(words: str, at: int) -> tuple[Amount, int] | None:
    found = BARE.match(words, at)
    if not found or PHONE.fullmatch(found["number"]):
        return None
    return Amount(literal(found["number"], in_units=False), 1 if found["unit"] else 0), found.end()


def literal(number: str, in_units: bool) -> Fraction:
    """The number as Vietnamese write it, 1.250.000 or 1,5; 1.5 and 1,250,000 where that is clear.

    One group of three behind a comma is a fraction before a unit (1,250 tỷ), else thousands.
    """
    grouped = GROUPED.fullmatch(number)
    one_comma = number.count(",") == 1 and in_units
    if number.isdecimal() or (grouped and not one_comma and number[0] != "0"):
        return Fraction(re.sub("[.,]", "", number))
    if not DECIMAL.fullmatch(number):
        raise Invalid("invalid/money")
    whole, decimals = re.split(r"[.,](?=[0-9]+$)", number)
    return Fraction(re.sub("[.,]", "", whole) + "." + decimals)


def alone(only: Amount, others: set[str]) -> int:
    unsure = only.scale == 0 and only.value != 0
    if unsure and (only.value < LEAST or others - FILLERS):
        raise without_unit(only)
    return whole(only.value)


def without_unit(amount: Amount) -> Invalid:
    return Invalid("invalid/money-unit", number=decimal(amount.value))


def ranged(low: Amount, high: Amount, others: set[str]) -> int | Range:
    """Both ends in đồng, the unit of one standing for both: 100-150 triệu."""
    if not low.scale and not high.scale:
        least, most = alone(low, others), alone(high, others)
    elif not high.scale:
        least, most = whole(low.value), whole(high.value * low.scale)
    else:
        most = whole(high.value)
        least = whole(low.value if low.scale else below(low.value, high))
    if least > most:
        raise Invalid("invalid/money-order", low=show_money(least), high=show_money(most))
    return Range(least, most) if least < most else least


def below(value: Fraction, high: Amount) -> Fraction:
    """A lower end without a unit in the higher one's, or a thousandth of it, or in đồng."""
    likely = (value * high.scale, value * high.scale / 1000, value)
    return next((low for low in likely if high.value / NEAR <= low <= high.value), likely[0])


def whole(value: Fraction) -> int:
    if value > MOST:
        raise Invalid("invalid/money-too-large", most=show_money(MOST))
    return round(value)


def show_money(value: int | Range) -> str:
    """``250 triệu đồng``, ``1,5 tỷ đồng``, ``1.250.000 đồng``, ``từ 100 đến 150 triệu đồng``."""
    if isinstance(value, int):
        return f"{shown(value)} đồng"
    low, high = shown(value.low), shown(value.high)
    number, _, unit = low.partition(" ")
    if unit == high.partition(" ")[2] and number[-4:-3] != ",":
        low = number
    elif not unit:
        low = f"{low} đồng"
    return f"từ {low} đến {high} đồng"


def shown(value: int) -> str:
    for unit, size in (("tỷ", 10**9), ("triệu", 10**6)):
        if value >= size and value % 10**6 == 0:
            return f"{decimal(Fraction(value, size))} {unit}"
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction) -> str:
    """``1.250`` or ``1,5``."""
    whole, _, rest = f"{float(value):,.3f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
