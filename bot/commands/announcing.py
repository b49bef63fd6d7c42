"""``thidua broadcast send``: a message of the office to many, looked at before it leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer
from rich.console import Console

from bot.broadcasts.reach import Reach
from bot.channels.base import fit
from bot.commands.announced import STATES, existing, number_of
from bot.commands.composing import Words, channels, composed, fitting, narrowed, shown, told
from bot.commands.following import follow
from bot.database import with_store
from bot.settings import BadSettings, Settings
from content.library import Library
from handlers.broadcasting.estimate import useful
from handlers.broadcasting.known import Fields
from handlers.broadcasting.message import message
from handlers.turn import HERE
from storage.tables import Broadcast
from storage.unit import Store

TYPED = "%Y-%m-%dT%H:%M"  # a moment


class Desk:
    """What an operator does with a broadcast that was composed."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings, self.library = settings, library
        self.reach = Reach(channels(settings))

    def composed(
        self, plan: str, words: Words, whom: dict[str, Any], at: datetime | None
    ) -> Broadcast:
        """A broadcast as it is asked for, shown as it will look; raise BadSettings where it
        cannot be sent so.
        """
        if not plan:
            known = ", ".join(self.library.plans)
            raise BadSettings(f"thiếu --plan: thông báo của kế hoạch nào; có: {known}")
        now = self.settings.clock()()
        due = at and at.replace(tzinfo=HERE)
        if due and due <= now:
            raise BadSettings(
                f"--at {due:{TYPED}} đã qua; ghi giờ chưa tới, hoặc bỏ đi để gửi ngay"
            )
        fields = composed(self.library, self.library.plans[plan], words)
        meant = narrowed(self.library, self.reach.abilities, whom).as_json()
        row = Broadcast(**{"plan": plan, "whom": meant, "due_at": due, "made_at": now, **fields})
        fitting(self.library, self.reach, row)
        shown(Console(), self.library, self.reach, row)
        return row

    def offered(self, row: Broadcast, *, dry_run: bool, yes: bool) -> None:
        """Say whom it would reach, and send it once that is agreed to."""
        people = self.estimated(row)
        if not people:
            raise BadSettings(
                "không có ai để gửi; bớt điều kiện (--to, --kind, --place…) rồi thử lại"
            )
        if dry_run:
            typer.echo("Chỉ xem thử, chưa gửi gì.")
            return
        self.agreed(people, yes=yes)
        number = self.begun(row, people)
        typer.echo(f"Thông báo số {number}.")
        follow(self.settings, self.library, number)

    def estimated(self, row: Broadcast) -> int:
        async def estimate(store: Store) -> int:
            async with store.view() as unit:
                found = await self.reach.estimate(unit, self.library, row)
            for line in told(self.library, row, found):
                typer.echo(line)
            return found.people

        return with_store(self.settings, estimate)

    def agreed(self, people: int, *, yes: bool) -> None:
        """Return if it is to be sent; from a set size on, not by a slip of the finger."""
        if people < self.library.broadcasts.second:
            if not yes:
                typer.confirm(f"Gửi cho {people} người?", abort=True)
            return
        if not yes:
            raise BadSettings(f"gửi cho {people} người phải thêm --yes, rồi gõ lại số người")
        if typer.prompt(f"Gõ lại số người sẽ nhận ({people}) để gửi") != f"{people}":
            raise BadSettings("số gõ lại không khớp, chưa gửi gì")

    def begun(self, row: Broadcast, people: int) -> int:
        """Keep it, to be planned at its time; return its number."""

        async def begin(store: Store) -> int:
            async with store.unit() as unit:
                kept = await unit.broadcasts.keep(row)
                await unit.broadcasts.change(kept, "waiting" if row.due_at else "planning")
                note = f"số {kept.id}: gửi"
                unit.acts.add("broadcast", plan=row.plan, count=people, note=note)
                return kept.id

        return with_store(self.settings, begin)

    def tried(self, row: Broadcast, place: str) -> None:
        """Send it to one address alone, as it will arrive there."""
        channel, _, address = place.partition(":")
        if not address or channel not in self.reach.abilities:
            there = ", ".join(self.reach.abilities)
            raise BadSettings(f"--test {place}: phải là KÊNH:ĐỊA-CHỈ; kênh đang có: {there}")

        async def leave(store: Store) -> None:
            async with store.unit() as unit:
                person = await unit.people.known(channel, address)
                if person is None:
                    raise BadSettings(f"chưa ai nhắn từ {place}; nhắn cho trợ lý một câu trước đã")
                kept = await unit.broadcasts.keep(row)
                await unit.broadcasts.change(kept, "cancelled")  # only what goes along is needed
                known = Fields.of(self.library).known(person.profile)
                parts = fit(message(self.library, kept, known), self.reach.abilities[channel])
                unit.outbox.add(channel, address, (part.as_json() for part in parts))

        with_store(self.settings, leave)
        typer.echo("Đã xếp hàng gửi thử một tin; `thidua serve` đang chạy thì tới ngay.")

    def resend(self, typed: str) -> None:
        """Send it once more to those whom it failed to reach."""
        number = number_of(typed)

        async def again(store: Store) -> int:
            async with store.unit() as unit:
                row = existing(await unit.broadcasts.get(number), number)
                failed = (await unit.broadcasts.counts(number)).get("failed", 0)
                if not await unit.broadcasts.again(row, useful(self.library, unit.now)):
                    why = STATES[row.state] if row.state != "done" else "không còn ai bị hỏng"
                    raise BadSettings(f"thông báo số {number} {why}, không gửi lại được")
                unit.acts.add(
                    "broadcast", plan=row.plan, count=failed, note=f"số {number}: gửi lại tin hỏng"
                )
                return failed

        typer.echo(f"Gửi lại cho {with_store(self.settings, again)} người.")
        follow(self.settings, self.library, number)
