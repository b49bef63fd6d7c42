"""Many sheets from one Word template: it is read once, and only what differs is written anew."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from content.paper.letters import written
from content.paper.sheet import Item, Sheet
from content.paper.word import PARTS, docx

# What only docxtpl sees to: columns in loops, pictures and notes with tags in them.
ELABORATE = re.compile(r"{%-?\s*tc\b|<wp:docPr\b|<w:footnoteReference\b|<dc:\w+>[^<]*{{")
PARAGRAPH = re.compile(r"<w:p(?=[ >])")
DECLARED = re.compile(r"(?<=\?>)\s+(?=<)")  # breaks that stand between what is no text
LAID_OUT = re.compile(r"[\n\t\a\f]")  # line breaks, tabs and pages in what was filled in


class Copies:
    """Fills in a template again and again, a hundred times as fast as from its file each time."""

    def __init__(self, template: Path) -> None:
        self.template = template
        self.parts: dict[str, Template] = {}
        self.word: Any = None  # of docxtpl, which has no types
        self.rest = b""
        try:
            self.read()
        except Exception:  # whatever it is, who fills in the first sheet tells it
            self.parts = {}

    def read(self) -> None:
        from docxtpl.template import DocxTemplate

        word: Any = DocxTemplate(self.template)
        word.render_init()
        words = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        rest = io.BytesIO()
        with ZipFile(self.template) as old, ZipFile(rest, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                if PARTS.fullmatch(name):
                    xml = DECLARED.sub("", old.read(name).decode("utf-8"), count=1)
                    xml = word.patch_xml(xml)
                    self.parts[name] = words.from_string(PARAGRAPH.sub("\n<w:p", xml))
                else:
                    new.writestr(name, old.read(name), compresslevel=9)
            every = "".join(old.read(name).decode("utf-8", "replace") for name in old.namelist())
        self.word, self.rest = word, rest.getvalue()
        if ELABORATE.search(every):
            self.parts = {}

    def copy(self, sheet: Sheet) -> bytes:
        """The template with this sheet filled in, as ``word.docx`` does it."""
        try:
            return self.quick(sheet) if self.parts else docx(sheet, self.template)
        except Exception:  # a tag that only this sheet has nothing for
            return docx(sheet, self.template)

    def quick(self, sheet: Sheet) -> bytes:
        made, facts = io.BytesIO(self.rest), tags(sheet)
        with ZipFile(made, "a", ZIP_DEFLATED) as packed:
            for name, part in self.parts.items():
                xml = part.render(facts).replace("\n<w:p", "<w:p")
                laid_out = self.word.resolve_listing(xml) if LAID_OUT.search(xml) else xml
                packed.writestr(name, laid_out)
        return made.getvalue()


def tags(sheet: Sheet) -> dict[str, Any]:
    """What the tags stand for, as ``word.tags`` has it; what most sheets share is looked up."""
    told = {name: plain(value) for name, value in vars(sheet).items()}
    return {**told.pop("fields"), "sheet": {**told, "preview": sheet.preview}}


def plain(value: Any) -> Any:
    match value:
        case str():
            return known(value)
        case tuple():
            return [plain(each) for each in value]
        case Item():
            return plain(vars(value))
        case dict():
            return {name: plain(each) for name, each in value.items()}
    return value


known = lru_cache(maxsize=1024)(written)
