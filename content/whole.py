"""Files whose parts must fit together: what does not is told, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from content.entries import Strict
from content.read import Inconsistent, Place


class Whole(Strict):
    """A file whose parts must fit together."""

    @model_validator(mode="after")
    def consistent(self) -> Self:
        if faults := [*self.inconsistencies()]:
            raise Inconsistent(faults)
        return self

    def inconsistencies(self) -> Iterator[tuple[Place, str]]:
        """What does not fit together in it, and where it stands."""
        raise NotImplementedError
