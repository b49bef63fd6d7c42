"""Every registration's official sheet as a Word file of its own, packed into one zip."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from content.fold import plain
from content.paper.copies import Copies
from content.schema import Form
from handlers.filling import unit_of
from handlers.sheet import drawn_up, filed
from handlers.tables.table import Table
from handlers.turn import HERE
from storage.tables import Registration

MOST_NAME = 40  # letters of a unit in the name of a file
WITHOUT = "KHONG-CO-PHIEU.txt"


class Bundle:
    """Packs sheet after sheet; those whose plan or form is gone are named in a list instead."""

    def __init__(self, path: Path, table: Table) -> None:
        self.library = table.library
        self.packed = ZipFile(path, "w")  # Word files are packed already
        self.copies: dict[str, Copies] = {}
        self.without: list[str] = []

    def add(self, registration: Registration) -> None:
        plan = self.library.plans.get(registration.plan)
        form = self.library.forms.get(registration.form)
        if plan is None or form is None:
            self.without.append(registration.code)
            return
        if form.id not in self.copies:
            self.copies[form.id] = Copies(self.library.papers[form.id])
        day = registration.submitted_at.astimezone(HERE).date()
        state = filed(self.library, registration)
        sheet = drawn_up(form, plan, registration.answers, day, state)
        name = f"{plan.id}/{named(form, registration)}.docx"
        self.packed.writestr(name, self.copies[form.id].copy(sheet))

    def close(self) -> None:
        if self.without:
            told = self.library.say("table/without", codes=self.without)
            self.packed.writestr(WITHOUT, told)
            self.without = []
        self.packed.close()


def named(form: Form, registration: Registration) -> str:
    """The code and the unit in plain letters, which every system takes."""
    unit = plain(unit_of(form, registration.answers)).replace("/", " ")[:MOST_NAME]
    return "-".join([registration.code, *unit.split()])
