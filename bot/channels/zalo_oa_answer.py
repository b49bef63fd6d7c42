"""What an Official Account's interface answers, and what refusals mean. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.base import cleaned, part
from bot.channels.calls import CallFailed, NoAnswer, Refused, Unsent, answered
from bot.channels.zalo_oa_tokens import Given
from handlers.errors import Rejected, SendFailed, Uncertain, Unreachable

REASON = 200  # characters of a refusal that are kept
A_DAY = 90_000.0  # seconds that a token lives, where Zalo does not say

# The platform's table of errors; those without a minus sign are what one third party saw instead.
STALE = {-216, -220, 216, 401, -401}  # the access token
BUSY = {-32: 60.0}  # seconds; too many calls a minute
GONE = {-213, -227, -244}  # follows no more; banned or away for 45 days; wants none of these
LATER = {-100, -200}  # unknown, failed
# The account or the app itself is not in order: what waits is kept until somebody mends it.
ACCOUNT = {
    -204: "OA đã bị xoá",
    -205: "OA không còn",
    -209: "ứng dụng chưa kích hoạt",
    -212: "ứng dụng chưa đăng ký dùng Official Account API",
    -219: "ứng dụng bị gỡ hoặc bị khoá",
    -221: "OA chưa xác thực",
    -223: "OA chưa cấp quyền này cho ứng dụng",
    -224: "gói OA không đủ, cần nâng gói",
}
# The same, but others may still be answered.
MONEY = {
    -211: "đã hết hạn mức của OA",
    -320: "ứng dụng chưa nối với Zalo Cloud Account",
    -321: "Zalo Cloud Account hết tiền hoặc không trừ được tiền",
}
MENDED = 300.0  # seconds until we see whether it is in order


def theirs(status: int, body: bytes) -> dict[str, Any]:
    """Zalo's own words; raise NoAnswer where they are not."""
    answer = answered(status, body)
    if status >= 500:
        raise NoAnswer(f"not the platform's answer ({status})")
    return answer


def result(status: int, body: bytes) -> Mapping[str, Any]:
    """What an answer holds; raise Refused or NoAnswer. Refusals come with status 200."""
    answer = theirs(status, body)
    code = counted(answer.get("error"))
    if code:
        raise Refused(code, cleaned(str(answer.get("message", "")))[:REASON])
    if code is None or status != 200:
        raise NoAnswer(f"not the platform's answer ({status})")
    return part(answer, "data")


def pair(status: int, body: bytes) -> Given:
    """The tokens in an answer; raise Refused or NoAnswer.

    Refusals have other fields there than elsewhere, and status 200 as well, as one project saw.
    """
    answer = theirs(status, body)
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if isinstance(access, str) and isinstance(refresh, str) and access and refresh:
        return Given(access, refresh, counted(answer.get("expires_in")) or A_DAY)
    names = ("error_name", "error_description", "error_reason", "message")
    why = next((str(answer[name]) for name in names if answer.get(name)), "")
    code = counted(answer.get("error")) or 0
    if why or code:
        raise Refused(code, cleaned(why)[:REASON])
    raise NoAnswer(f"not the platform's answer ({status})")


def counted(number: Any) -> int | None:
    """A number of theirs, which may be written as text."""
    try:
        return int(number)
    except (TypeError, ValueError, OverflowError):
        return None


def failure(error: CallFailed) -> SendFailed:
    """Say in our words what went wrong."""
    why = str(error)
    match error:
        case Unsent():
            return SendFailed(why)
        case NoAnswer():
            return Uncertain(why)
        case Refused(code=code) if code in BUSY:
            return SendFailed(why, BUSY[code])
        case Refused(code=code) if code in STALE or code in ACCOUNT:
            return SendFailed(why, MENDED)
        case Refused(code=code) if code in LATER or code > 0:
            return SendFailed(why)
        case Refused(code=code) if code in GONE:
            return Unreachable(why)
    return Rejected(why)  # after the 7 days, no quota, a text or file that is not taken
