"""Whom a broadcast is for, as data, and who of them is meant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from content.broadcasts import BroadcastRules
from content.fold import words
from handlers.broadcasting.known import Known
from storage.audience import Place

Stage = Literal["", "registered", "draft", "none", "submitted", "approved", "returned"]
STAGES: tuple[str, ...] = tuple(filter(None, get_args(Stage)))


class Whom(BaseModel):
    """Of those who follow a plan (or any): what narrows them down. Empty is: no matter."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    to: Stage = ""  # how far they are with registering
    kind: str = ""  # of their unit: an id in broadcasts.yaml
    place: Annotated[str, Field(max_length=200)] = ""  # words of their place, or their unit's name
    channel: str = ""  # by which they are reached, and no other
    seen: Annotated[int, Field(ge=1, le=3660)] | None = None  # days; wrote to us since

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(exclude_defaults=True)

    def means(self, known: Known, rules: BroadcastRules) -> bool:
        """Whether their unit and place are meant."""
        if self.kind and rules.kind_of(known.unit) != self.kind:
            return False
        return not self.place or spoken(self.place, known.where)

    def near(self, places: list[Place], now: datetime) -> list[Place] | None:
        """The addresses at which somebody may be reached; None for who is not meant."""
        if self.channel:
            places = [each for each in places if each.channel == self.channel]
            if not places:
                return None
        if self.seen is None:
            return places
        since = now - timedelta(days=self.seen)
        return places if any(each.heard_at and each.heard_at >= since for each in places) else None


def spoken(sought: str, where: str) -> bool:
    """Whether the words stand there in a row, however they are typed."""
    return f" {' '.join(words(sought))} " in f" {' '.join(words(where))} "
