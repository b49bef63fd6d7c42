"""The numbers of platforms: in tables, and an operator may change one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.limits import TABLES, abilities
from bot.settings import BadSettings, Settings


def test_an_operator_changes_a_number_and_the_others_stay() -> None:
    settings = Settings.read({"THIDUA_MESSENGER_LIMITS": "window=48  pace=2.5"})
    can = abilities("messenger", settings.messenger_limits)
    assert (can.window, can.pace) == (timedelta(hours=48), 2.5)
    assert (can.max_buttons, can.max_label) == (13, 20)
    assert abilities("zalo", {"window": 0}).window is None
    week = abilities("zalo_oa", {"window": 168})
    assert week.window == week.answers == timedelta(hours=168)


@pytest.mark.parametrize("given", ["quta=1", "quota", "quota=x", "quota=-1", "quota=1=2", "=1"])
def test_a_number_that_cannot_be_stops_the_start_and_names_those_that_can(given: str) -> None:
    with pytest.raises(BadSettings, match=r"THIDUA_ZALO_LIMITS: .*max_text, quota, people"):
        Settings.read({"THIDUA_ZALO_LIMITS": given})


def test_each_number_says_where_it_is_from() -> None:
    assert all(limit.source for table in TABLES.values() for limit in table.values())
