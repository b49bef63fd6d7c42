"""Each person is told by one channel: the cheapest that is certain, while its rules allow it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.base import Abilities
from bot.channels.choosing import NOWHERE, QUOTA, UNREACHABLE, WINDOW, choose
from bot.channels.messenger import Messenger
from bot.channels.telegram import Telegram
from bot.channels.web import WebChannel
from bot.channels.zalo import ZaloBot
from storage.tables import Address
from tests.fakes.clock import Time

ABILITIES: dict[str, Abilities] = {
    each.name: each.can for each in (Messenger, Telegram, WebChannel, ZaloBot)
}
NOW = Time().now
DAY = timedelta(days=1)


def at(channel: str, ago: timedelta = timedelta(), *, gone: bool = False) -> Address:
    heard, left = NOW - ago, NOW if gone else None
    return Address(channel=channel, sender="Lan", heard_at=heard, unreachable_since=left)


def rung(ago: timedelta) -> Address:
    """The page of somebody whose browser shows notices."""
    push = {"endpoint": "https://push.example/1"}
    return Address(channel="web", sender="Lan", heard_at=NOW - ago, push=push)


@pytest.mark.parametrize(
    ("places", "chosen"),
    [
        ([at("web"), at("zalo", 30 * DAY)], "zalo"),  # the page is seen at the next visit only
        ([at("zalo"), at("telegram", 30 * DAY)], "telegram"),  # Zalo counts messages
        ([at("telegram", DAY / 2), at("messenger", DAY / 4)], "messenger"),  # there they write
        ([at("telegram", 30 * DAY), at("messenger", DAY)], "telegram"),  # its window has closed
        ([at("telegram", gone=True), at("web")], "web"),
        ([at("terminal"), at("web", 30 * DAY)], "web"),
        ([rung(30 * DAY), at("zalo")], "web"),  # it is noticed, and costs nothing
        ([rung(30 * DAY), at("telegram")], "telegram"),  # there they write
    ],
)
def test_one_place_is_chosen(places: list[Address], chosen: str) -> None:
    assert choose(places, ABILITIES, NOW) == (chosen, "Lan")
    assert choose(places[::-1], ABILITIES, NOW) == (chosen, "Lan")


@pytest.mark.parametrize(
    ("places", "why"),
    [
        ([], NOWHERE),
        ([at("terminal")], NOWHERE),
        ([at("telegram", gone=True)], UNREACHABLE),
        ([at("messenger", DAY), at("telegram", gone=True)], WINDOW),
        ([at("zalo"), at("messenger", DAY)], QUOTA),
    ],
)
def test_where_there_is_none_it_says_why(places: list[Address], why: str) -> None:
    assert choose(places, ABILITIES, NOW, spent={"zalo"}) == why


def test_what_is_their_own_may_come_later_where_a_channel_has_a_form_for_that() -> None:
    late = {**ABILITIES, "messenger": replace(Messenger.can, belated=True)}
    places = [at("messenger", 30 * DAY), at("telegram", gone=True)]
    assert choose(places, late, NOW, own=True) == ("messenger", "Lan")
    assert choose(places, late, NOW) == choose(places, ABILITIES, NOW, own=True) == WINDOW
    assert choose([at("messenger", gone=True)], late, NOW, own=True) == UNREACHABLE


def test_who_was_never_heard_by_a_channel_with_a_window_is_not_written_to_there() -> None:
    unheard = Address(channel="messenger", sender="Lan")
    assert choose([unheard], ABILITIES, NOW) == WINDOW
