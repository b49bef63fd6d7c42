"""Zalo's Bot platform, as far as a bot and the people who write to it can tell."""

from tests.fakes.zalo.api import TOKEN, Sent, ZaloApi
from tests.fakes.zalo.faults import CUT_AFTER, CUT_BEFORE, Fault, no
from tests.fakes.zalo.updates import GROUP, LAN, Update, sent, text

__all__ = [
    "CUT_AFTER",
    "CUT_BEFORE",
    "GROUP",
    "LAN",
    "TOKEN",
    "Fault",
    "Sent",
    "Update",
    "ZaloApi",
    "no",
    "sent",
    "text",
]
