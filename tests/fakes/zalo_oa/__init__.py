"""A stand-in Zalo Official Account on loopback, which keeps its promises and fails when told to."""

from tests.fakes.zalo_oa.api import (
    APP_SECRET,
    CUT_AFTER,
    CUT_BEFORE,
    FIRST,
    HANG_AFTER,
    HANG_BEFORE,
    SECRET,
    ZaloOaApi,
    no,
)
from tests.fakes.zalo_oa.events import APP_ID, Event, follow, said

__all__ = [
    "APP_ID",
    "APP_SECRET",
    "CUT_AFTER",
    "CUT_BEFORE",
    "FIRST",
    "HANG_AFTER",
    "HANG_BEFORE",
    "SECRET",
    "Event",
    "ZaloOaApi",
    "follow",
    "no",
    "said",
]
