"""An operator's wording that asks for what a turn does not have is told before anybody writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.check import check


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("talk/topics", "{{ plan.name }}:\nxem {{ plan.nope }}?", 2, "cần 'nope'"),
        ("talk/start", "Chào\n{% if plan %}\n{{ plan.nam }}\n{% endif %}", 3, "cần 'nam'"),
        ("talk/start", "Đang xem: {{ plan.name }}.", 1, "cần 'name'"),  # or no plan yet
        ("form/question", "{{ step.ask }}\n\n{{ step.hint }}", 3, "cần 'hint'"),
        (
            "form/review",
            "{% for line in lines %}\n{{ line.value }}\n{% endfor %}",
            2,
            "cần 'value'",
        ),
        ("registration/list", "{% for row in rows %}{{ row.plan.name }}{% endfor %}", 1, "'name'"),
        ("registration/one", "{{ plan.name }}", 1, "cần 'name'"),
        ("answer/both", "{% for part in parts %}{{ part.source }}{% endfor %}", 1, "'source'"),
        ("answer/deadline", "Hạn\n{{ days | day }}", 2, "không điền được ("),
        ("answer/deadline", "Còn {{ 1 // days }}", 1, "không điền được ("),
        ("invalid/long", "{{ most }}\n{{ length.nope }}", 2, "cần 'nope'"),
    ],
)
def test_a_wording_that_asks_for_what_is_not_there_is_told_at_its_line(
    tmp_path: Path, name: str, text: str, line: int, what: str
) -> None:
    path = tmp_path / "messages" / f"{name}.j2"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    [problem] = check(tmp_path)
    assert str(problem).startswith(f"{path}:{line}: ")
    assert what in problem.what
