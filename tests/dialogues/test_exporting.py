"""Officers take out what has been registered: who may, of which plan, and as what."""

from __future__ import annotations

import io

import openpyxl

from handlers.papers import making
from handlers.talk import Made, Paper
from storage.tables import Act, Person
from tests.dialogues.play import Stage
from tests.tables.test_tables import registration

PLAN = "vinh-thuan-2025"
SCRIPT = """
@Bà Tư
> /xuat
< …
+ viewer vinh-thuan-2025
@Anh Ba
> /canbo <MÃ MỜI>
< …
> xuat bang
< Quyền của anh chị không gồm việc này. Việc này cần cán bộ khác của kế hoạch làm giúp.
< [Hồ sơ chờ duyệt] [Câu hỏi đang chờ]
+ reviewer vinh-thuan-2025
@Chị Hoa
> /canbo <MÃ MỜI>
< …
> xuất excel
< KH LĐLĐ huyện Vĩnh Thuận có 1 đăng ký. Anh chị cần dạng nào?
< [Bảng Excel] [Danh sách PDF] [Danh sách Word] [Phiếu Word (zip)]
> 1
< Đây là 1 đăng ký của KH LĐLĐ huyện Vĩnh Thuận.
< Trong tệp có tên, số điện thoại của bà con: anh chị giữ kín, dùng xong thì xoá nhé.
+ owner yen-bai-2025
> /canbo <MÃ MỜI>
< …
> /xuat
< Xuất đăng ký của kế hoạch nào?
< [Vĩnh Thuận 2025] [Yên Bái 2025]
> [Yên Bái 2025]
< KH LMHTX tỉnh Yên Bái 2025 chưa có đăng ký nào để xuất.
"""


async def handed(stage: Stage, who: str, paper: Paper) -> Made | None:
    """The paper as it would leave for somebody."""
    async with stage.store.view() as unit:
        where = (stage.terminal.name, who)
        person = (await unit.people.at([where]))[where]
        make = await making(unit, stage.knowledge.library, person, paper)
    return make() if make else None


async def test_officers_have_the_table_of_their_plans_and_others_do_not(stage: Stage) -> None:
    async with stage.store.unit() as unit:
        person = Person(created_at=unit.now)
        unit.session.add(person)
        await unit.session.flush()
        unit.session.add(registration(person_id=person.id))
    await stage.play(SCRIPT)
    paper = Paper(f"registrations:{PLAN}", "xlsx")
    made = await handed(stage, "Chị Hoa", paper)
    assert made is not None
    assert made.name.startswith(f"dang-ky-{PLAN}-")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0]
    assert (sheet.max_row, sheet["A2"].value) == (2, "MA1")
    for who, of in (("Anh Ba", PLAN), ("Bà Tư", PLAN), ("Chị Hoa", "dak-nong-2025")):
        assert await handed(stage, who, Paper(f"registrations:{of}", "xlsx")) is None
    async with stage.store.view() as unit:
        acts = [act for number in (1, 2) if (act := await unit.session.get(Act, number))]
    [act] = acts
    assert (act.what, act.plan, act.staff_id, act.count) == ("exported", PLAN, 2, 1)
