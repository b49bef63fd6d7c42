"""Whether the document says so: each figure that people are told stands in the clauses named."""

from __future__ import annotations

from collections.abc import Iterator

from content.criteria import within
from content.entries import SLOT, Told
from content.figures import Figure, figures, held
from content.read import Place
from content.schema import Plan

WHOLE = "toàn văn"  # the clause that is the whole document
HEAD = ("label", "name", "about", "heading", "registers_with")
MEND = "sửa câu, hoặc ghi vào figures nếu văn bản có nêu"


def unproved(plan: Plan) -> Iterator[tuple[Place, str]]:
    """Each figure that the document does not state where we say that it does."""
    stated = {clause: [*stated_in(plan, clause)] for clause in plan.clauses}
    for told, owner in everything(plan):
        facts = [fact for clause in told.clauses for fact in stated[clause]]
        for figure in figures(SLOT.sub("…", told.text)):
            if not held(figure, facts):
                where = f"không có trong khoản {', '.join(told.clauses)}"
                yield told.place, f"{owner}: con số '{figure.text}' {where}; {MEND}"


def everything(plan: Plan) -> Iterator[tuple[Told, str]]:
    """All that a plan tells, and what to call the part of it that does."""
    for name in HEAD:
        yield Told((name,), getattr(plan, name), (*plan.clauses,)), name
    for clause, about in plan.clauses.items():
        yield Told(("clauses", clause), about, (clause,)), f"khoản '{clause}'"
    for at, entry in enumerate(plan.entries):
        for told in entry.told():
            yield told._replace(place=("entries", at, *told.place)), f"mục '{entry.id}'"


def stated_in(plan: Plan, clause: str) -> Iterator[Figure]:
    """The figures of a clause and of those below it."""
    for each, texts in plan.figures.items():
        if clause == WHOLE or within(each, clause):
            yield from (figure for text in texts for figure in figures(text))
