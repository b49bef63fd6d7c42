"""A clock that moves only when a test says so; it starts on 15/4/2025 at 8:00 in Vietnam."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Time:
    """The time of day, for whoever takes a clock."""

    def __init__(self) -> None:
        self.now = datetime(2025, 4, 15, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
