"""The same question as different people type it. Seeded: each run types alike."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from content.fold import fold

SHORT = {
    "không": "ko",
    "được": "dc",
    "bao nhiêu": "bn",
    "hồ sơ": "hs",
    "kế hoạch": "kh",
    "bằng khen": "bk",
    "hợp tác xã": "htx",
    "khen thưởng": "kt",
    "như thế nào": "ntn",
    "công đoàn": "cđ",
    "doanh nghiệp": "dn",
    "đăng ký": "đki",
    "những": "nhg",
    "người": "ng",
    "với": "vs",
    "trước": "trc",
    "báo cáo": "bc",
    "nội dung": "nd",
    "gì": "j",
}
SOUTHERN = {
    "không": "hông",
    "vậy": "dzậy",
    "bao nhiêu": "nhiêu",
    "làm": "mần",
    "tôi": "tui",
    "khi nào": "chừng nào",
    "ngày nào": "bữa nào",
    "gửi": "gởi",
    "vào": "vô",
    "như thế nào": "sao",
    "chúng tôi": "tụi tui",
}
CENTRAL = {
    "khi nào": "khi mô",
    "ngày nào": "bữa mô",
    "ở đâu": "ở mô",
    "gì": "chi",
    "vậy": "rứa",
    "này": "ni",
    "làm": "mần",
    "sao": "răng",
    "như thế nào": "răng",
}
BEFORE = (
    "alo em ơi chị ở hợp tác xã dưới xã mấy bữa nay mưa quá chị không ra ngoài được nên chị hỏi",
    "dạ chào anh em là kế toán mới vô làm được mấy tháng sếp giao mà em chưa rành cho em hỏi",
    "chú già rồi mắt kém đọc cái tờ giấy không rõ con nói giúp chú coi",
)
AFTER = (
    "để chị còn về báo lại với mọi người chứ ai cũng hỏi hết mà chị không biết đường trả lời",
    "em cảm ơn anh nhiều lắm ạ tại chiều nay em phải trình sếp rồi",
    "chú hỏi vậy thôi chứ không có gì gấp đâu nghen",
)

Style = Callable[[str, Random], str]


def as_written(text: str, chance: Random) -> str:
    return text


def no_diacritics(text: str, chance: Random) -> str:
    return fold(text)


def slips(text: str, chance: Random) -> str:
    """Two slips of the thumb: a letter lost, doubled or swapped, or a space not hit."""
    for _ in range(2 if len(text) > 3 else 0):
        at = chance.randrange(1, len(text) - 1)
        swapped = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        lost, doubled = text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:]
        space = text.find(" ", at)
        joined = text[:space] + text[space + 1 :] if space > 0 else lost
        text = chance.choice((lost, doubled, swapped, joined))
    return text


def shortened(text: str, chance: Random) -> str:
    return said_otherwise(text.lower(), SHORT)


def dialect(text: str, chance: Random) -> str:
    return said_otherwise(text.lower(), chance.choice((SOUTHERN, CENTRAL)))


def dictated(text: str, chance: Random) -> str:
    """Spoken into the phone: no signs, and a story around the question."""
    spoken = "".join(sign for sign in text.lower() if sign.isalnum() or sign in " /%")
    return f"{chance.choice(BEFORE)} {spoken} {chance.choice(AFTER)}"


def said_otherwise(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = f" {text} ".replace(f" {word} ", f" {other} ").strip()
    return text


STYLES: dict[str, Style] = {
    "như đã viết": as_written,
    "không dấu": no_diacritics,
    "gõ sót": slips,
    "viết tắt": shortened,
    "phương ngữ": dialect,
    "đọc cho máy ghi": dictated,
}


def typed(text: str, style: str) -> str:
    """The text in that style, always the same way."""
    return STYLES[style](text, Random(text))
