"""An office's own template: used in place of ours, and told of where it is broken."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from content.check import check
from content.library import Library, load
from content.paper.trial import unfillable
from content.paper.word import OURS, docx, filled, tags
from tests.papers.reading import drawn, paragraphs, words_of_docx

NAME = "documents/bang-dang-ky.docx"
TITLE = "{{ sheet.title }}"


def altered(folder: Path, was: str, becomes: str) -> Path:
    """Our template as somebody has changed it in Word."""
    word = Document(str(OURS))
    [*found] = (run for each in paragraphs(word) for run in each.runs if was in run.text)
    assert found
    for run in found:
        run.text = run.text.replace(was, becomes)
    path = folder / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    word.save(str(path))
    return path


def test_an_offices_own_paper_takes_the_place_of_ours(tmp_path: Path, library: Library) -> None:
    altered(tmp_path, TITLE, "GIẤY GHI TÊN: {{ name }}, {{ time_saved or 'không rút ngắn' }}")
    papers = load(tmp_path).papers
    assert [*unfillable(replace(library, papers=papers))] == []
    words = words_of_docx(docx(drawn(library, name="Cầu <mới> & đẹp"), papers["bang-dang-ky"]))
    assert "GIẤY GHI TÊN: Cầu <mới> & đẹp, không rút ngắn" in words
    assert library.papers["bang-dang-ky"] == OURS


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        (TITLE, "{{ nmae }}", "thẻ {{ nmae }} không có; sửa cho đúng chính tả, các thẻ dùng được:"),
        (TITLE, "{{ sheet.titel }}", "thẻ {{ sheet.titel }} không có"),
        (TITLE, "{% if sheet.preview %}{{ xem }}{% endif %}", "thẻ {{ xem }} không có"),
        (TITLE, "{{ name }", "dòng '{{ name }' có thẻ thiếu hoặc thừa dấu ngoặc"),
        (TITLE, "{{ name | to }}", "dòng '{{ name | to }}' có thẻ sai cú pháp"),
        (TITLE, "{% if name %}", "có thẻ {% if … %} chưa đóng; thêm {% endif %}"),
        ("{%p for part", "{%p fro part", "thẻ {%p fro part in line.parts %} không có"),
        (TITLE, "{{ name.__class__.mro() }}", "có thẻ làm việc mà mẫu giấy không được làm"),
    ],
)
def test_a_broken_tag_is_told_with_its_file_and_what_would_be_right(
    tmp_path: Path, library: Library, was: str, becomes: str, told: str
) -> None:
    path = altered(tmp_path, was, becomes)
    [problem] = unfillable(replace(library, papers={"bang-dang-ky": path}))
    assert str(problem).startswith(f"{path}: {told}")


def test_a_file_that_is_no_word_file_is_told_by_the_check(tmp_path: Path) -> None:
    path = altered(tmp_path, TITLE, "")
    path.write_bytes(b"%PDF-1.7")
    [problem] = check(tmp_path)
    assert str(problem).startswith(f"{path}: không mở")
    assert "lưu lại dạng .docx" in str(problem)


def test_with_a_broken_template_people_get_ours_and_the_log_no_word_of_theirs(
    tmp_path: Path, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    path = altered(tmp_path, TITLE, "{{ name.nope }}")
    sheet = drawn(library)
    with caplog.at_level(logging.DEBUG):
        assert words_of_docx(docx(sheet, path)) == words_of_docx(filled(OURS, tags(sheet)))
    assert path.name in caplog.text
    assert not [value for value in sheet.fields.values() if value and value in caplog.text]
