"""Capitals as in a sentence, for what stands in capitals on the page."""

from __future__ import annotations

import re

KEPT = re.compile(r"\b(?:HTX|THT|LMHTX|LĐLĐ|UBND|HĐND|CĐCS|CNVCLĐ|QTDND|MTTQ|OCOP|[IVX]{2,})\b")
BODIES = (
    "Liên minh",
    "Hợp tác xã",
    "Liên đoàn Lao động",
    "Ban Thường vụ",
    "Ban Chấp hành",
    "Việt Nam",
)
UNITS = r"tỉnh|huyện|thành phố|quận|phường|thị xã|thị trấn|(?<!hợp tác )xã"
PLACE = re.compile(rf"\b({UNITS}) (?!{UNITS}|và\b|năm\b)(\w+(?: \w+){{0,2}})$")


def sentence_case(text: str) -> str:
    """Words in capitals in small letters, abbreviations and names kept; then a capital first."""
    text = " ".join(text.split())
    if text.isupper():
        kept = iter(KEPT.findall(text))
        text = KEPT.sub("\0", text).lower()
        text = re.sub("\0", lambda _: next(kept), text)
        text = PLACE.sub(lambda found: f"{found[1]} {found[2].title()}", text)
        for body in BODIES:
            text = re.sub(rf"\b{body}\b", body, text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]
