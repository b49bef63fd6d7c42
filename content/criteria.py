"""What candidates must meet: criteria, and the conditions by which people check themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from content.entries import Entry, Label, Slug, Strict, Text, Told
from content.read import Place

MAX_QUESTION, MAX_SHORT = 300, 80  # characters of a condition: its question, its line in a result


class Condition(Strict):
    """One thing that a candidate must meet, as a plain question to the candidate.

    Of the conditions that share a group (``either``) one is enough.
    """

    id: Slug
    clause: Text
    ask: Annotated[Text, Field(max_length=MAX_QUESTION)]
    short: Annotated[Text, Field(max_length=MAX_SHORT)]  # what must be, in the result's lists
    met_by: Literal["yes", "no"] = "yes"
    either: Slug | None = None
    optional: ClassVar[bool] = True  # "chưa rõ" is always an answer


class Criterion(Entry):
    """What a candidate must meet or must not be; with ``conditions``, people can check themselves.

    Conditions of an entry that names no audience hold for everybody in the plan.
    """

    kind: Literal[
        "criterion",  # tiêu chuẩn (award × audience)
        "exclusion",  # ai không được xét
    ]
    whom: Label | None = None  # who checks themselves by it, on the button that picks them
    conditions: tuple[Condition, ...] = ()

    def told(self) -> Iterator[Told]:
        yield from super().told()
        for at, each in enumerate(self.conditions):
            for name, text in (("ask", each.ask), ("short", each.short)):
                yield Told(("conditions", at, name), text, (each.clause,))

    @property
    def written(self) -> str:
        asked = (line for each in self.conditions for line in (each.ask, each.short))
        return "\n".join((super().written, *asked))

    @property
    def checked(self) -> bool:
        """Whether somebody in particular checks themselves by it."""
        return bool(self.conditions and self.audience)


def criteria(entries: Iterable[Entry]) -> Iterator[Criterion]:
    """The criteria among these entries."""
    return (entry for entry in entries if isinstance(entry, Criterion))


def checks_of(entries: Iterable[Entry]) -> tuple[Criterion, ...]:
    """The criteria by which somebody can check themselves."""
    return tuple(each for each in criteria(entries) if each.checked)


def conditions_of(entries: Iterable[Entry], check: Criterion) -> tuple[Condition, ...]:
    """What must be met there: its own conditions, then those that hold for everybody."""
    general = (each for each in criteria(entries) if not each.checked)
    return (*check.conditions, *(each for one in general for each in one.conditions))


def checks_about(entries: Iterable[Entry], entry: Entry) -> tuple[Criterion, ...]:
    """The checks that an entry is about, by where it stands; all for what holds for everybody."""
    checks = checks_of(entries)
    if not isinstance(entry, Criterion) or entry.checked:
        return tuple(check for check in checks if check is entry)
    if entry.conditions:
        return checks
    return tuple(
        check
        for check in checks
        if within(check.clause, entry.clause)
        or any(within(clause, check.clause) for clause in (entry.clause, *entry.also))
    )


def within(inner: str, outer: str) -> bool:
    """Whether a clause is another, or a part of it: III.2.1.a and III.2 (ý 1) are of III.2."""
    return inner == outer or inner.startswith((f"{outer}.", f"{outer} "))


def unmeetable(entries: Iterable[Entry], clauses: Container[str]) -> Iterator[tuple[Place, str]]:
    """What does not fit together in the conditions of a plan, and where it stands."""
    known: set[str] = set()
    whom: set[tuple[object, ...]] = set()
    for at, entry in enumerate(entries):
        if not isinstance(entry, Criterion):
            continue
        place, named = ("entries", at), f"mục '{entry.id}'"
        yield from ((place, f"{named}: {what}") for what in lacking(entry))
        if entry.checked and (entry.award, entry.whom) in whom:
            yield (*place, "whom"), f"{named}: whom '{entry.whom}' trùng với mục khác; đổi cho khác"
        whom.add((entry.award, entry.whom))
        groups = Counter(each.either for each in entry.conditions)
        for nth, each in enumerate(entry.conditions):
            here, called = (*place, "conditions", nth), f"{named}: điều kiện '{each.id}'"
            if each.id in known:
                yield (*here, "id"), f"{called} trùng mã với điều khác; đặt mã khác"
            known.add(each.id)
            if each.clause not in clauses:
                what = f"khoản '{each.clause}' không có trong clauses; sửa lại hoặc thêm vào"
                yield (*here, "clause"), f"{called}: {what}"
            if each.either and groups[each.either] < 2:
                what = f"nhóm '{each.either}' mới có một điều; thêm điều nữa hoặc bỏ either"
                yield (*here, "either"), f"{called}: {what}"


def lacking(entry: Criterion) -> Iterator[str]:
    """What must stand beside its conditions."""
    for name in ("award", "whom"):
        if entry.checked and not getattr(entry, name):
            yield f"có conditions và audience thì cần cả {name}; thêm vào"
