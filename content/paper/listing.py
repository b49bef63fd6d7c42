"""The official list of what was registered, to print and sign: as a PDF, as a Word file."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from logging import getLogger
from pathlib import Path
from typing import Any

from content.paper.drawing import fonts, forget
from content.paper.letters import everywhere, printed
from content.paper.mould import Mould
from content.templates import HERE

LAYOUT = Path(__file__).parent / "listing.typ"
OURS = HERE / "documents" / "danh-sach-dang-ky.docx"
AT_ONCE = 500  # lines drawn together; they take a hundred MB meanwhile
Line = Mapping[str, str]  # a row by its columns
logger = getLogger(__name__)


@dataclass(frozen=True)
class Listing:
    """Everything that stands on the list above its lines."""

    issuer: str  # who receives the registrations
    number: str
    title: str
    about: str
    heads: Line
    day: str
    month: str
    year: str


class Pages:
    """The list on A4 pages, lying: drawn a part at a time, as if it were drawn at once."""

    def __init__(self, listing: Listing) -> None:
        from pypdf import PdfWriter

        self.told = shown(asdict(listing))
        self.lines: list[Line] = []  # not on pages yet
        self.pages = PdfWriter()
        self.pages.add_metadata({"/Title": printed(listing.title)})

    def add(self, line: Line) -> None:
        self.lines.append(line)
        if len(self.lines) >= AT_ONCE:
            self.draw()

    def draw(self, total: str = "") -> None:
        """Draw the lines that wait; before the total is known those of the last page, which may
        not be full, wait on.
        """
        from pypdf import PdfReader
        from typst import Compiler

        part = {"page": len(self.pages.pages) + 1, "lines": self.lines, "total": total}
        inputs = {"listing": self.told, "part": shown(part)}
        compiler = Compiler(LAYOUT, font_paths=fonts(), sys_inputs=inputs)
        made = compiler.compile(format="pdf", pdf_tags=False)  # which do not survive the joining
        assert isinstance(made, bytes)
        drawn = PdfReader(io.BytesIO(made))
        whole = len(drawn.pages) - (not total)
        self.pages.append(drawn, pages=(0, whole), import_outline=False)
        self.lines = self.lines[json.loads(compiler.query("<before>", field="value", one=True)) :]
        forget()

    def write(self, path: Path, total: str) -> None:
        """Draw what is left, and write all of it."""
        self.draw(total)
        self.pages.write(path)


def shown(told: dict[str, Any]) -> str:
    return json.dumps(everywhere(printed, told), ensure_ascii=False)


def docx(template: Path, path: Path, told: dict[str, Any]) -> None:
    """The list as a Word file; by our own template where the office's is broken."""
    try:
        Mould(template).write(path, told)
    except Exception:  # a template may do anything, and a file may be anything
        if template == OURS:
            raise
        logger.warning("paper template broken, ours used: %s; see thidua check", template.name)
        Mould(OURS).write(path, told)


def tags(listing: Listing, lines: Sequence[Line], total: str) -> dict[str, Any]:
    """What the tags of a template stand for."""
    return {**asdict(listing), "lines": lines, "total": total}


COLUMNS = dict.fromkeys(("number", "code", "unit", "name", "period", "value", "state"), "1")
SAMPLE = tags(Listing("1", "1", "1", "1", COLUMNS, "1", "1", "1"), [COLUMNS], "1")
