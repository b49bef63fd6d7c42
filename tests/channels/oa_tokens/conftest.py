"""An Official Account whose tokens run out by a clock of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.houses import House
from tests.databases import sqlite
from tests.fakes.clock import Time
from tests.fakes.zalo_oa import ZaloOaApi
from tests.fakes.zalo_oa.events import LAN


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def api(time: Time) -> AsyncIterator[ZaloOaApi]:
    async with ZaloOaApi(time) as api:
        api.heard[LAN] = time()
        yield api


@pytest.fixture
def house(api: ZaloOaApi, tmp_path: Path) -> House:
    return House(api, sqlite(tmp_path))
