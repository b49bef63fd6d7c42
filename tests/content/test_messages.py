"""An operator's wording that asks for what a turn does not have is told before anybody writes."""

from __future__ import annotations

from pathlib import Path

from content.check import check

WRONG = (  # message, wording, line, what is told
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
)


def test_wordings_that_ask_for_what_is_not_there_are_told_each_at_its_line(tmp_path: Path) -> None:
    for turn in (0, 1):  # a message that is worded wrongly in two ways takes two turns
        told = {}
        for name in {name: None for name, *_ in WRONG}:
            wordings = [row for row in WRONG if row[0] == name]
            _, text, line, what = wordings[min(turn, len(wordings) - 1)]
            path = tmp_path / "messages" / f"{name}.j2"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            told[f"{path}:{line}"] = what
        problems = {f"{each.file}:{each.line}": each.what for each in check(tmp_path)}
        assert problems.keys() == told.keys()
        assert all(what in problems[at] for at, what in told.items())
