"""What has been registered, as rows for tables and files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import orjson

from content.library import Library
from handlers.filling import shown
from handlers.turn import HERE
from storage.tables import Registration
from storage.unit import Store

COLUMNS = ("Mã", "Kế hoạch", "Gửi lúc", "Đơn vị", "Người đăng ký", "Tên công trình", "Tổng giá trị")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets

Row = dict[str, str]


async def registrations(store: Store, plan: str) -> list[Registration]:
    """Every registration of a plan (of all, if none is named), the oldest first."""
    try:
        async with store.view() as unit:
            return await unit.registrations.all(plan)
    finally:
        await store.close()


def row(library: Library, registration: Registration) -> Row:
    """One registration, as people read it: our own columns, then each field of the form."""
    form = library.forms.get(registration.form)
    fields = shown(form, registration.answers) if form else []
    plan = library.plans.get(registration.plan)
    return {
        "Mã": registration.code,
        "Kế hoạch": plan.label if plan else registration.plan,
        "Gửi lúc": registration.submitted_at.astimezone(HERE).strftime("%d/%m/%Y %H:%M"),
        **{field["name"]: field["shown"] for field in fields},
    }


def as_jsonl(found: Sequence[Registration]) -> str:
    """A JSON object a line, values as machines read them: ISO dates, whole đồng."""
    names = ("code", "plan", "form", "submitted_at", "answers")
    lines = ({name: getattr(each, name) for name in names} for each in found)
    return "".join(orjson.dumps(line).decode() + "\n" for line in lines)


def as_csv(found: Sequence[Row]) -> str:
    """A table with a mark at its start by which Excel knows that it is Unicode."""
    columns = list(dict.fromkeys(name for each in found for name in each)) or list(COLUMNS)
    out = io.StringIO()
    table = csv.DictWriter(out, columns)
    table.writeheader()
    table.writerows({name: harmless(text) for name, text in each.items()} for each in found)
    return "\ufeff" + out.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(FORMULA) else text
