"""People read the names of channels, not ours."""

from __future__ import annotations

import pytest

from bot.channels.messenger import Messenger
from bot.channels.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.channels.web import WebChannel
from bot.channels.zalo import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from content.entries import MAX_LABEL
from content.library import Library
from handlers import reaching


@pytest.mark.parametrize("channel", [Messenger, Telegram, Terminal, WebChannel, ZaloBot, ZaloOA])
def test_every_channel_has_a_name_that_fits_a_button(library: Library, channel: type) -> None:
    name = reaching.name(library, vars(channel)["name"])
    assert name != vars(channel)["name"]
    assert len(f"{library.labels['part-other']} {name} 2") <= MAX_LABEL
