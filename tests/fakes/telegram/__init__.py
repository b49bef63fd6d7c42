"""A stand-in Telegram on loopback, which keeps its promises and fails when told to."""

from tests.fakes.telegram.api import TOKEN, BotApi
from tests.fakes.telegram.faults import BLOCKED, CUT_AFTER, CUT_BEFORE, Fault
from tests.fakes.telegram.town import Message, NoSuchButton

__all__ = [
    "BLOCKED",
    "CUT_AFTER",
    "CUT_BEFORE",
    "TOKEN",
    "BotApi",
    "Fault",
    "Message",
    "NoSuchButton",
]
