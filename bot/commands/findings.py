"""What is wrong with a channel, as an operator is told: what, and what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import Checkup
from bot.channels.calls import BadToken, CallFailed, Refused, Unsent
from bot.channels.web import WebChannel
from bot.commands.inspecting import PATIENCE, Inspected, Silent
from handlers.turn import HERE

LATELY = timedelta(hours=1)  # trouble of longer ago is over, if nothing waits because of it
KEYS = {  # what turns a channel on, and where that is from
    "telegram": ("THIDUA_TELEGRAM_TOKEN", "mã của BotFather"),
    "zalo": ("THIDUA_ZALO_TOKEN", "mã mà Bot Manager gửi trong Zalo"),
    "zalo_oa": ("THIDUA_ZALO_OA_APP_ID", "ID ứng dụng ở developers.zalo.me"),
    "messenger": ("THIDUA_MESSENGER_TOKEN", "mã truy cập Trang ở developers.facebook.com"),
}


@dataclass(frozen=True)
class Finding:
    """One thing about a channel that an operator should know; ``bad``: it does not work so."""

    text: str
    bad: bool = True


def findings(each: Inspected, now: datetime) -> list[Finding]:
    """All that is to be said of a channel."""
    if not each.on:
        return [Finding(f"tắt; muốn bật thì đặt {key(each)[0]}", bad=False)]
    return [*of_answer(each, now), *of_count(each)]


def of_answer(each: Inspected, now: datetime) -> Iterator[Finding]:
    """What its platform says of us, or why it does not."""
    if isinstance(each.said, CallFailed):
        yield Finding(why(each, each.said))
    elif each.said:
        yield from of_hook(each, each.said)
        yield from of_updates(each.said, now)


def why(each: Inspected, error: CallFailed) -> str:
    """Why a platform does not say anything of us."""
    page = each.standing.channel == WebChannel.name
    match error:
        case Unsent() if page:
            return "không ai trả lời; thidua serve chưa chạy, hoặc chạy ở máy khác, cổng khác"
        case CallFailed() if page:
            return f"thidua serve đang chạy mà không khoẻ ({error}); xem nhật ký của nó"
        case BadToken():
            ours, theirs = key(each)
            return f"không nhận mã token; so {ours} với {theirs}"
        case Unsent():
            return f"không nối tới được ({error}); xem lại mạng, THIDUA_PROXY, {api(each)}"
        case Silent():
            return f"{PATIENCE:.0f} giây chưa trả lời; chờ ít phút rồi thử lại, xem lại mạng"
        case Refused():
            return f"từ chối cho biết: {error}"
    return f"trả lời lạ ({error}); chờ ít phút rồi thử lại, xem lại {api(each)}"


def of_hook(each: Inspected, said: Checkup) -> Iterator[Finding]:
    """Whether it brings updates to where we expect them."""
    if said.missing:
        fields = ", ".join(said.missing)
        yield Finding(f"không báo cho ta: {fields}; đăng ký các trường ấy cho Trang, mục Webhooks")
    if said.hook is None or said.hook == each.url:
        return
    if not said.hook:
        yield Finding(f"chưa biết phải mang tin tới {each.url}; khởi động lại thidua serve")
    elif each.url:
        yield Finding(
            f"đang mang tin tới {said.hook}, không phải {each.url}; nơi khác dùng cùng mã token,"
            " hoặc THIDUA_PUBLIC_URL đã đổi: khởi động lại thidua serve"
        )
    else:
        yield Finding(
            f"đang mang tin tới {said.hook} nên ta hỏi không được; nơi khác dùng cùng mã token,"
            " hoặc thiết lập đã đổi: khởi động lại thidua serve"
        )


def of_updates(said: Checkup, now: datetime) -> Iterator[Finding]:
    """How what people say comes to us."""
    at, words = said.troubled_at, "; ".join(said.troubles)
    fresh = at is None or now - at < LATELY
    if words:
        moment = f" (lúc {at.astimezone(HERE):%H:%M %d/%m/%Y})" if at else ""
        yield Finding(f"báo trục trặc{moment}: {words}", bad=fresh or said.waiting > 0)
    if said.waiting:
        yield Finding(f"còn giữ {said.waiting} tin chưa tới ta", bad=False)


def of_count(each: Inspected) -> Iterator[Finding]:
    """What our own count says."""
    standing, lost = each.standing, each.standing.traffic
    remaining = left(each)
    if remaining == 0:
        yield Finding("hết tin của tháng này; gửi nữa sẽ bị từ chối tới đầu tháng sau")
    elif remaining is not None and standing.scarce:
        yield Finding(f"tháng này chỉ còn {remaining} tin", bad=False)
    if standing.most and standing.people >= standing.most:
        yield Finding(f"đủ {standing.most} người; người mới có thể không nhắn được", bad=False)
    if lost.failed or lost.uncertain:
        yield Finding(
            f"24 giờ qua {lost.failed} tin hỏng, {lost.uncertain} tin không rõ tới chưa;"
            " nhật ký: send_failed, given_up",
            bad=False,
        )


def left(each: Inspected) -> int | None:
    """How many messages are left: as the platform says, else by our count."""
    said = each.said.left if isinstance(each.said, Checkup) else None
    return each.standing.left if said is None else said


def key(each: Inspected) -> tuple[str, str]:
    """The setting that turns a channel on, and where what stands there is from."""
    name = each.standing.channel
    return KEYS.get(name, (f"THIDUA_{name.upper()}_TOKEN", "mã được cấp"))


def api(each: Inspected) -> str:
    """The setting with a platform's address."""
    return f"THIDUA_{each.standing.channel.upper()}_API"
