"""A broadcast as an operator asks for it at the terminal: what is wrong with it, how it looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.broadcasts.reach import Reach
from bot.channels.base import Abilities, Channel
from bot.settings import BadSettings, Settings
from content.library import Library
from content.schema import Plan
from handlers.broadcasting.estimate import Estimate
from handlers.broadcasting.known import Known
from handlers.broadcasting.message import FORMATS, MOST, Message, format_of
from handlers.broadcasting.report import because
from handlers.broadcasting.whom import STAGES, Whom
from handlers.broadcasting.words import SLOTS_SHOWN, longest, unknown
from handlers.turn import HERE
from storage.tables import Broadcast

BUTTONS = {  # to be named at the terminal: the label of each, and what it does in a plan
    "register": ("register", "register:{}"),
    "plan": ("topics", "plan:{}"),
    "check": ("check", "check:of:{}"),
    "mine": ("mine", "mine"),
}
SHAPES = {  # what would be right where something of it is wrong
    "to": f"--to phải là một trong: {', '.join(STAGES)}",
    "place": "--place dài quá; ghi tên ấp, xã hoặc đơn vị",
    "seen": "--seen phải là số ngày từ 1 đến 3660, ví dụ 30",
}


@dataclass(frozen=True)
class Words:
    """What is to be said, as it was asked for."""

    text: str
    file: Path | None  # that holds the text instead; - is what is piped in
    enclosed: Path | None  # a picture or file that goes along
    buttons: tuple[str, ...]


def composed(library: Library, plan: Plan, words: Words) -> dict[str, Any]:
    """The fields of a broadcast; raise BadSettings for what cannot be sent."""
    text = read(words).strip()
    if not text:
        raise BadSettings('thiếu lời nhắn; ví dụ: --text "Bà con nhớ gửi bảng đăng ký nhé"')
    if strange := next(unknown(text), ""):
        raise BadSettings(f"không có chỗ điền {strange}; dùng được: {', '.join(SLOTS_SHOWN)}")
    name, content = enclosed(words.enclosed)
    pressed = [button(library, plan, each) for each in words.buttons]
    return {"text": text, "buttons": pressed, "file": name, "picture": content}


def read(words: Words) -> str:
    if words.text and words.file:
        raise BadSettings("chỉ dùng một trong hai: --text hoặc --file")
    if words.file is None:
        return words.text
    try:
        piped = str(words.file) == "-"
        return sys.stdin.read() if piped else words.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"không đọc được {words.file}; phải là tệp chữ, mã UTF-8") from error


def enclosed(path: Path | None) -> tuple[str, bytes | None]:
    """What goes along, by its name; raise BadSettings for what cannot."""
    if path is None:
        return "", None
    if format_of(path.name) is None:
        raise BadSettings(f"không kèm được {path.name}; kèm được: {', '.join(FORMATS)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadSettings(f"không đọc được {path} ({error.strerror})") from error
    if not 0 < len(content) <= MOST:
        raise BadSettings(f"{path.name} phải có nội dung và nhẹ hơn {MOST // 1_000_000} MB")
    return path.name, content


def button(library: Library, plan: Plan, name: str) -> list[str]:
    """A button by its name, or by the entry of the plan that it shows."""
    if name in BUTTONS:
        label, value = BUTTONS[name]
        return [library.labels[label], value.format(plan.id)]
    if entry := plan.entry(name):
        return [entry.label, f"ask:{plan.id}/{entry.id}"]
    raise BadSettings(
        f"không có nút '{name}'; có: {', '.join(BUTTONS)}, hoặc mã một mục của kế hoạch"
    )


def narrowed(library: Library, abilities: Iterable[str], asked: Mapping[str, Any]) -> Whom:
    """Whom it is for; raise BadSettings for what there is not."""
    rules, said = library.broadcasts, str(asked.get("kind") or "")
    kind = rules.kind(said)
    if said and not kind:
        known = ", ".join(each.label for each in rules.kinds)
        raise BadSettings(f"không có loại hình '{said}'; đang có: {known}")
    if (channel := asked.get("channel")) and channel not in abilities:
        raise BadSettings(f"không có kênh '{channel}'; đang có: {', '.join(abilities)}")
    try:
        return Whom.model_validate({**asked, "kind": kind})
    except ValidationError as error:
        raise BadSettings("; ".join(SHAPES[str(e["loc"][0])] for e in error.errors())) from error


def channels(settings: Settings) -> dict[str, Abilities]:
    """What the channels that have a token can do; the web page always is there."""
    from bot.channels.messenger import Messenger
    from bot.channels.telegram import Telegram
    from bot.channels.web import WebChannel
    from bot.channels.zalo import ZaloBot

    there: list[tuple[type[Channel], object]] = [
        (WebChannel, True),
        (Telegram, settings.telegram_token),
        (ZaloBot, settings.zalo_token),
        (Messenger, settings.messenger_token),
    ]
    return {kind.name: kind.can for kind, has in there if has}


def fitting(library: Library, reach: Reach, row: Broadcast) -> None:
    """Raise BadSettings where it is too long for one message of a channel."""
    over = -reach.room(Message(library, row).to(longest()))
    if over > 0:
        raise BadSettings(
            f"tin dài quá {over} ký tự, kênh nhỏ nhất không gửi gọn một lần; viết ngắn lại"
        )


def shown(console: Console, library: Library, reach: Reach, row: Broadcast) -> None:
    """How it looks on each channel."""
    for look in reach.looks(Message(library, row).to(Known())):
        said = "\n".join([look.text, *(f"[ {label} ]" for label in look.labels)])
        if row.file:
            said = f"({row.file})\n{said}"
        console.print(Panel(Text(said), title=", ".join(look.channels), title_align="left"))


def told(library: Library, row: Broadcast, estimate: Estimate) -> Iterable[str]:
    """Whom it would reach and how long that takes, a line each."""
    yield f"Sẽ gửi cho {estimate.people} người."
    for share in estimate.shares:
        left = "" if share.left is None else f" (thông báo tháng này còn {share.left} tin)"
        yield f"  {share.channel}: {share.people} tin{left}"
    if estimate.missed:
        yield f"Không gửi được cho {estimate.missed} người:"
    for reason, count in sorted(estimate.reasons.items()):
        yield f"  {because(library, reason)}: {count}"
    if estimate.people:
        lasts = f"mất khoảng {lasting(estimate.seconds)}, xong lúc {moment(estimate.ends)}"
        yield f"Bắt đầu lúc {moment(estimate.begins)}, {lasts}."


def lasting(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} giờ {minutes % 60} phút" if minutes >= 60 else f"{minutes or 1} phút"


def moment(at: datetime) -> str:
    return f"{at.astimezone(HERE):%H:%M ngày %d/%m/%Y}"
