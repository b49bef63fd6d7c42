"""Every message has all its facts and is used; every button has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from jinja2 import Environment
from jinja2.meta import find_undeclared_variables

from content.entries import AnyEntry
from content.library import HERE, Library
from handlers.talk import Kind

MESSAGES = {
    path.relative_to(HERE / "messages").with_suffix("").as_posix(): path.read_text("utf-8")
    for path in (HERE / "messages").rglob("*.j2")
}
FOLDERS = {key.split("/")[0] for key in MESSAGES}
LINE = SimpleNamespace(name="Đơn vị", shown="HTX Tân Thuận")
ROW = SimpleNamespace(
    code="A3C4D6", name="Cầu ấp Bình Minh", plan="Vĩnh Thuận", day=date(2025, 4, 15)
)
PART = {"label": "Yên Bái", "words": "Đến hết năm.", "relative": "Còn 12 ngày.", "last": False}
TYPED = SimpleNamespace(ask="Anh chị thuộc đơn vị nào?", example="HTX Tân Thuận", optional=True)
FACTS: dict[str, Any] = {
    **dict.fromkeys(("days", "digits", "month", "number", "quarter", "total", "year"), 12),
    **dict.fromkeys(("length", "most"), 2000),
    **dict.fromkeys(("low", "high"), "150 triệu đồng"),
    **dict.fromkeys(("noted", "note", "current", "name", "noted_name", "words"), "Tên công trình"),
    **dict.fromkeys(("numbered", "remembered", "whole"), True),
    **dict.fromkeys(("day", "end", "last", "start", "today"), date(2025, 6, 1)),
    **{"code": "A3C4D6", "clause": "IV.2", "draft": ROW, "example": "15/6/2025"},
    **{"place": "Cà Mau", "relative": "Còn 12 ngày.", "weekday": "thứ Hai", "step": TYPED},
    **{"lines": [LINE], "rows": [ROW], "parts": [{**PART, "name": "KH", "clause": "mục I"}]},
    "topic": SimpleNamespace(label="Tiêu chuẩn"),
    "form": SimpleNamespace(title="BẢNG ĐĂNG KÝ"),
}
MAY_BE_EMPTY = (
    *("noted", "note", "current", "relative", "place", "draft", "remembered"),
    *("numbered", "whole", "start"),
)


def facts_for(library: Library, key: str) -> dict[str, Any]:
    """The facts that a message asks for, as they are in a talk."""
    plan = library.plans["vinh-thuan-2025"]
    only_named = "{{ plan }}" in MESSAGES[key]
    every = {**FACTS, "plan": plan.label if only_named else plan, "plans": [plan]}
    words = Environment(autoescape=True)
    words.filters |= {"day": str, "named_day": str}
    asked = find_undeclared_variables(words.parse(MESSAGES[key]))
    return {name: every.get(name, name) for name in asked}


def said(library: Library, key: str, facts: Mapping[str, Any]) -> str:
    text = library.say(key, **facts)
    assert text, key
    assert not re.search(r"[{}]|\bNone\b|\n\n\n| $", text), text
    return text


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_message_can_be_said_with_its_facts_and_without_those_that_may_be_empty(
    library: Library, key: str
) -> None:
    facts = facts_for(library, key)
    said(library, key, facts)
    for name in (name for name in MAY_BE_EMPTY if name in facts):
        said(library, key, {**facts, name: ""})
    if key in ("answer/unknown", "talk/start"):
        said(library, key, {**facts, "plan": None})


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_message_without_one_of_its_facts_is_refused_and_not_sent_with_a_hole(
    library: Library, key: str
) -> None:
    facts = facts_for(library, key)
    told = {name for name in facts if f"{{{{ {name} }}}}" in MESSAGES[key]}
    for name in told - {*MAY_BE_EMPTY}:
        rest = {other: fact for other, fact in facts.items() if other != name}
        with pytest.raises(Exception, match=f"'{name}' is undefined"):
            library.say(key, **rest)


def constants() -> Iterator[ast.Constant]:
    for room in ("bot", "handlers"):
        for file in sorted((HERE.parent / room).rglob("*.py")):
            tree = ast.parse(Path(file).read_text("utf-8"))
            yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant))


def test_every_message_that_the_code_names_exists_and_every_message_is_named() -> None:
    shape = re.compile(rf"(?:{'|'.join(FOLDERS)})/[a-z_-]+")
    named = {str(each.value) for each in constants() if shape.fullmatch(str(each.value))}
    named |= {f"kind/{kind}" for kind in get_args(Kind) if kind != "text"}
    assert named == {*MESSAGES}


def test_every_button_has_its_words_and_every_word_its_button(library: Library) -> None:
    named = {str(each.value) for each in constants()}
    assert {*library.labels} <= named
    assert all(0 < len(label) <= 20 for label in library.labels.values())


def test_every_topic_is_of_kinds_that_there_are_and_can_be_opened(library: Library) -> None:
    shapes = get_args(get_args(AnyEntry)[0])
    known = {kind for shape in shapes for kind in get_args(shape.model_fields["kind"].annotation)}
    used = {entry.kind for plan in library.plans.values() for entry in plan.entries}
    for topic in library.topics:
        assert {*topic.kinds} <= known, topic.id
        assert {*topic.kinds} & used, topic.id


def test_whatever_may_be_typed_instead_of_a_button_means_one_thing(library: Library) -> None:
    commands = [word.command for word in library.words if word.command]
    assert len(commands) == len({*commands})
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command) for command in commands)
    assert all(word.description for word in library.words if word.command)
