"""The numbers that each platform sets, one table a channel, and where each of them is from.

An operator changes one by ``THIDUA_ZALO_LIMITS='quota=0 max_text=1500'``, and likewise elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from bot.channels.base import Abilities


@dataclass(frozen=True)
class Limit:
    """One number, and where we have it from."""

    value: float
    source: str
    sure: bool = True  # False: third parties say so, or it was measured; no page of the platform's


Limits = Mapping[str, Limit]

TELEGRAM: Limits = {
    "max_text": Limit(4096, "characters; telegram.constants.MessageLimit.MAX_TEXT_LENGTH"),
    "max_buttons": Limit(12, "it takes 100; so many stand on a phone without scrolling", False),
    "max_label": Limit(30, "none is set; so many show in a row of a small phone", False),
    "caption": Limit(1024, "characters; telegram.constants.MessageLimit.CAPTION_LENGTH"),
    "pace": Limit(30, "a second; telegram.constants.FloodLimit.MESSAGES_PER_SECOND"),
    "max_picture": Limit(10_000_000, "bytes; telegram.constants.FileSizeLimit.PHOTOSIZE_UPLOAD"),
    "max_file": Limit(50_000_000, "bytes; telegram.constants.FileSizeLimit.FILESIZE_UPLOAD"),
}
ZALO: Limits = {
    "max_text": Limit(2000, "characters of sendMessage, and below a photo; bot.zapps.me/docs"),
    "quota": Limit(3000, "messages a month of the free plan; two third parties, 2026-07", False),
    "people": Limit(50, "users of a bot on the free plan; two third parties, 2026-07", False),
    "cost": Limit(1, "our rank: each message counts", False),
    "linked_pictures": Limit(1, "sendPhoto takes one, by its address; bot.zapps.me/docs"),
}
MESSENGER: Limits = {
    "max_text": Limit(2000, "characters of a text; an older page of the platform's", False),
    "max_buttons": Limit(13, "quick replies; developers.facebook.com, send-messages/quick-replies"),
    "max_label": Limit(20, "characters of a quick reply's title; the same page"),
    "pace": Limit(300, "texts a second that the Send API takes for a page; messenger-platform"),
    "window": Limit(24, "hours after what they wrote; messenger-platform/policy"),
    "max_picture": Limit(8_000_000, "bytes; send-messages/saving-assets says so of links", False),
    "max_file": Limit(25_000_000, "bytes; send-messages/saving-assets: 25 MB"),
    "template_text": Limit(640, "characters above its buttons; send-messages/template/button"),
    "template_buttons": Limit(3, "of a button template; the same page"),
    "utility": Limit(900, "characters in a utility template; WhatsApp's are 1,024 in all", False),
    "greeting": Limit(160, "characters; reference/messenger-profile-api/greeting"),
    "menu": Limit(20, "lines of the menu; send-messages/persistent-menu"),
    "menu_label": Limit(30, "characters of one of them; the same page"),
}
# Pages: docs.zaloplatforms.com/docs/OA, as copies of 2026-08 have them.
ZALO_OA: Limits = {
    "max_text": Limit(2000, "characters; tin-tu-van, and -210 beyond it seen by third parties"),
    "max_buttons": Limit(
        5, "buttons of a message; cau-truc-cua-tham-so-buttons, two copies", False
    ),
    "max_label": Limit(100, "characters of a button's title; the same copies", False),
    "pace": Limit(
        60, "a second, of 4,000 calls a minute for an app; the OA's own is not told", False
    ),
    "max_picture": Limit(1_000_000, "bytes of jpg or png; upload/image says 1 MB"),
    "max_file": Limit(5_000_000, "bytes of pdf, doc, docx, csv; upload/file says 5 MB"),
    "window": Limit(48, "hours after what they wrote in which a message is free; tin-tu-van"),
    "answers": Limit(168, "hours in which it is taken at all, for money; tin-tu-van, error -230"),
    "cost": Limit(1, "our rank: after the window it costs"),
}
TABLES: Mapping[str, Limits] = {
    "telegram": TELEGRAM,
    "zalo": ZALO,
    "messenger": MESSENGER,
    "zalo_oa": ZALO_OA,
}
# Of files, where a platform does not take any. upload/file, upload/image: nothing else is taken;
# csv only by some copies of the page.
FORMATS: Mapping[str, tuple[str, ...]] = {"zalo_oa": ("png", "jpg", "pdf", "docx")}
SHOWN = {field.name for field in fields(Abilities)}


def values(channel: str, changed: Mapping[str, float] | None = None) -> dict[str, float]:
    """The numbers of a channel, as an operator changed them."""
    return {name: limit.value for name, limit in TABLES[channel].items()} | dict(changed or {})


def abilities(channel: str, changed: Mapping[str, float] | None = None) -> Abilities:
    """What a channel can do by its numbers."""
    known = {name: value for name, value in values(channel, changed).items() if name in SHOWN}
    pace, hours = known.pop("pace", 0), [known.pop(name, 0) for name in ("window", "answers")]
    counted: dict[str, Any] = {name: int(value) for name, value in known.items()}
    window, answers = (timedelta(hours=each) if each else None for each in hours)
    formats = FORMATS.get(channel, ())
    return Abilities(**counted, pace=pace, window=window, answers=answers, formats=formats)
