"""The official list of what was registered, drawn as a PDF to print and sign."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from content.paper.drawing import fonts
from content.paper.letters import everywhere, printed

LAYOUT = Path(__file__).parent / "listing.typ"


@dataclass(frozen=True)
class Listing:
    """Everything that stands on the list."""

    issuer: str  # who receives the registrations
    title: Sequence[str]
    heads: Mapping[str, str]  # by part
    lines: Sequence[Mapping[str, str]]
    total: str
    day: Sequence[str]  # day, month, year


def pdf(listing: Listing) -> bytes:
    """The list on A4 pages, lying."""
    from typst import Compiler

    told = json.dumps(everywhere(printed, asdict(listing)), ensure_ascii=False)
    compiler = Compiler(LAYOUT, font_paths=fonts(), sys_inputs={"listing": told})
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)
    return made
