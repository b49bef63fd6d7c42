"""Reads all content once, at start: ours, with an operator's own on top."""

from __future__ import annotations

from pathlib import Path

from content.read import read, shaped
from content.schema import Plan

HERE = Path(__file__).parent


def load_plan(path: Path) -> Plan:
    """One plan from its file; raise Broken with every problem found in it."""
    return shaped(read(path), Plan)
