"""What an officer writes to somebody about a registration, while it is written. Pure.

What is asked next is derived from it: the field, the words, then the preview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from handlers.turn import Turn

Deed = Literal["returned", "rejected", "commented"]
DECIDED_IN: Mapping[str, frozenset[str]] = {  # in which states something may be done
    "approved": frozenset({"submitted", "checked"}),
    "returned": frozenset({"submitted", "checked", "approved", "rejected"}),
    "rejected": frozenset({"submitted", "checked", "returned"}),
    "commented": frozenset({"submitted", "checked", "approved", "returned", "rejected"}),
}
MOST = 500  # characters that are sent


@dataclass(frozen=True)
class Remark:
    """What is done with which registration, as it was looked at, for which field and why."""

    deed: Deed
    code: str
    stamp: int
    step: str = ""
    words: str = ""

    @property
    def next(self) -> Literal["field", "write", "preview"]:
        """What is to be done next."""
        if self.deed == "returned" and not self.step:
            return "field"
        return "preview" if self.words else "write"

    def written(self, text: str) -> Remark:
        """The same with these words, no longer than is sent."""
        return replace(self, words=text.strip()[:MOST].rstrip())


def deed_of(name: str) -> Deed | None:
    """The deed that a button names, if there is such a one."""
    return next((deed for deed in get_args(Deed) if deed == name), None)


def kept(turn: Turn) -> Remark | None:
    """What the officer is about to write, if anything is."""
    remark = turn.person.talk.get("remark")
    return Remark(**remark) if remark else None


def keep(turn: Turn, remark: Remark | None) -> None:
    turn.remember(remark=asdict(remark) if remark else None)
