"""The official list of registrations: numbered, on paper, to be signed."""

from __future__ import annotations

from pathlib import Path

from content.paper.listing import Line, Listing, Pages, docx, tags
from handlers.tables.brief import LINE, brief
from handlers.tables.table import Table
from handlers.values import show_money
from storage.tables import Registration


class OfficialList:
    """What stands on the list, and what it comes to so far."""

    def __init__(self, table: Table) -> None:
        self.table, self.count, self.value = table, 0, 0

    def line(self, registration: Registration) -> Line:
        """The next line: one more, and so much more."""
        layout = self.table.layouts[registration.form]
        self.count += 1
        self.value += layout.worth(layout.row(registration))
        told = brief(self.table.library, registration)
        return {"number": str(self.count), **{of: " ".join(told[of].split()) for of in LINE}}

    def say(self, part: str) -> str:
        value = self.value and show_money(self.value)
        facts = {"plan": self.table.plan, "count": self.count, "value": value}
        return self.table.library.say("table/official", part=part, **facts)

    def head(self) -> Listing:
        """What stands above the lines."""
        library, day = self.table.library, self.table.today
        return Listing(
            issuer=self.say("issuer"),
            number=self.say("number"),
            title=self.say("title"),
            about=self.say("about"),
            heads={of: library.say("table/list", part=of) for of in ("number", *LINE)},
            day=f"{day.day:02}",
            month=f"{day.month:02}" if day.month < 3 else f"{day.month}",
            year=f"{day.year}",
        )


class PrintedList:
    """The list as a PDF, drawn as it grows."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path, self.list = path, OfficialList(table)
        self.pages = Pages(self.list.head())

    def add(self, registration: Registration) -> None:
        self.pages.add(self.list.line(registration))

    def close(self) -> None:
        self.pages.write(self.path, self.list.say("total"))


class WordList:
    """The list as a Word file, from a template that an office may replace."""

    def __init__(self, path: Path, table: Table) -> None:
        self.path, self.list = path, OfficialList(table)
        self.lines: list[Line] = []

    def add(self, registration: Registration) -> None:
        self.lines.append(self.list.line(registration))

    def close(self) -> None:
        told = tags(self.list.head(), self.lines, self.list.say("total"))
        docx(self.list.table.library.listing, self.path, told)
