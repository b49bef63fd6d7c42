"""``python -m tests.score``: how well questions are understood that the index has not seen.

Phrasings are left out in turn (every fifth, then the next fifth …), asked in each style, and must
come back to their entry. What is left out is really gone: the index is built without it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from content.lexicon import Lexicon
from content.library import Library, load
from content.schema import Plan
from content.search import Index
from content.shelf import LEXICON, Shelf
from handlers.context import Context
from handlers.several import ask_all
from tests.score.styles import STYLES, typed

FOLDS = 5
Asked = tuple[str, str, str]  # plan, entry, phrasing


def without(library: Library, fold: int) -> tuple[Library, list[Asked]]:
    """The library without each fifth phrasing, and what was left out."""
    plans, left_out = {}, []
    for plan in library.plans.values():
        entries = []
        for entry in plan.entries:
            gone = entry.ask[fold::FOLDS]
            kept = tuple(each for each in entry.ask if each not in gone)
            entries.append(entry.model_copy(update={"ask": kept}))
            left_out += [(plan.id, entry.id, phrasing) for phrasing in gone]
        plans[plan.id] = Plan.model_construct(**{**dict(plan), "entries": tuple(entries)})
    lexicon = [*Shelf().all(LEXICON, Lexicon).values()]
    index = Index([*plans.values()], library.chats, *lexicon)
    return replace(library, plans=plans, indexed=lambda: index), left_out


def right(library: Library, asked: Asked, style: str) -> bool:
    """Whether the entry is the answer, among two answers, or offered to choose."""
    plan, entry, phrasing = asked
    found = ask_all(library, typed(phrasing, style), Context(plan))
    return (plan, entry) in found.entries


def score(every: int) -> Iterator[tuple[str, str, bool]]:
    """Plan, style and outcome of each question; ``every`` n-th of those left out is asked."""
    library = load()
    for fold in range(FOLDS):
        less, left_out = without(library, fold)
        for asked in left_out[::every]:
            for style in STYLES:
                yield asked[0], style, right(less, asked, style)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument("--every", type=int, default=3, help="ask each n-th of those left out")
    asked, good = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for plan, style, hit in score(parser.parse_args().every):
        for key in ((plan, style), ("mọi kế hoạch", style)):
            asked[key] += 1
            good[key] += hit
    table = Table("", *STYLES, title="Câu bỏ ra ngoài mà vẫn về đúng mục (%)")
    for plan in dict.fromkeys(plan for plan, _ in asked):
        shares = (good[plan, style] / asked[plan, style] for style in STYLES)
        table.add_row(plan, *(f"{share:.1%}" for share in shares))
    Console(width=120).print(table)
    Console().print(f"{asked['mọi kế hoạch', next(iter(STYLES))]} câu, bỏ ra từng phần năm")


if __name__ == "__main__":
    main()
