"""Reading YAML so that every problem can be named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Shape = TypeVar("Shape", bound=BaseModel)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong in a content file: where, what, and how to mend it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Broken(Exception):
    """Content that cannot be used; carries every problem that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Source:
    """A parsed file: its values, and the line on which each of them stands."""

    file: str
    value: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, what: str) -> Problem:
        return Problem(self.file, self.line(place), what)


def read(path: Path) -> Source:
    """Parse one file; raise Broken where it is no YAML or a key stands twice."""
    loader = Loader(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        problems: list[Problem] = []
        for place, line, twice in walk(node, ()):
            lines[place] = line
            if twice:
                what = f"khoá '{place[-1]}' viết hai lần; bỏ bớt một"
                problems.append(Problem(str(path), line, what))
        if problems:
            raise Broken(problems)
        return Source(str(path), loader.construct_document(node) if node else None, lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"YAML sai cú pháp: {error.problem}; xem lại thụt dòng, dấu hai chấm, dấu nháy"
        raise Broken([Problem(str(path), mark.line + 1 if mark else 1, what)]) from error
    finally:
        loader.dispose()


def walk(node: Any, place: Place) -> Iterator[tuple[Place, int, bool]]:
    """Each place in the tree with its line, and whether its key stood there before."""
    if node is None:
        return
    yield place, node.start_mark.line + 1, False
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            yield (*place, key.value), key.start_mark.line + 1, key.value in seen
            seen.add(key.value)
            yield from walk(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from walk(item, (*place, index))


def shaped(source: Source, shape: type[Shape]) -> Shape:
    """The file's value in its shape; raise Broken with a line for each misfit."""
    try:
        return shape.model_validate(source.value)
    except ValidationError as error:
        raise Broken([misfit(source, fault) for fault in error.errors()]) from error


MENDING = {
    "extra_forbidden": "trường này không có trong mẫu; kiểm tra chính tả hoặc bỏ đi",
    "missing": "thiếu trường này; thêm vào",
    "string_too_long": "dài quá {max_length} ký tự; viết ngắn lại",
    "too_short": "cần ít nhất {min_length}, mới có {actual_length}; thêm cho đủ",
    "union_tag_invalid": "kind '{tag}' không có; dùng một trong: {expected_tags}",
    "union_tag_not_found": "thiếu kind; thêm loại mục",
    "literal_error": "phải là một trong: {expected}",
    "string_pattern_mismatch": "chỉ gồm chữ thường không dấu, số và gạch nối",
    "value_error": "{error}",
    "string_type": "phải là chữ; đặt trong dấu nháy nếu là số hay ngày",
    "int_type": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
}


def misfit(source: Source, fault: Any) -> Problem:
    """One of pydantic's errors in Vietnamese, at its line."""
    place = tuple(step for step in fault["loc"] if is_step(source, step))
    named = "/".join(str(step) for step in place) or "cả tệp"
    told = MENDING.get(fault["type"], fault["msg"]).format(**fault.get("ctx", {}))
    if fault["type"] == "missing":
        named = f"{named} ← {fault['loc'][-1]}"
    return source.problem(place, f"{named}: {told}")


def is_step(source: Source, step: str | int) -> bool:
    """Whether pydantic's step names a place in the file (it also names union members)."""
    return any(step in place for place in source.lines)
