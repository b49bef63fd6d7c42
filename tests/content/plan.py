"""A small plan that is right in every way, as text to be broken."""

from __future__ import annotations

from content.check import ALWAYS_ASKED

HEAD = """\
id: ke-hoach-mau
label: Kế hoạch mẫu
name: KH mẫu
about: Kế hoạch để thử.
heading: Công trình chào mừng
form: bang-dang-ky
own_form: false
registers_with: văn phòng huyện Mẫu
aliases: [huyện Tân Lập]
clauses:
  đầu văn bản: Phần đầu
  I: Hạn nộp
  II: Thời gian
figures:
  I: [02/6/2025, 10 cây, 5 đường]
  II: [01/3/2025, tháng 7 năm 2025]
entries:
  - id: dossier-deadline
    kind: deadline
    clause: I
    label: Hạn nộp hồ sơ
    what: hồ sơ khen thưởng
    by: công đoàn cơ sở
    to: văn phòng huyện
    date: 2025-06-02
    inclusive: false
    say: Công đoàn cơ sở gửi hồ sơ {date}.
    ask: [hạn hồ sơ, nộp khi nào, chừng nào trễ, gửi tới ngày mấy, ngày nộp hồ sơ, hết hạn hồ sơ]
    award: merit
    audience: [union]
    see: [period]
  - id: period
    kind: period
    clause: II
    label: Thời gian thi đua
    start: 2025-03-01
    end: 2025-07
    say: Thi đua từ {start} đến {end}, hồ sơ trước {dossier-deadline.day}.
    ask: [thi đua lúc nào, thời gian thi đua, bắt đầu khi nào, tới bao giờ, bao lâu, mấy tháng]
  - id: criteria
    kind: criterion
    clause: I
    label: Tiêu chuẩn
    say: Trồng trên 10 cây, hoặc quét trên 5 đường.
    ask: [điều kiện là gì, tiêu chuẩn ra sao, cần gì mới được khen, phải làm gì, đạt sao, chuẩn nào]
    award: merit
    audience: [union]
    whom: Công đoàn
    conditions:
      - {id: trees, clause: I, ask: Trồng trên 10 cây chưa?, short: Trên 10 cây, either: work}
      - {id: roads, clause: I, ask: Quét trên 5 đường chưa?, short: Trên 5 đường, either: work}
      - id: fine
        clause: II
        ask: Đến {dossier-deadline.day} bị phạt không?
        short: Không bị phạt
        met_by: no
"""

SILENT = """\
  - id: {id}
    kind: not_stated
    clause: đầu văn bản
    label: Điều {n}
    say: Kế hoạch không nêu điều {n}.
    ask: [điều {n} một, điều {n} hai, điều {n} ba, điều {n} bốn, điều {n} năm, điều {n} sáu]
"""


def plan(name: str = "ke-hoach-mau") -> str:
    """The plan's text under a name of its own."""
    others = [asked for asked in ALWAYS_ASKED.split() if f"id: {asked}\n" not in HEAD]
    silent = (SILENT.format(id=asked, n=n) for n, asked in enumerate(others, start=1))
    return "".join((HEAD, *silent)).replace("ke-hoach-mau", name)
