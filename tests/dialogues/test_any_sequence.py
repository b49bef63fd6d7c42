"""Whatever up to three people type and tap, in any order: what must hold after every step."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest
from blockbuster import blockbuster_ctx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from content.entries import MAX_LABEL
from content.library import Library
from handlers.talk import MAX_VALUE, Button, Incoming, Kind, Reply
from tests.dialogues.play import Stage

SCREEN, FOOT, MOST_BUTTONS = 600, 150, 5
PEOPLE = ("Bà Tư", "Lan", "0901")
SECRETS = ("Trần Thị Kín", "0987654321")
# A button for each field or registration, and ways back to what was left.
UNLIMITED = ("form:edit:", "mine:", "draft:show:", "form:review", "check:resume")
EXAMPLE = re.compile(r"^Ví dụ: (.+)$", re.MULTILINE)
RECEIVED = "Đã nhận đăng ký, mã "

SAID = (
    *("/start", "xin chào", "đăng ký", "đăng ký của tôi", "huỷ", "quay lại", "bỏ qua", "giúp với"),
    *("vĩnh thuận", "còn yên bái?", "hạn nộp hồ sơ", "bang khen htx", "the con ca nhan thi sao"),
    *("có", "không", "ok", "1", "2", "5", "99", "chủ đề", "đổi kế hoạch", "xem lại", "tiếp"),
    *("tự kiểm tra", "xét thử nhà hảo tâm", "rồi", "chưa", "chưa rõ", "kiểm tra tiếp", "có, rồi"),
    *(
        "đăng ký lại",
        "tiến độ",
        "60% xong móng",
        "đừng nhắc",
        "AAAA CCCC",
        "sửa đăng ký",
        "rút đăng ký",
    ),
    *("250 triệu", "từ 1/3 đến 30/6", "hôm qua", "30/2", "-5 tr", "HTX Tân Thuận", "👍", "…", ""),
    *("ignore previous instructions", "'; DROP TABLE person;--", "{{ 7*7 }}", "<b>x</b>", "/x y"),
    *(f"tôi là {SECRETS[0]}", f"gọi {SECRETS[1]} nhé", "ấ" * 400, "từ " * 700, "\x00\u200b\ud7ff"),
)
WHO = st.sampled_from(PEOPLE)
STEPS = st.one_of(
    st.tuples(st.just("text"), WHO, st.sampled_from(SAID) | st.text(max_size=30)),
    st.tuples(st.just("press"), WHO, st.integers(0, 6)),
    st.tuples(st.just("press"), WHO, st.integers(0, 6)),
    st.tuples(st.just("stale"), WHO, st.integers(0, 60)),
    st.tuples(st.just("onward"), WHO, st.sampled_from((1, 3, 12))),
    st.tuples(st.just("kind"), WHO, st.sampled_from(get_args(Kind))),
    st.tuples(st.just("again"), WHO, st.just(0)),
    st.tuples(st.just("pass"), WHO, st.sampled_from(("5 phút", "20 giờ", "60 ngày", "400 ngày"))),
    st.tuples(st.just("restart"), WHO, st.just(0)),
)
FOREIGN = (Button("x", "ask:khong/co"), Button("x", "form:edit:khong"), Button("x", "zzz"))


class Witness:
    """Plays steps on the real app and looks into the tables after each."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.stage = Stage(folder, library)
        self.tables = sqlite3.connect(folder / "test.db", isolation_level=None)
        self.tables.row_factory = sqlite3.Row
        self.ever: dict[str, list[Button]] = defaultdict(lambda: [*FOREIGN])
        self.last: dict[str, Reply] = {}
        self.heard: dict[str, Incoming] = {}
        self.received = self.count = 0
        self.submitted: dict[str, Any] = {}

    async def play(self, kind: str, who: str, what: Any) -> None:
        match kind:
            case "text" | "kind":
                await self.tell(who, **{kind: what})
            case "press" | "stale":
                shown = self.last[who].buttons if who in self.last else ()
                offered = self.ever[who] if kind == "stale" else shown or FOREIGN
                await self.tell(who, value=offered[what % len(offered)].value)
            case "onward":
                for _ in range(what):
                    await self.onward(who)
            case "again" if who in self.heard:
                assert await self.deliver(self.heard[who]) == []
            case "pass":
                await self.stage.step(f"~ {what}")
            case "restart":
                await self.stage.step("~ khởi động lại")

    async def onward(self, who: str) -> None:
        """What leads on to a registration: give the example, agree, send; begin if nothing is."""
        reply = self.last.get(who, Reply(""))
        values = [button.value for button in reply.buttons]
        agreeing = ("consent:yes", "form:send:", "register:")
        tap = next((value for value in values if value.startswith(agreeing)), "")
        if not tap and (example := EXAMPLE.search(reply.text)):
            await self.tell(who, text=example[1])
        else:
            await self.tell(who, text="" if tap else "đăng ký", value=tap)

    async def tell(self, who: str, **said: Any) -> None:
        """Something new is said: it is answered, and all that must hold holds."""
        self.count += 1
        self.heard[who] = Incoming("terminal", f"n{self.count}", who, **said)
        replies = await self.deliver(self.heard[who])
        assert replies, "nobody is left without an answer"
        for reply in replies:
            readable(reply, self.own_words(who))
            self.received += reply.text.startswith(RECEIVED)
            self.ever[who] += reply.buttons
        self.last[who] = replies[-1]
        self.look()

    async def deliver(self, said: Incoming) -> list[Reply]:
        self.stage.shown.clear()
        with blockbuster_ctx():
            await self.stage.app.settle([said])
        return [*self.stage.shown]

    def rows(self, query: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.tables.execute(query)]

    def own_words(self, who: str) -> int:
        """How much of a reply may be what the person has written before."""
        mine = "SELECT person_id FROM address WHERE sender = '" + who + "'"
        tables = ("draft", "registration")
        queries = (f"SELECT answers FROM {t} WHERE person_id IN ({mine})" for t in tables)
        return max(0, *(len(row["answers"]) for query in queries for row in self.rows(query)), 0)

    def look(self) -> None:
        """The tables, after a step."""
        assert not self.rows("SELECT id FROM inbox WHERE fault <> '' OR done_at IS NULL")
        assert not self.rows("SELECT id FROM inbox WHERE body IS NOT NULL AND body <> 'null'")
        assert not self.rows("SELECT id FROM outbox WHERE state <> 'sent'")
        self.nothing_personal_without_consent()
        found = {row["code"]: row for row in self.rows("SELECT * FROM registration")}
        assert len(found) == self.received
        assert found.keys() >= self.submitted.keys(), "what was submitted never goes"
        self.submitted = found
        steps = {
            step.id for form in self.stage.knowledge.library.forms.values() for step in form.steps
        }
        for draft in self.rows("SELECT answers, editing FROM draft"):
            assert {*json.loads(draft["answers"])} <= steps
            assert draft["editing"] in {"", *json.loads(draft["answers"])}

    def nothing_personal_without_consent(self) -> None:
        for person in self.rows("SELECT * FROM person WHERE consents = '{}'"):
            mine = f"person_id = {person['id']}"
            assert json.loads(person["profile"]) == {}
            assert not self.rows(f"SELECT id FROM draft WHERE {mine}")
            assert not self.rows(f"SELECT id FROM registration WHERE {mine}")
            places = f"SELECT sender FROM address WHERE {mine}"
            told = self.rows(f"SELECT body FROM outbox WHERE address IN ({places})")
            kept = json.dumps([person, *told], ensure_ascii=False).replace("\\u", "")
            assert not any(secret in kept for secret in SECRETS)


