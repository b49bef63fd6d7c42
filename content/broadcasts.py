"""How an office sends to many: when a second look is due, what is late, which kinds of units."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from content.entries import Label, Slug, Strict, Text
from content.fold import plain
from content.rights import Length


class UnitKind(Strict):
    """One kind of unit, known by how its name begins."""

    id: Slug
    label: Label
    begins: Annotated[tuple[Text, ...], Field(min_length=1)]


class BroadcastRules(Strict):
    """What holds for every broadcast."""

    second: Annotated[int, Field(ge=1)]  # recipients, from which a second look is due
    late: Length  # after its time, when it does not begin by itself any more
    useful: Length  # after it began, when it reaches nobody any more
    kept: Annotated[int, Field(ge=0, le=100)]  # per cent of a month's messages, for answers
    person: Text  # whom it speaks to, where no name is known
    unit: Text
    kinds: tuple[UnitKind, ...]

    def kind_of(self, unit: str) -> str:
        """The kind of a unit by the longest beginning that fits its name; empty for none."""
        name = f"{plain(unit)} "
        found = [
            (len(begin), kind.id)
            for kind in self.kinds
            for begin in map(plain, kind.begins)
            if name.startswith(f"{begin} ")
        ]
        return max(found, default=(0, ""))[1]

    def kind(self, said: str) -> str:
        """The kind that somebody names by its id or label, or by how its units begin."""
        named = plain(said)
        for kind in self.kinds:
            if named in {kind.id, plain(kind.label), *map(plain, kind.begins)}:
                return kind.id
        return ""
