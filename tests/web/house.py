"""A stand-in for the rest of the house: it keeps its promises to the web server, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.channels.web import WebChannel
from bot.web.limits import Limits
from bot.web.server import Doors
from bot.web.subscribing import Bell
from handlers.talk import Button, Incoming, Made, Reply
from tests.fakes.clock import Time

Answer = Callable[[Incoming], Iterable[Reply]]

GREETING = Reply(
    "Chào anh chị, mình là trợ lý về kế hoạch thi đua.\nAnh chị cần biết điều gì?",
    (Button("Hạn nộp hồ sơ", "deadlines"), Button("Đăng ký", "register")),
)


def echo(said: Incoming) -> Iterable[Reply]:
    yield GREETING if said.value == "start" else Reply(f"Đã nghe: {said.text or said.value}")


class House:
    """Takes in every message once, answers it, numbers the rows of what was sent."""

    def __init__(self, answer: Answer = echo) -> None:
        self.web = WebChannel()
        self.time = Time()
        self.answer = answer
        self.heard: list[Incoming] = []
        self.deliveries = 0  # repeated ones too
        self.rows: list[tuple[int, str, Reply]] = []
        self.well = True
        self.bell: Bell | None = None
        self.document: Callable[[str, str], Path | None] = lambda plan, name: None

    async def hear(self, said: Sequence[Incoming]) -> None:
        for one in said:
            self.deliveries += 1
            if one.id in {known.id for known in self.heard}:
                continue
            self.heard.append(one)
            for reply in self.answer(one):
                await self.say(one.sender, reply)

    async def say(self, address: str, reply: Reply) -> None:
        self.rows.append((len(self.rows) + 1, address, reply))
        await self.web.send(address, reply)

    async def replies_after(
        self, address: str, row: int, limit: int
    ) -> list[tuple[int, dict[str, Any]]]:
        mine = [(n, reply) for n, whose, reply in self.rows if whose == address and n > row]
        return [(n, await self.linked(address, reply.as_json())) for n, reply in mine[:limit]]

    async def linked(self, address: str, body: dict[str, Any]) -> dict[str, Any]:
        """There are no papers here."""
        return body

    async def paper(self, token: str, visitor: str | None) -> Made | None:
        return None

    async def healthy(self) -> Mapping[str, object]:
        return {"ok": self.well, "waiting": 0}

    def doors(
        self, *, beat: float = 20, limits: Limits | None = None, proxy: bool = False
    ) -> Doors:
        return Doors(
            hear=self.hear,
            replies_after=self.replies_after,
            web=self.web,
            hooks={},
            healthy=self.healthy,
            document=lambda plan, name: self.document(plan, name),
            paper=self.paper,
            secret="only for tests",
            clock=self.time,
            secure=False,
            trusted_proxy=proxy,
            limits=limits or Limits(),
            beat=beat,
            bell=self.bell,
        )
