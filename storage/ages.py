"""How old something has to be to go: it may differ from plan to plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, literal
from sqlalchemy.orm import Mapped

from storage.tables import Moment

NONE: Mapping[str, datetime] = MappingProxyType({})


class Before(NamedTuple):
    """Moments before which something is too old: of some plans, and of all others."""

    otherwise: datetime
    plans: Mapping[str, datetime] = NONE

    def passed(
        self, moment: Mapped[datetime], plan: Mapped[str] | ColumnElement[str]
    ) -> ColumnElement[bool]:
        """Whether a row of that plan is as old."""
        own = [(plan == name, literal(at, Moment())) for name, at in self.plans.items()]
        rest = literal(self.otherwise, Moment())
        return moment < (case(*own, else_=rest) if own else rest)
