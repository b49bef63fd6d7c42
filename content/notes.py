"""The file in which the answers of the staff are kept: what a clerk wrote into it stays."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from content.fold import plain
from content.lessons import Taught
from content.read import is_text

ENDING = "-hoi-dap.yaml"  # of the files that hold what people asked
NOTES = f"additions/{{plan}}{ENDING}"
WIDTH = 4096  # no line is folded: one way to ask a line is easier to read and to mend
HEAD = """\
# Câu trả lời và cách hỏi do cán bộ duyệt trong trò chuyện. Máy ghi thêm vào đây;
# sửa tay cũng được, rồi chạy thidua check.
plan: {plan}
"""


def noted(text: str, lesson: Taught, known: Iterable[str]) -> str:
    """The file's text with a lesson in it; unchanged where it is there already.

    ``known`` are the ways to ask that the entry has elsewhere.
    """
    editor = YAML()
    editor.preserve_quotes, editor.width = True, WIDTH
    editor.indent(mapping=2, sequence=4, offset=2)
    notes: Any = editor.load(text or HEAD.format(plan=lesson.plan))
    changed = add_entry(notes, lesson) if lesson.added else add_phrasings(notes, lesson, known)
    if not changed:
        return text
    out = io.StringIO()
    editor.dump(notes, out)
    return out.getvalue()


def add_entry(notes: Any, lesson: Taught) -> bool:
    """Add the new entry; False where it is there."""
    added = {name: as_text(value) for name, value in (lesson.added or {}).items()}
    if any(entry.get("id") == added["id"] for entry in notes.get("entries") or ()):
        return False
    if not notes.get("entries"):
        notes["entries"] = []
    notes["entries"].append(added)
    return True


def add_phrasings(notes: Any, lesson: Taught, known: Iterable[str]) -> bool:
    """Add what is not there yet of the further ways to ask; False where all is."""
    if not notes.get("phrasings"):
        notes["phrasings"] = {}
    there = notes["phrasings"].setdefault(lesson.entry, [])
    seen = {plain(way) for way in (*known, *there)}
    new = [way for way in lesson.phrasings if plain(way) not in seen]
    there.extend(as_text(new))
    return bool(new)


def as_text(value: Any) -> Any:
    """Words so written that they are read as they are: 7:30 is no number."""
    if isinstance(value, list):
        return [*map(as_text, value)]
    if "\n" in value:
        return LiteralScalarString(value)
    return value if is_text(value) else DoubleQuotedScalarString(value)
