"""The official sheet drawn: as a PDF to print, as one picture for a phone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from content.paper.letters import everywhere, printed
from content.paper.sheet import Sheet

if TYPE_CHECKING:
    from typst import Fonts

HERE = Path(__file__).parent
LAYOUT = HERE / "sheet.typ"
KEPT = 10  # drawings of which typst keeps what they took, in case one like them is drawn
SHARP = 144  # dots an inch: 1,077 across, as many as phones have


@cache
def fonts() -> Fonts:
    """Ours, then those that come with typst; none of the machine's, which differ."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])


def pdf(sheet: Sheet) -> bytes:
    """The sheet on A4 pages."""
    return drawn(sheet, "pdf")


def png(sheet: Sheet) -> bytes:
    """The sheet as one picture, as tall as it needs."""
    return drawn(sheet, "png", tall="yes")


def drawn(sheet: Sheet, format: Literal["pdf", "png"], **inputs: str) -> bytes:
    # It takes 50 MB, so not before the first sheet.
    from typst import Compiler

    told = json.dumps(everywhere(printed, sheet.as_json()), ensure_ascii=False)
    compiler = Compiler(LAYOUT, font_paths=fonts(), sys_inputs={"sheet": told, **inputs})
    made = compiler.compile(format=format, ppi=SHARP)
    assert isinstance(made, bytes)  # a list only of several pictures
    forget()
    return made


def forget() -> None:
    """Have typst let go of what it keeps of a drawing, which is as much as drawing it took."""
    from typst import Compiler

    for _ in range(KEPT + 1):
        Compiler(b"", font_paths=fonts()).compile(format="pdf")
