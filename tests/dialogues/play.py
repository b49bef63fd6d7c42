"""Plays a written dialogue against the real app, and holds what was said against what is written.

    > han nop ho so?            the member types
    > [Chủ đề]                  presses the button with that label; it must have been shown
    > !sticker                  sends something that is no text
    < Trước ngày 02/6/2025 …    what the bot says, line by line; "…" alone stands for any lines
    < [Chủ đề] [Đăng ký]        the buttons under it
    * 80% xong móng           sends a photo with that caption; ``***`` three as an album
    @Lan                        from here on Lan talks (until then it is "Bà Tư")
    @Lan/zalo                   the same on another channel; what is shown elsewhere than where
                                somebody talks just now stands behind "< zalo:"
    ~ 3 ngày                    time passes (phút, giờ, ngày)
    ~ khởi động lại             the program stops and starts again
    ! 20/5/2025 07:30           it is that moment, and who is to be reminded is reminded; each hears
                                of it when they talk
    + editor vinh-thuan-2025    the office invites somebody, who may do that for this plan

A registration's code is written ``<MÃ>``, both ways; that of an invitation ``<MÃ MỜI>``, one of
two times four letters ``<MÃ NỐI>``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any

from blockbuster import blockbuster_ctx

from bot.app import App
from bot.channels.base import Abilities
from bot.channels.terminal import Terminal
from bot.knowledge import Knowledge
from bot.links import Links
from bot.nudges import remind
from content.library import Library, load
from handlers.codes import CODE, CODE_LENGTH
from handlers.staff.officers import bare, new_code
from handlers.talk import Incoming, Made, Reply
from storage.unit import Store
from tests.databases import sqlite
from tests.dialogues.phones import PHONES, AtTerminal, NotThere, Phone
from tests.fakes.clock import Time
from tests.fitting import cut, faults

CODES = re.compile(rf"\b[{CODE}]{{{CODE_LENGTH}}}\b")
LINKS = re.compile(rf"(?m)^noi ([{CODE}]{{4}} [{CODE}]{{4}})$")
CHANNELS = {  # besides the terminal itself: such as people have
    "zalo": replace(Terminal.can, max_buttons=0),
    "messenger": replace(Terminal.can, window=timedelta(hours=24)),
}
UNITS = {"phút": 60, "giờ": 3600, "ngày": 86400}  # seconds


class Stage:
    """The app on a database of its own, with a terminal for everybody who talks."""

    def __init__(self, folder: Path, library: Library, place: str = Terminal.name) -> None:
        self.url = sqlite(folder)
        self.content = folder / "content"
        self.knowledge = Knowledge(library, self.content)
        self.time = Time()
        self.shown: list[Reply] = []
        self.pushing = False
        self.pushed: dict[str, list[Reply]] = {}  # what each was reminded of and has not read
        self.places: list[str] = []  # the channel of each
        self.unfit: list[str] = []  # what would not be shown as it is on some channel
        self.speaker, self.code, self.starts = "Bà Tư", "", 0
        self.terminal = PHONES[place](self.show, "")
        self.terminals: dict[str, Any] = {place: self.terminal}
        if place == Terminal.name:
            self.terminals |= {name: self.another(name, can) for name, can in CHANNELS.items()}
        self.invitation = self.link = self.elsewhere = ""

    def another(self, name: str, can: Abilities) -> Phone:
        """A phone for those who talk elsewhere in the same dialogue."""
        phone = AtTerminal(partial(self.show_on, name), "")
        phone.name, phone.can = name, can
        return phone

    async def start(self) -> None:
        """Start the program on what is in the database."""
        self.starts += 1
        self.store = Store(self.url, self.time)
        for phone in self.terminals.values():
            phone.run = str(self.starts)
        if self.starts > 1 and self.content.exists():
            self.knowledge = Knowledge(load(self.content), self.content)
        links = Links("only for tests", self.time, "http://localhost:8080")
        self.app = App(self.store, self.knowledge, self.terminals, links)
        await self.app.open()

    async def stop(self) -> None:
        await self.store.close()

    async def start_again(self) -> None:
        """Stop and start; what people have on their screens stays there."""
        await self.stop()
        await self.start()

    def show(self, address: str, reply: Reply, files: Sequence[Made]) -> None:
        """What somebody sees; dialogues are written without the papers that go along."""
        if self.pushing:
            self.pushed.setdefault(address, []).append(reply)
        else:
            self.show_on(self.terminal.name, address, reply, files)

    def show_on(self, channel: str, address: str, reply: Reply, files: Sequence[Made]) -> None:
        if self.terminal.name == Terminal.name:  # elsewhere it was fitted already
            self.unfit += [*faults(reply), *cut(reply)]
        self.shown.append(reply)
        self.places.append(channel)

    async def play(self, script: str) -> None:
        """Play the dialogue; raise AssertionError with a diff where the bot says otherwise."""
        lines = [line.rstrip() for line in dedent(script).strip().splitlines() if line.strip()]
        written, heard = [self.terminal.differs(line) for line in lines], list[str]()
        for at, line in enumerate(lines):
            if line.startswith("<"):
                continue
            try:
                said = await self.step(line)
            except NotThere:
                written = written[:at]
                break
            heard += [line, *map(self.terminal.differs, said)]
        assert collapsed(heard, written) == written
        assert not self.unfit

    async def step(self, line: str) -> list[str]:
        """One line that is not the bot's; what the bot says to it."""
        match line[0], line[1:].strip():
            case "@", name:
                self.speaker, _, self.elsewhere = name.partition("/")
                return self.read()
            case "!", moment:
                now = datetime.strptime(f"{moment} +0700", "%d/%m/%Y %H:%M %z")
                self.time.passes((now - self.time.now).total_seconds())
                return await self.reminded()
            case "~", "khởi động lại":
                await self.start_again()
            case "~", said:
                number, unit = said.split()
                self.time.passes(float(number) * UNITS[unit])
            case "+", who:
                role, _, plan = who.partition(" ")
                await self.invite(role, plan)
            case "*", _:
                caption = line.lstrip("*")
                count = len(line) - len(caption)
                sent = self.terminal.photos(self.speaker, count, caption.strip())
                return await self.hear(sent)
            case ">", said:
                said = said.replace("<MÃ MỜI>", self.invitation).replace("<MÃ NỐI>", self.link)
                return await self.say(said.replace("<MÃ>", self.code))
            case _:
                raise ValueError(f"not a line of a dialogue: {line}")
        return []

    async def invite(self, role: str, plan: str) -> None:
        """As ``thidua staff add`` does."""
        self.invitation = new_code()
        async with self.store.unit() as unit:
            unit.staff.invite(bare(self.invitation), plan, role, f"Cán bộ {role}")

    async def say(self, said: str) -> list[str]:
        phone = self.terminals[self.elsewhere or self.terminal.name]
        return await self.hear(phone.says(said, self.speaker))

    async def hear(self, heard: list[Incoming]) -> list[str]:
        """What is said to these."""
        self.shown.clear()
        self.places.clear()
        with blockbuster_ctx():  # a turn that waits for the disk holds up everybody
            await self.app.settle(heard)
        here = self.elsewhere or self.terminal.name
        shown = zip(self.shown, self.places, strict=True)
        return [
            line
            for reply, place in shown
            for line in self.written(reply, "" if place == here else f"{place}: ")
        ]

    async def reminded(self) -> list[str]:
        """As the reminders' own clock does."""
        self.pushing = True
        with blockbuster_ctx():
            await remind(self.store, self.knowledge.library, self.app.turns)
            await self.app.settle([])
        self.pushing = False
        return self.read()

    def read(self) -> list[str]:
        """What who talks now was reminded of since they last read."""
        unread = self.pushed.pop(self.speaker, [])
        return [line for reply in unread for line in self.written(reply)]

    def written(self, reply: Reply, place: str = "") -> list[str]:
        """A reply as dialogues write it."""
        if links := LINKS.findall(reply.text):
            self.link = links[-1]
        if codes := CODES.findall(reply.text):
            self.code = codes[-1]
        lines = [line for line in reply.text.splitlines() if line.strip()]
        lines += (
            [" ".join(f"[{button.label}]" for button in reply.buttons)] if reply.buttons else []
        )
        lines = [CODES.sub("<MÃ>", LINKS.sub("noi <MÃ NỐI>", line)) for line in lines]
        return [f"< {place}{line}".rstrip() for line in lines]


def collapsed(heard: list[str], written: list[str]) -> list[str]:
    """What was heard, with the lines that the script leaves out as "…"."""
    result: list[str] = []
    rest = list(heard)
    for at, line in enumerate(written):
        if line != "< …":
            result += rest[:1]
            rest = rest[1:]
            continue
        following = written[at + 1] if at + 1 < len(written) else None
        while rest and rest[0] != following and rest[0].startswith("<"):
            rest = rest[1:]
        result.append(line)
    return result + rest
