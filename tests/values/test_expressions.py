"""How people write what the form asks for: a table of its own, beside those of each reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from handlers.values.batch import parse
from tests.values.tables import rows

TABLE = Path(__file__).with_name("expressions.txt")
HEADING = re.compile(r"(?m)^# (\w+) (\S+)\n")


def sections() -> Iterator[ParameterSet]:
    """Each part of the table: what is asked for, on which day, and the lines."""
    _, *parts = HEADING.split(TABLE.read_text(encoding="utf-8"))
    for kind, day, table in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield pytest.param(kind, date.fromisoformat(day), table, id=f"{kind} {day} {len(table)}")


def told(value: object) -> str:
    """A value as the table writes it."""
    match value:
        case None:
            return "-"
        case {"start": first, "end": last}:
            return f"{first} {last}"
        case dict():
            return "{" + " ".join(map(str, value.values())) + "}"
    return str(value)


def fits(value: object, meant: str) -> bool:
    if not meant.startswith("within"):
        return told(value) == meant
    _, low, high = meant.split()
    days = told(value).strip("{}").split()
    return all(low <= day <= high for day in days)


@pytest.mark.parametrize(("kind", "today", "table"), [*sections()])
def test_what_people_write_is_understood(kind: str, today: date, table: str) -> None:
    pairs = rows("\n".join(line for line in table.splitlines() if ":: " in line))
    values = [(typed, meant, parse(kind, typed, today)) for typed, meant in pairs]
    assert len(values) >= 8
    wrong = [(typed, meant, told(v)) for typed, meant, v in values if not fits(v, meant)]
    assert wrong == []
