"""The official sheet as a Word file, from a template that an office may replace."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from logging import getLogger
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from content.paper.letters import everywhere, written
from content.paper.sheet import Sheet
from content.templates import HERE

OURS = HERE / "documents" / "bang-dang-ky.docx"  # fits every form
PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
TAG = re.compile(r"{[{%#].*?[}%#]}")
BRACES = re.compile(r"{[{%]|[}%]}")
MOST_SHOWN = 80  # letters of a faulty line
logger = getLogger(__name__)


class BadTemplate(Exception):
    """A template that cannot be filled in; says which tag is at fault, and how to mend it."""


def docx(sheet: Sheet, template: Path) -> bytes:
    """The sheet as a Word file; by our own template where the office's is broken."""
    try:
        return filled(template, tags(sheet))
    except BadTemplate:
        if template == OURS:
            raise
        logger.warning("paper template broken, ours used: %s; see thidua check", template.name)
        return filled(OURS, tags(sheet))


def filled(template: Path, facts: dict[str, Any]) -> bytes:
    """A template filled in; raise BadTemplate where it cannot be."""
    # All that reads and writes Word comes with it, so not before the first sheet.
    from docxtpl.template import DocxTemplate

    try:
        word = DocxTemplate(template)
        word.render(facts, SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
        made = io.BytesIO()
        word.save(made)
    except UndefinedError as error:
        raise BadTemplate(unknown(error, template, facts)) from None
    except TemplateSyntaxError as error:
        raise BadTemplate(misspelt(error, template)) from None
    except SecurityError:
        what = "có thẻ làm việc mà mẫu giấy không được làm; chỉ dùng các thẻ có sẵn"
        raise BadTemplate(what) from None
    except Exception as error:  # a template may do anything, and a file may be anything
        how = "mở bằng Word rồi lưu lại dạng .docx, không khoá bằng mật khẩu"
        raise BadTemplate(f"không mở hoặc không điền được ({error}); {how}") from None
    return made.getvalue()


def tags(sheet: Sheet) -> dict[str, Any]:
    """What the tags stand for: each field by its name, all else behind ``sheet.``."""
    told = everywhere(written, sheet.as_json())
    return {**told.pop("fields"), "sheet": told}


def unknown(error: Exception, template: Path, facts: dict[str, Any]) -> str:
    """Which tag names what is not there, and what is."""
    [lost] = re.findall(r"'(\w+)'", str(error))[-1:] or [""]
    how = f"sửa cho đúng chính tả, các thẻ dùng được: {', '.join(sorted(there(facts)))}"
    return f"thẻ {tagged(template, lost)} không có; {how}"


def there(facts: dict[str, Any]) -> Iterator[str]:
    """The names of all that tags may stand for; what has parts is named with each."""
    for name, told in facts.items():
        yield from (f"{name}.{part}" for part in told) if isinstance(told, dict) else (name,)


def misspelt(error: TemplateSyntaxError, template: Path) -> str:
    """Which tag cannot be read, or in which line it stands."""
    for line in lines(template):
        if BRACES.search(TAG.sub("", line)):
            what = "có thẻ thiếu hoặc thừa dấu ngoặc"
            return f"dòng '{shortened(line)}' {what}; viết đủ {{{{ tên }}}} hoặc {{% lệnh %}}"
    told = error.message or ""
    if told.startswith("Unexpected end"):
        open_tag = re.findall(r"'(\w+)'", told)[-1]
        return f"có thẻ {{% {open_tag} … %}} chưa đóng; thêm {{% end{open_tag} %}} sau phần của nó"
    if lost := re.search(r"unknown tag '(\w+)'", told):
        how = "sửa cho đúng chính tả, mỗi for đi với một endfor, mỗi if với một endif"
        return f"thẻ {tagged(template, lost[1])} không có hoặc đứng sai chỗ; {how}"
    near = [*getattr(error, "docx_context", [])]  # the line, after up to three before it
    at = shortened(near[min(error.lineno - 1, 3)]) if near else ""
    return f"dòng '{at}' có thẻ sai cú pháp ({told}); so với mẫu có sẵn"


def tagged(template: Path, word: str) -> str:
    """The first tag of a template in which that word stands."""
    tags = (tag for line in lines(template) for tag in TAG.findall(line))
    return next((tag for tag in tags if re.search(rf"\b{word}\b", tag)), f"'{word}'")


def shortened(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= MOST_SHOWN else f"{line[:MOST_SHOWN]}…"


def lines(template: Path) -> Iterator[str]:
    """The paragraphs of a Word file as plain text, with those at the head and foot of its pages."""
    with ZipFile(template) as packed:
        parts = [name for name in packed.namelist() if PARTS.fullmatch(name)]
        whole = "".join(packed.read(name).decode("utf-8") for name in parts)
    yield from (unescape(re.sub(r"<[^>]*>", "", each)) for each in whole.split("</w:p>"))
