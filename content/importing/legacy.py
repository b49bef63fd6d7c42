"""Vietnamese from before Unicode: recognised, so that it is refused with how to mend it."""

from __future__ import annotations

import re
import unicodedata

OURS = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")  # letters that no other language has
TCVN3 = re.compile(r"[µ¶·¹¨»¾¼½®×ß«¬]|[Ö©ªÝØÞ](?=[a-z\s])")
VNI = re.compile(
    r"[aeoAEO][äåáàâéèêëùøûõïúüöÄÅÁÀÂÉÈÊËÙØÛÕÏÚÜÖ]|[öôÖÔ][ùøûõïÙØÛÕÏ]|[uyUY][ùøûõïÙØÛÕÏ]"
)
MARKS = re.compile(r"[aeiouyâêôăơư][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
CONVERT = "; dùng UniKey (Ctrl+Shift+F6) chuyển sang Unicode rồi lưu lại với mã UTF-8"
RARE = 0.02  # share of letters; Vietnamese has twenty times as many of its own


def legacy_text(body: bytes) -> str:
    """What is wrong with bytes that are not UTF-8."""
    if len(MARKS.findall(body.decode("cp1258", "ignore"))) > len(TCVN3.findall(latin(body))):
        return "tệp .txt mã Windows-1258; mở bằng Notepad, chọn Lưu thành, mã hoá UTF-8"
    return legacy_font(latin(body)) or "không phải văn bản; cần .docx, .pdf có chữ, .txt mã UTF-8"


def legacy_font(text: str) -> str:
    """What is wrong with a text whose letters only an old font makes Vietnamese; else nothing."""
    letters = sum(map(str.isalpha, text))
    if len(OURS.findall(unicodedata.normalize("NFC", text))) > RARE * letters:
        return ""
    if len(VNI.findall(text)) > max(RARE * letters, len(TCVN3.findall(text))):
        return "chữ mã VNI (phông VNI-Times…)" + CONVERT
    if len(TCVN3.findall(text)) > RARE * letters:
        return "chữ mã TCVN3 (phông .VnTime…)" + CONVERT
    return "không thấy chữ tiếng Việt có dấu; cần bản kế hoạch gõ bằng Unicode"


def latin(body: bytes) -> str:
    """The letters that these bytes are on a machine without the old font."""
    return body.decode("cp1252", "replace")
