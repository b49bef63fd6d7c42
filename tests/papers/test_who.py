"""Who may have which paper, and what is on record of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from content.library import Library
from handlers.papers import making
from handlers.talk import Made, Paper, PaperFormat
from storage.inbox import Heard
from storage.tables import Draft, Person, Staff
from storage.unit import Store, Unit
from storage.upgrade import upgrade
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.papers.reading import ANSWERS, OTHER, OWN, words_of_docx, words_of_pdf

CODE, FORM = "AB3CD4", "bang-dang-ky"
PREVIEWS = ["dang-ky-nhap.pdf", "dang-ky-nhap.png"]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(sqlite(tmp_path), Time())
    await upgrade(store.engine)
    async with store.unit() as unit:
        lan = await person(unit, "Lan")
        for name in ("sent", "open"):
            row = Draft(id=name, person_id=lan.id, plan=OWN, form=FORM, updated_at=unit.now)
            row.answers = dict(ANSWERS)
            unit.drafts.add(row)
        sent = await unit.drafts.get("sent")
        assert sent
        await unit.registrations.submit(sent, CODE, dict(ANSWERS))
    yield store
    await store.close()


async def person(unit: Unit, name: str, office: str | None = None) -> Person:
    """Somebody who just wrote; staff where a plan is named, or all with an empty one."""
    await unit.inbox.store([Heard("web", f"của {name}", name, {})])
    [found] = (await unit.people.at([("web", name)])).values()
    if office is not None:
        staff = Staff(person_id=found.id, plan=office, role="viewer", name=name, added_at=unit.now)
        unit.session.add(staff)
        await unit.session.flush()
    return found


async def got(unit: Unit, library: Library, who: Person, of: str, format: PaperFormat) -> Made:
    make = await making(unit, library, who, Paper(of, format))
    return make() if make else Made("", b"")


async def test_a_person_gets_their_own_papers(store: Store, library: Library) -> None:
    async with store.unit() as unit:
        lan = await person(unit, "Lan")
        row = await unit.registrations.coded(CODE)
        assert row
        row.state, row.version, row.late = "returned", 2, True
        pdf = await got(unit, library, lan, f"registration:{CODE}", "pdf")
        word = await got(unit, library, lan, f"registration:{CODE}", "docx")
        preview = await got(unit, library, lan, "draft:open", "pdf")
        picture = await got(unit, library, lan, "draft:open", "png")
        assert await unit.acts.trail() == []
    told = f"Mã đăng ký {CODE} · Đã trả lại · bản thứ 2, gửi lần đầu ngày 15/4/2025, quá hạn"
    assert told in words_of_pdf(pdf.content)
    assert told in words_of_docx(word.content)
    names = [made.name for made in (pdf, word, preview, picture)]
    assert names == [f"dang-ky-{CODE}.pdf", f"dang-ky-{CODE}.docx", *PREVIEWS]
    assert "Bản xem trước" in words_of_pdf(preview.content)
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("plan", [OWN, ""])
async def test_staff_get_what_was_sent_for_their_plan_and_that_is_on_record(
    store: Store, library: Library, plan: str
) -> None:
    async with store.unit() as unit:
        hoa = await person(unit, "Hoa", plan)
        assert (await got(unit, library, hoa, f"registration:{CODE}", "pdf")).content
        assert not (await got(unit, library, hoa, "draft:open", "pdf")).content


@pytest.mark.parametrize("office", [None, OTHER])
async def test_nobody_else_gets_anything(
    store: Store, library: Library, office: str | None
) -> None:
    async with store.unit() as unit:
        tu = await person(unit, "Tư", office)
        for of in (f"registration:{CODE}", "draft:open"):
            assert not (await got(unit, library, tu, of, "pdf")).content
        row = await unit.registrations.coded(CODE)
        assert row
        assert await unit.acts.trail() == []


@pytest.mark.parametrize("of", ["registration:ZZZZZZ", "draft:none", "draft:", "letter:x", ""])
async def test_what_is_not_there_is_not_made(store: Store, library: Library, of: str) -> None:
    async with store.unit() as unit:
        lan = await person(unit, "Lan")
        assert await making(unit, library, lan, Paper(of, "pdf")) is None
        assert await making(unit, library, lan, Paper("draft:open", "docx")) is None
        assert await making(unit, library, lan, Paper(f"registration:{CODE}", "xlsx")) is None
        lost = replace(library, forms={})
        assert await making(unit, lost, lan, Paper("draft:open", "pdf")) is None