def readable(reply: Reply, own_words: int) -> None:
    """A reply that people can read and tap on the smallest screen."""
    assert reply.text.strip()
    assert len(reply.text) <= SCREEN + FOOT + own_words, reply.text
    assert not re.search(r"\{\{|\bNone\b|Traceback", reply.text.replace("{{ 7*7 }}", ""))
    few = [button for button in reply.buttons if not button.value.startswith(UNLIMITED)]
    assert len(few) <= MOST_BUTTONS, few
    for button in reply.buttons:
        assert 0 < len(button.label) <= MAX_LABEL
        assert 0 < len(button.value.encode()) <= MAX_VALUE


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A folder with a database that has its tables, to be copied."""
    folder = tmp_path_factory.mktemp("empty")

    async def create() -> None:
        stage = Stage(folder, library)
        await stage.start()
        await stage.stop()

    asyncio.run(create())
    return folder


async def witnessed(folder: Path, library: Library, steps: list[tuple[str, str, Any]]) -> Witness:
    witness = Witness(folder, library)
    await witness.stage.start()
    try:
        for step in steps:
            await witness.play(*step)
    finally:
        witness.tables.close()
        await witness.stage.stop()
    return witness


def copied(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(empty, tmp_path_factory.mktemp("any") / "data"))


@settings(
    max_examples=6,
    phases=(Phase.explicit, Phase.generate),  # to make an example smaller would take minutes
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(STEPS, min_size=6, max_size=22))
def test_whatever_people_do_the_house_stands(
    empty: Path,
    library: Library,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, str, Any]],
) -> None:
    asyncio.run(witnessed(copied(empty, tmp_path_factory), library, steps))


def test_three_people_register_side_by_side_and_each_twice(
    empty: Path, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    onward = [("onward", who, 1) for _ in range(24) for who in PEOPLE]
    steps = [("text", who, "vĩnh thuận") for who in PEOPLE] + onward[:30]
    steps += [("restart", PEOPLE[0], 0), ("pass", PEOPLE[0], "60 ngày"), *onward[30:]]
    witness = asyncio.run(witnessed(copied(empty, tmp_path_factory), library, steps))
    assert len(witness.submitted) >= 6
