"""A Word template read once, to be filled in again and again, or at great length."""

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
from content.paper.word import PARTS

# What only docxtpl sees to: columns in loops, pictures in loops, notes, tags in what it is called.
ELABORATE = re.compile(
    r"{%-?\s*tc\b|\bfor\s(?:(?!endfor).)*?<wp:docPr\b|<w:footnoteReference\b|<dc:\w+>[^<]*{{",
    re.DOTALL,
)
DECLARED = re.compile(r"(?<=\?>)\s+(?=<)")  # breaks that stand between what is no text
LAID_OUT = "\n\t\a\f"  # line breaks, tabs and pages in what was filled in
AT_ONCE = 1000  # pieces of a long part that are packed together
QUICK = 3  # of nine: packs nearly as small, in half the time


class Mould:
    """A template whose parts with tags are compiled, and whose others are packed already.

    Whatever is wrong with it is raised.
    """

    def __init__(self, template: Path) -> None:
        from docxtpl.template import DocxTemplate

        word: Any = DocxTemplate(template)  # it has no types
        word.render_init()
        self.word = word
        self.parts: dict[str, Template] = {}
        self.elaborate = False
        words = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=cleaned)
        rest = io.BytesIO()
        with ZipFile(template) as old, ZipFile(rest, "w", ZIP_DEFLATED, compresslevel=9) as new:
            for name in old.namelist():
                content = old.read(name)
                text = content.decode("utf-8", "replace")
                self.elaborate |= bool(ELABORATE.search(text))
                if PARTS.fullmatch(name) and "{" in text:
                    xml = word.patch_xml(DECLARED.sub("", text, count=1))
                    self.parts[name] = words.from_string(xml)
                else:
                    new.writestr(name, content)
        self.rest = rest.getvalue()

    def cast(self, facts: dict[str, Any]) -> bytes:
        """The template filled in."""
        made = io.BytesIO(self.rest)
        with ZipFile(made, "a", ZIP_DEFLATED, compresslevel=QUICK) as packed:
            for name, part in self.parts.items():
                xml = part.render(facts)
                if any(each in xml for each in LAID_OUT):
                    xml = self.word.resolve_listing(xml)
                packed.writestr(name, xml)
        return made.getvalue()

    def write(self, path: Path, facts: dict[str, Any]) -> None:
        """The template filled in without line breaks, however long it becomes."""
        path.write_bytes(self.rest)
        with ZipFile(path, "a", ZIP_DEFLATED, compresslevel=QUICK) as packed:
            for name, part in self.parts.items():
                pieces = part.stream(facts)
                pieces.enable_buffering(AT_ONCE)
                with packed.open(name, "w", force_zip64=True) as file:
                    for piece in pieces:
                        file.write(piece.encode())


def cleaned(value: Any) -> Any:
    """What a tag stands for, as a Word file may hold it."""
    return known(value) if isinstance(value, str) else value


known = lru_cache(maxsize=1024)(written)  # much is the same in every copy
