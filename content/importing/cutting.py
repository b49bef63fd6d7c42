"""Long texts cut where a sentence or a phrase ends."""

from __future__ import annotations

import re

from content.importing.casing import sentence_case

SHORT = 70  # characters of a heading that stands for a text
PARTS = re.compile(r"(?<=[.;])\s+")


def short(text: str) -> str:
    """The first words of a text, cut where a phrase ends if one does in time."""
    text = text.strip(" :;.")
    if len(text) <= SHORT:
        return sentence_case(text)
    cut = text[:SHORT].rpartition(" ")[0]
    ends = [at for at in (cut.rfind(sign) for sign in ";:,") if at >= SHORT // 3]
    return sentence_case(cut[: max(ends)] if ends else cut).rstrip(" ,;:") + "…"


def cut(text: str, room: int) -> str:
    """As many whole sentences as there is room for, or words."""
    if len(text) <= room:
        return text
    kept = ""
    for part in PARTS.split(text):
        if len(f"{kept} {part}") > room:
            break
        kept = f"{kept} {part}".strip()
    return kept or text[: room - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
