"""Every error that we raise on purpose."""

from __future__ import annotations


class ThiDuaError(Exception):
    """Something went wrong that we know how to speak about."""


class Invalid(ThiDuaError):
    """A typed value cannot be taken; ``reason`` names the message that says what would be right."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class SendFailed(ThiDuaError):
    """The message did not leave this time; later may help, after ``retry_after`` seconds."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Uncertain(SendFailed):
    """The connection broke after the message had left: it may or may not have arrived."""


class Rejected(SendFailed):
    """This message will never be accepted."""


class Unreachable(Rejected):
    """This person left or blocked us."""


class UsedUp(Rejected):
    """The channel takes no more messages from us this month."""
