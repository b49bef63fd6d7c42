"""The first opening after a start: up to date, or told why not."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from storage.opening import Unopened, open_first


async def test_a_new_database_is_brought_up_to_date_once(address: str) -> None:
    await open_first(address)
    assert await open_first(address) is False


async def test_a_database_that_nobody_made_on_the_server_is_told(postgres: str) -> None:
    missing = make_url(postgres).set(database="khong_co").render_as_string(hide_password=False)
    with pytest.raises(Unopened, match=r'^database "khong_co" does not exist$') as told:
        await open_first(missing)
    assert told.value.address.startswith("postgresql://")
