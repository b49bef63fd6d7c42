"""What an office adds to a plan without copying it: joined to the plan's file before it is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from content.entries import ADVICE, Slug, Strict, Text
from content.kinds import AnyEntry
from content.originals import Original, Pages
from content.read import Place, Source
from content.rights import PlanRetention
from content.schema import Plan, Window
from content.shelf import ADDITIONS, PLANS, Shelf

# Said in one place only.
ONCE = ("contact", "document", "retention", "names_officers", "two_officers", "registration")
NAMED = ("renamed", "pages")  # each name in one place only
MANY = ("aliases", "entries")
Some = Annotated[tuple[Text, ...], Field(min_length=1)]


class Addition(Strict):
    """What joins a plan that is there; several files may add to one."""

    plan: Slug
    aliases: tuple[Text, ...] = ()
    renamed: dict[Text, Text] = Field(default_factory=dict)
    contact: str = ""  # of the office, for who wants to call
    retention: PlanRetention | None = None
    names_officers: bool = False
    two_officers: bool = False
    registration: Window | None = None
    document: Original = ""
    pages: Pages = Field(default_factory=dict)
    figures: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)  # by clause
    phrasings: dict[Slug, Some] = Field(default_factory=dict)  # by entry: further ways to ask
    entries: tuple[AnyEntry, ...] = ()

    def ways(self) -> Iterator[tuple[Place, str, str]]:
        """Each way to ask that is added: where it stands, to which entry it leads, the words."""
        for entry, asked in self.phrasings.items():
            yield from ((("phrasings", entry, at), entry, way) for at, way in enumerate(asked))
        for place, new in enumerate(self.entries):
            for at, way in enumerate(new.ask):
                yield ("entries", place, "ask", at), new.id, way


def joined(shelf: Shelf) -> dict[Path, Plan]:
    """The plans with all that is added to them; what does not fit is noted on the shelf."""
    plans, additions = shelf.all(PLANS, Plan), shelf.all(ADDITIONS, Addition)
    at = {plan.id: path for path, plan in plans.items()}
    added = {path: at[each.plan] for path, each in additions.items() if each.plan in at}
    if len(plans) == len(shelf.files(PLANS)):  # else the plan may be there, and broken
        for path in additions.keys() - added.keys():
            what = f"không có kế hoạch '{additions[path].plan}'; đang có: {', '.join(at)}"
            shelf.wrong(path, ("plan",), what)
    for path, plan in added.items():
        take(shelf, plan, path, facts(shelf.source(plan), additions[path]))
    for path, plan in added.items():  # of entries that another file adds, too
        take(shelf, plan, path, phrasings(shelf.source(plan), additions[path]))
    whole = {path: shelf.one(path, Plan) for path in dict.fromkeys(added.values())}
    return {path: whole.get(path) or plan for path, plan in plans.items()}


def take(shelf: Shelf, plan: Path, addition: Path, moves: Iterator[tuple[Place, Place]]) -> None:
    """Join these parts of a file to the plan's; note those for which there is no room."""
    source, fitting = shelf.source(plan), {}
    for there, here in moves:
        if not here:
            what = f"kế hoạch không có mục '{there[1]}'; sửa mã, hoặc thêm mục ấy vào entries"
            shelf.wrong(addition, there, what)
        elif here in source.spots:
            file, line = source.spots[here]
            what = f"'{here[-1]}' đã ghi ở {file}:{line}; chỉ ghi một nơi, bỏ bớt một"
            shelf.wrong(addition, there, what)
        else:
            fitting[there] = here
    source.take(shelf.source(addition), fitting)


def facts(plan: Source, addition: Addition) -> Iterator[tuple[Place, Place]]:
    """All but the phrasings: from its place to its place in the plan's file."""
    for name in ONCE:
        if getattr(addition, name):
            yield (name,), (name,)
    for name in NAMED:
        plan.value.setdefault(name, {})
        yield from (((name, key), (name, key)) for key in getattr(addition, name))
    for name in MANY:
        old, new = len(plan.value[name]), len(getattr(addition, name))
        yield from (((name, at), (name, old + at)) for at in range(new))
    for clause, figures in addition.figures.items():
        stated = plan.value.setdefault("figures", {}).setdefault(clause, [])
        old = len(stated)
        for at in range(len(figures)):
            yield ("figures", clause, at), ("figures", clause, old + at)
    if any(entry.clause == ADVICE for entry in addition.entries):
        plan.value["clauses"].setdefault(ADVICE, ADVICE)


def phrasings(plan: Source, addition: Addition) -> Iterator[tuple[Place, Place]]:
    """The further ways to ask; to nowhere where the plan has no such entry."""
    places = {entry["id"]: at for at, entry in enumerate(plan.value["entries"])}
    for entry, asked in addition.phrasings.items():
        if entry not in places:
            yield ("phrasings", entry), ()
            continue
        place: Place = ("entries", places[entry], "ask")
        old = len(plan.value["entries"][places[entry]]["ask"])
        for at in range(len(asked)):
            yield ("phrasings", entry, at), (*place, old + at)
