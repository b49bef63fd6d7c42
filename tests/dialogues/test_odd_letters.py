"""What no text file can hold: very long messages, letters in parts, control characters."""

from __future__ import annotations

import unicodedata

import pytest

from tests.dialogues.play import Stage

QUESTION = "hạn nộp hồ sơ khen thưởng"


async def said(stage: Stage, text: str) -> str:
    return "\n".join(await stage.say(text))


@pytest.fixture
async def answer(stage: Stage) -> str:
    """What the plan says about the dossier's deadline."""
    await stage.say("vĩnh thuận")
    return await said(stage, QUESTION)


async def test_letters_in_parts_are_the_same_letters(stage: Stage, answer: str) -> None:
    assert "02/6/2025" in answer
    assert await said(stage, unicodedata.normalize("NFD", QUESTION)) == answer


async def test_control_characters_are_not_heard(stage: Stage, answer: str) -> None:
    assert await said(stage, "\0hạn\x07 nộp\x1b hồ\r sơ khen\ud800 thưởng\x85") == answer


async def test_what_is_not_seen_and_what_turns_words_round_is_not_kept(stage: Stage) -> None:
    for line in ("vĩnh thuận", "đăng ký\u200b công\ufeff trình", "đồng ý"):
        await stage.say(line)
    heard = await said(stage, "CĐCS \u202eTân\u202c Thu\u00adận\u2066 👨‍🌾")
    assert "Đã ghi đơn vị: CĐCS Tân Thuận 👨‍🌾" in heard  # one picture of three characters


@pytest.mark.parametrize("length", [2_001, 100_000, 3_000_000])
async def test_a_message_too_long_to_read_is_said_so(stage: Stage, length: int) -> None:
    heard = await said(stage, "ữ" * length)
    assert f"{min(length, 100_000)}" in heard.replace(".", "")
    assert len(heard) < 300


async def test_a_long_message_loses_nothing_that_was_filled_in(stage: Stage) -> None:
    for line in ("vĩnh thuận", "đăng ký công trình", "đồng ý", "CĐCS Tân Thuận"):
        await stage.say(line)
    assert "(2/11)" in await said(stage, "x" * 100_000)
    assert "(3/11)" in await said(stage, "Trần Văn Sáu")
