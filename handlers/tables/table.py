"""A table to be written: what is in it, and what it is called. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from content.library import Library
from content.schema import Plan
from handlers.tables.columns import Layout
from storage.tables import Registration


@dataclass(frozen=True)
class Table:
    """What every kind of file needs to know of the registrations before the first is written."""

    library: Library
    layouts: Mapping[str, Layout]  # by form
    plan: Plan | None  # none: of every plan
    today: date

    def name(self, ending: str) -> str:
        """What its file is called."""
        of = self.plan.id if self.plan else "tat-ca"
        return f"dang-ky-{of}-{self.today:%Y%m%d}.{ending}"


class Writer(Protocol):
    """A file that grows by one registration at a time; it is whole once it is closed."""

    def __init__(self, path: Path, table: Table) -> None: ...
    def add(self, registration: Registration) -> None: ...
    def close(self) -> None: ...
