"""The official list of registrations: numbered, on paper, to be signed."""

from __future__ import annotations

from pathlib import Path

from content.paper.listing import Listing, pdf
from handlers.tables.brief import LINE, brief
from handlers.tables.table import Table
from handlers.values import show_money
from storage.tables import Registration


class OfficialList:
    """Collects a line for each registration; they are drawn together."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path, self.table = path, table
        self.lines: list[dict[str, str]] = []
        self.value = 0

    def add(self, registration: Registration) -> None:
        layout = self.table.layouts[registration.form]
        self.lines.append(brief(self.table.library, registration))
        self.value += layout.worth(layout.row(registration))

    def close(self) -> None:
        self.path.write_bytes(pdf(self.listing()))

    def listing(self) -> Listing:
        library, plan, day = self.table.library, self.table.plan, self.table.today
        facts = {
            "plan": plan,
            "count": len(self.lines),
            "value": self.value and show_money(self.value),
        }

        def say(part: str) -> str:
            return library.say("table/official", part=part, **facts)

        return Listing(
            issuer=say("issuer"),
            title=(say("title"), say("about")),
            heads={part: library.say("table/list", part=part) for part in ("number", *LINE)},
            lines=self.lines,
            total=say("total"),
            day=(
                f"{day.day:02}",
                f"{day.month:02}" if day.month < 3 else f"{day.month}",
                f"{day.year}",
            ),
        )
