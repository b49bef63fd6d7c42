"""What everybody in these tests says: one registration, from the first word to the code.

It tells on any fault: a message heard twice, lost or out of its turn puts a wrong value into a
field, or ends with no registration at all.
"""

from __future__ import annotations

import json
from itertools import groupby

from tests.crash.serving import Serving

RECEIVED = "Đã nhận đăng ký"
PLAN = "Vĩnh Thuận 2025"


def told(who: int) -> dict[str, str]:
    """What a person answers, by the form's steps."""
    return {
        "unit": f"Tổ hợp tác số {who}",
        "person": "Nguyễn Văn Bảy",
        "phone": f"0912{who:06}",
        "place": f"ấp {who}, xã Vĩnh Bình Bắc",
        "name": f"Cầu nông thôn số {who}",
        "period": "từ 1/3/2027 đến 30/6/2027",
        "content": f"đổ {who} trụ, lắp dầm",
        "value": f"{who} triệu",
        "economic": f"bớt tiền vận chuyển cho {who} hộ",
        "social": f"{who} hộ đi lại an toàn",
        "time-saved": f"xong sớm {who} ngày",
    }


def script(who: int) -> list[str]:
    """All that a person says, in order."""
    return ["đăng ký", PLAN, "Đồng ý", *told(who).values(), "Gửi đăng ký"]


TURNS = len(script(1))


def once(texts: list[str]) -> list[str]:
    """The messages without those that were at once sent again."""
    return [text for text, _ in groupby(texts)]


def check_memory(bot: Serving, people: dict[str, int]) -> None:
    """Every update once and done, every reply settled, one true registration for each person."""
    heard = bot.rows("SELECT sender, count(*), count(done_at) FROM inbox GROUP BY sender")
    assert sorted(heard) == sorted((address, TURNS, TURNS) for address in people)
    assert bot.rows("SELECT count(*) FROM inbox WHERE fault != ''") == [(0,)]
    left = bot.rows("SELECT state, count(*), count(due_at) FROM outbox GROUP BY state")
    assert left == [("sent", TURNS * len(people), 0)]
    assert bot.rows("SELECT count(*) FROM draft") == [(0,)]
    filed = bot.rows(
        "SELECT sender, answers FROM registration JOIN address USING (person_id) ORDER BY sender"
    )
    assert [address for address, _ in filed] == sorted(people)
    plain = ("unit", "person", "place", "name", "content", "economic", "social", "time-saved")
    for address, answers in filed:
        kept, wanted = json.loads(answers), told(people[address])
        assert {step: kept[step] for step in plain} == {step: wanted[step] for step in plain}


def queued(bot: Serving, address: str) -> list[str]:
    """The replies to a person, in the order in which they were meant."""
    bodies = bot.rows("SELECT body FROM outbox WHERE address = ? ORDER BY id", address)
    return [json.loads(body)["text"] for (body,) in bodies]
