"""The official sheet as a Word file, from a template that an office may replace."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.paper.letters import everywhere, written
from content.paper.sheet import Sheet
from content.templates import HERE

if TYPE_CHECKING:
    from jinja2 import Environment

OURS = HERE / "documents" / "bang-dang-ky.docx"  # fits every form
TAG = re.compile(r"{[{%#].*?[}%#]}")
BRACES = re.compile(r"{[{%]|[}%]}")
MOST_SHOWN = 80  # letters of a faulty line
logger = getLogger(__name__)


class BadTemplate(Exception):
    """A template that cannot be filled in; says which tag is at fault, and how to mend it."""


def docx(sheet: Sheet, template: Path) -> bytes:
    """The sheet as a Word file; by our own template where the office's is broken."""
    try:
        return filled(template, sheet)
    except BadTemplate:
        if template == OURS:
            raise
        logger.warning("paper template broken, ours used: %s; see thidua check", template.name)
        return filled(OURS, sheet)


def filled(template: Path, sheet: Sheet) -> bytes:
    """A template filled in; raise BadTemplate where it cannot be."""
    from docxtpl import DocxTemplate  # with all that reads and writes Word: not before it is needed
    from jinja2 import TemplateSyntaxError, UndefinedError

    facts = tags(sheet)
    try:
        word = DocxTemplate(template)
        word.render(facts, manners(), autoescape=True)
        made = io.BytesIO()
        word.save(made)
    except UndefinedError as error:
        raise BadTemplate(unknown(error, facts)) from None
    except TemplateSyntaxError as error:
        raise BadTemplate(misspelt(error)) from None
    except Exception as error:  # a template may do anything, and a file may be anything
        what = "không mở hoặc không điền được"
        how = "mở bằng Word rồi lưu lại dạng .docx, không khoá bằng mật khẩu"
        raise BadTemplate(f"{what} ({type(error).__name__}); {how}") from None
    return made.getvalue()


def manners() -> Environment:
    """How a template that an office wrote is filled in: strictly, and able to do nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined)


def tags(sheet: Sheet) -> dict[str, Any]:
    """What the tags stand for: each field by its name, all else behind ``sheet.``."""
    told = everywhere(written, sheet.as_json())
    return {**told.pop("fields"), "sheet": told}
