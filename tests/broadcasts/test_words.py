"""The words of a broadcast: filled once, with plain text, whatever anybody typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.library import Library
from handlers.broadcasting.known import Known
from handlers.broadcasting.message import message
from handlers.broadcasting.words import Words, one_line, unknown
from storage.tables import Broadcast

WILD = st.text(
    st.sampled_from("ab {}%\\$\n\u200b\u0007\"'<&") | st.characters(codec="utf-8"), max_size=60
)
SLOTTED = st.lists(st.sampled_from(["{tên}", "{đơn vị}"]) | WILD, max_size=6).map("".join)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{tên} ơi, mời {đơn vị}.", "Lan ơi, mời HTX Tân Thuận."),
        ("{ten} oi, moi {DON VI}.", "Lan oi, moi HTX Tân Thuận."),
        ("Chào {tên}{tên}", "Chào LanLan"),
    ],
)
def test_slots_are_filled_however_they_are_typed(library: Library, text: str, filled: str) -> None:
    known = Known(name="Lan", unit=" HTX \n Tân Thuận ")
    assert Words(text, library.broadcasts).filled(known) == filled


def test_what_is_not_known_reads_well(library: Library) -> None:
    text = "{tên} ơi! {Đơn vị} nhớ nhé, {tên}.\n{đơn vị} nữa, mời {đơn vị}."
    said = "Bà con ơi! Đơn vị mình nhớ nhé, bà con.\nĐơn vị mình nữa, mời đơn vị mình."
    assert Words(text, library.broadcasts).filled(Known()) == said


def test_what_is_no_slot_is_told() -> None:
    assert [*unknown("{tên} {ngày} {đơn vị} {{ 7 * 7 }} {}")] == ["{ngày}", "{ 7 * 7 }"]


@settings(deadline=None)  # a busy machine is no failure, whose words would be the whole library
@given(text=SLOTTED, name=WILD, unit=WILD)
def test_whatever_was_typed_comes_out_as_plain_text_once(
    library: Library, text: str, name: str, unit: str
) -> None:
    told = {"{tên}": one_line(name) or "Lan", "{đơn vị}": one_line(unit) or "HTX"}
    said = message(library, broadcast(text), Known(name=told["{tên}"], unit=told["{đơn vị}"])).text
    pieces = re.split(r"(\{tên\}|\{đơn vị\})", text.strip())
    meant = "".join(told.get(piece, piece) for piece in pieces)
    around = message(library, broadcast("@"), Known()).text
    assert said == around.replace("@", meant)


def broadcast(text: str) -> Broadcast:
    made_at = datetime(2025, 4, 15, tzinfo=UTC)
    return Broadcast(plan="vinh-thuan-2025", whom={}, text=text, buttons=[], made_at=made_at)
