"""The values of a file in their shape; what does not fit is told in Vietnamese, at its line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from content.read import Broken, Inconsistent, Place, Problem, Source

Shape = TypeVar("Shape", bound=BaseModel)


def shaped(source: Source, shape: type[Shape]) -> Shape:
    """The file's value in its shape; raise Broken with a line for each misfit."""
    try:
        return shape.model_validate(source.value)
    except ValidationError as error:
        found = (problem for fault in error.errors() for problem in misfits(source, fault))
        raise Broken([*found]) from error


DAY = "phải là ngày có thật, ghi năm-tháng-ngày, ví dụ 2025-06-02"
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
    "int_parsing": "phải là số nguyên",
    "greater_than_equal": "phải từ {ge} trở lên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "model_type": "phải gồm các dòng 'khoá: giá trị'",
    "dict_type": "phải gồm các dòng 'khoá: giá trị'",
    "model_attributes_type": "phải gồm các dòng 'khoá: giá trị'",
    "tuple_type": "phải là danh sách, mỗi dòng bắt đầu bằng gạch nối",
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
}


def misfits(source: Source, fault: Any) -> Iterator[Problem]:
    """One of pydantic's errors in Vietnamese, at its line."""
    facts = fault.get("ctx", {})
    if isinstance(facts.get("error"), Inconsistent):
        yield from (source.problem(place, what) for place, what in facts["error"].faults)
        return
    place = place_of(source, fault["loc"])
    named = "/".join(map(str, place)) or "cả tệp"
    told = MENDING.get(fault["type"], fault["msg"]).format(**facts).replace("' or '", "' hoặc '")
    if fault["type"] == "missing":
        named = f"{named} ← {fault['loc'][-1]}"
    yield source.problem(place, f"{named}: {told}")


def place_of(source: Source, steps: Place) -> Place:
    """Where a fault stands: pydantic's steps without the kinds of entries that it also names."""
    place: Place = ()
    found = source.value
    for before, step in pairwise(("", *steps)):
        if isinstance(before, int) and isinstance(found, dict) and found.get("kind") == step:
            continue
        if (*place, step) not in source.spots:
            break
        place = (*place, step)
        found = found.get(step) if isinstance(found, dict) else found[step]
    return place
