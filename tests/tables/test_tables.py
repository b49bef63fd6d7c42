"""Tables whatever was typed: cells that nothing runs, the order of Vietnamese, sheets in Word."""

from __future__ import annotations

import csv
import io
import random
import warnings
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from content.library import Library
from content.paper import drawing, word
from content.paper.copies import Copies
from handlers.sheet import drawn_up
from handlers.tables.lists import Csv
from handlers.tables.order import order
from handlers.tables.survey import Survey
from handlers.tables.table import Table, Writer
from handlers.tables.workbook import Workbook
from handlers.tables.writers import WRITERS
from storage.tables import Registration
from tests.papers.reading import drawn

MOMENT = datetime(2025, 4, 15, 18, 30, tzinfo=UTC)
PLAN, FORM = "vinh-thuan-2025", "bang-dang-ky"
TYPED = ("unit", "person", "phone", "place", "name", "content", "economic", "social", "time-saved")
ANSWERS: dict[str, Any] = {
    **dict.fromkeys(TYPED, "HTX <Bình> & An"),
    "period": {"start": "2025-03-01", "end": "2025-06-30"},
    "value": 10**8,
}
DANGEROUS = st.sampled_from(("=1+1", "+84", "-2", "@SUM", "\t=1", "\r=1", "\n=1", "'", "_x0041_"))
TEXT = st.text(st.characters(codec=None), max_size=20)


def registration(number: int = 1, **changes: Any) -> Registration:
    fixed = {"person_id": 1, "plan": PLAN, "form": FORM, "submitted_at": MOMENT}
    told = {**fixed, "changed_at": MOMENT, "answers": ANSWERS, "reason": "", **changes}
    return Registration(id=number, code=f"MA{number}", draft_id=f"d{number}", **told)


def written(kind: type[Writer], library: Library, *found: Registration) -> bytes:
    survey = Survey(library)
    survey.see(found)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        table = Table(library, survey.layouts(PLAN), library.plans[PLAN], date(2025, 4, 15))
        with closing(kind(path, table)) as writer:
            for each in found:
                writer.add(each)
        assert [each.name for each in Path(folder).iterdir()] == ["table"]
        return path.read_bytes()


@settings(max_examples=25, deadline=None)
@example("_x0041_", "name")  # as Excel writes letters that it cannot
@given(DANGEROUS | st.builds(str.__add__, DANGEROUS, TEXT) | TEXT, st.sampled_from((*TYPED, None)))
def test_nothing_typed_is_run_or_lost_in_any_column(
    library: Library, text: str, field: str | None
) -> None:
    one = registration(answers={**ANSWERS, field: text} if field else ANSWERS)
    one.reason = "" if field else text
    if field is None:
        one.answers = {**ANSWERS, "gone": text}
    listed = written(Csv, library, one).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(listed, newline=""))
    assert len(head) == len(row)
    assert not any(cell[0] in "=+-@\t\r\n" for cell in row if cell)
    sheet = openpyxl.load_workbook(io.BytesIO(written(Workbook, library, one))).worksheets[0]
    cells = [*sheet[2]]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    if text.isprintable() and text.strip() and field != "phone":
        assert text in {unescape(str(cell.value)) for cell in cells}


def test_vietnamese_words_are_in_the_order_of_a_dictionary() -> None:
    right = [
        *("HTX số 2", "HTX số 10", "An", "Án", "Ăn", "Ân", "Ba Tơ", "Bà An", "Bả", "Bã", "Bá"),
        *("Bạ", "Cầu", "Da", "Đa", "em", "Êm", "Hoà", "hòa bình", "Lúa", "On", "Ôn", "Ơn"),
        *("Tu", "Tư", "Y"),
    ]
    right.sort(key=lambda text: not text.startswith("HTX"))
    words = right[2:]
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=order) == words
    assert order("HTX số 2") < order("HTX số 10")
    assert order("ĐẤT") == order("đất")


def test_many_sheets_in_word_are_as_one_alone(library: Library) -> None:
    lines = {**ANSWERS, "content": "đổ trụ\nlắp dầm {{ 1 }}", "time-saved": None}
    kept = registration(answers=lines)
    packed = ZipFile(io.BytesIO(written(WRITERS["zip"], library, kept, registration(2, plan="x"))))
    alone, told = packed.namelist()
    assert alone == f"{PLAN}/MA1-htx-binh-an.docx"
    assert "MA2" in packed.read(told).decode()
    form, plan = library.forms[FORM], library.plans[PLAN]
    sheet = drawn_up(form, plan, lines, date(2025, 4, 16))
    template = library.papers[FORM]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = [
            [part.text for part in docx.Document(io.BytesIO(made)).element.iter() if part.text]
            for made in (Copies(template).copy(sheet), word.docx(sheet, template))
        ]
    assert texts[0] == texts[1]
    assert "HTX <Bình> & An" in "".join(texts[0])


def test_a_picture_on_the_template_is_on_every_sheet_and_costs_no_time(
    library: Library, tmp_path: Path
) -> None:
    template, sheet = tmp_path / "logo.docx", drawn(library)
    with_logo = docx.Document(str(word.OURS))
    with_logo.add_picture(io.BytesIO(drawing.png(sheet)))
    with_logo.save(str(template))
    copies = Copies(template)
    assert copies.mould  # docxtpl has no part in it
    assert len(docx.Document(io.BytesIO(copies.copy(sheet))).inline_shapes) == 1


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "zip"])
def test_every_kind_of_file_is_made_of_none_and_of_many(library: Library, ending: str) -> None:
    many = [registration(number, percent=number, late=True) for number in range(1, 40)]
    for found in ([], many):
        made = written(WRITERS[ending], library, *found)
        assert made.startswith(b"%PDF" if ending == "pdf" else b"PK")
