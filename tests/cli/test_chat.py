"""``thidua chat``, as it is started from a shell."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_cli import PLAN, started


def test_one_can_talk_at_the_terminal_and_go_on_after_a_mistake(tmp_path: Path) -> None:
    typed = "han nop ho so\n[Không có nút]\n3\n!voice\n"
    ran = started(tmp_path, "chat", "--plan", PLAN, typed=typed)
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout
    for expected in (
        "Đang xem: KH LĐLĐ huyện Vĩnh Thuận.",
        "trước ngày 02/6/2025",
        "còn 47 ngày",
        "Chưa có nút nào tên như vậy.",
        "anh chị muốn xem gì?",
        "Mình chưa nghe được tin thoại.",
    ):
        assert expected in said
    assert "CHÚ Ý: đồng hồ đang chạy" in ran.stderr
