"""A stand-in Telegram in bad weather, which writes down when it saw what."""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import Any

from aiohttp import web

from tests.fakes.telegram import CUT_AFTER, CUT_BEFORE, TOKEN, BotApi, Fault, Message
from tests.fakes.telegram.faults import Refusal, flood

BUSY = Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1})
FAULTS = ((0.004, Fault()), (0.002, CUT_BEFORE), (0.002, CUT_AFTER), (0.0002, BUSY))  # how often


class Weather(BotApi):
    """Slow by chance, and faulty too where ``faults`` say so; 429 beyond ``most`` in a second."""

    def __init__(self, most: int, faults: tuple[tuple[float, Fault], ...] = ()) -> None:
        super().__init__(TOKEN)
        self.most, self.by_chance = most, faults
        self.chance = random.Random(1)
        self.slow = 0.03, 0.05  # seconds that a send takes
        self.saw: list[float] = []  # the moment of each send
        self.came: dict[int, list[tuple[float, str]]] = defaultdict(list)  # by chat
        self.under_way = self.floods = 0
        self.given: Counter[str] = Counter()
        self.told_to_wait: list[float] = []  # for a second each

    async def send(self, request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        now = time.monotonic()
        self.saw.append(now)
        self.under_way += 1
        try:
            if len(self.saw) - bisect_left(self.saw, now - 1) > self.most:
                self.floods += 1
                raise flood(1)
            await asyncio.sleep(self.chance.uniform(*self.slow))
            if fault := self.fault():
                self.given[fault.cut or str(fault.status)] += 1
                self.told_to_wait += [time.monotonic()] * (fault is BUSY)
                self.next.append(fault)
            return await super().send(request, asked)
        except Refusal as refusal:
            self.given[str(refusal.fault.status)] += 1
            raise
        finally:
            self.under_way -= 1

    def fault(self) -> Fault | None:
        """What is to go wrong with this one."""
        drawn = self.chance.random()
        for often, fault in self.by_chance:
            drawn -= often
            if drawn < 0:
                return fault
        return None

    def shown(self, chat: int, text: str, *more: Any, **named: Any) -> Message:
        self.came[chat].append((time.monotonic(), text))
        return super().shown(chat, text, *more, **named)

    def fullest(self) -> int:
        """The most sends that any second held."""
        ends = [bisect_left(self.saw, at + 1) for at in self.saw]
        return max((end - begin for begin, end in enumerate(ends)), default=0)
