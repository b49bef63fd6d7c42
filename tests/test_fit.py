"""Replies fitted to what a channel can show: nothing is lost, nothing is too long."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.base import Abilities, fit, split
from handlers.talk import Button, Reply
from tests.fakes.papers import PICTURE, SHEET

SENTENCES = (
    "Hạn nộp hồ sơ là trước ngày 02/6/2025.",
    "Bà con gửi về LĐLĐ huyện nhé!",
    "Còn gì chưa rõ ạ?",
    "– HTX: trên 80% chỉ tiêu; bằng khen thì trên 70%",
    "Từ 200 - 300 triệu đồng…",
)
PIECES = st.one_of(st.sampled_from(SENTENCES), st.text(max_size=30))
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map(" ".join).filter(str.strip)
LIMITS = st.integers(20, 200)
LABELS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
BUTTONS = st.lists(st.builds(Button, LABELS, st.uuids().map(str)), max_size=8).map(tuple)
REPLIES = st.builds(Reply, TEXTS, BUTTONS)


def solid(text: str) -> str:
    """The text without its white space: what must be there however it was cut."""
    return "".join(unicodedata.normalize("NFC", text).split())


@given(TEXTS, LIMITS)
@example(" \n \n" + "x" * 30, 20)
def test_a_long_text_is_cut_and_nothing_of_it_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert solid("".join(parts)) == solid(text)
    assert all(part.strip() and len(part) <= limit for part in parts)


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=30), LIMITS)
def test_a_text_is_cut_where_a_sentence_ends(sentences: list[str], limit: int) -> None:
    parts = split("\n".join(sentences), limit + max(map(len, SENTENCES)))
    assert [sentence for part in parts for sentence in part.split("\n")] == sentences


def test_letters_are_counted_and_not_bytes() -> None:
    text = "ưỡng " * 20
    assert split(text.strip(), 99) == [text.strip()]
    decomposed = Reply(unicodedata.normalize("NFD", "ưỡ" * 50))
    assert [reply.text for reply in fit(decomposed, Abilities(100))] == ["ưỡ" * 50]


def test_a_word_longer_than_a_message_is_cut_all_the_same() -> None:
    assert split("a" * 250, 100) == ["a" * 100, "a" * 100, "a" * 50]


@given(REPLIES, LIMITS, st.integers(0, 8))
def test_a_fitted_reply_is_one_that_the_channel_can_show(
    reply: Reply, limit: int, most: int
) -> None:
    can = Abilities(max_text=limit, max_buttons=most, max_label=12)
    parts = [*fit(reply, can)]
    assert all(part.text.strip() and len(part.text) <= limit for part in parts)
    assert all(len(part.buttons) <= most for part in parts)
    assert all(len(button.label) <= 12 for part in parts for button in part.buttons)
    assert not any(part.buttons for part in parts[:-1])


@given(REPLIES, LIMITS)
def test_buttons_that_fit_stay_under_the_last_part(reply: Reply, limit: int) -> None:
    *first, last = fit(reply, Abilities(limit, max_buttons=8))
    assert last.buttons == reply.buttons
    assert solid("".join(part.text for part in (*first, last))) == solid(reply.text)


@given(REPLIES.filter(lambda reply: reply.buttons), st.integers(40, 200))
def test_buttons_that_a_channel_lacks_become_numbered_lines(reply: Reply, limit: int) -> None:
    parts = [*fit(reply, Abilities(limit))]
    numbered = [f"{n}. {button.label}" for n, button in enumerate(reply.buttons, start=1)]
    said = "".join(part.text for part in parts)
    assert solid(said) == solid(reply.text + "".join(numbered))
    lines = [line for part in parts for line in part.text.split("\n")]
    assert [unicodedata.normalize("NFC", line) for line in numbered] == lines[-len(numbered) :]


def test_small_buttons_are_left_out_where_there_is_nothing_to_tap() -> None:
    small = Reply("Một.", (Button("a", "a"), Button("b", "b", small=True)))
    assert [*fit(small, Abilities(99, max_buttons=2))] == [small]
    assert [*fit(small, Abilities(99))] == [Reply("Một.\n\n1. a")]
    assert Reply.from_json(small.as_json()) == small


@pytest.mark.parametrize("text", ["Một.\n1. Hai", "Một.\n12. Hai ba bốn năm"])
def test_a_number_stays_with_its_line(text: str) -> None:
    for limit in range(8, len(text)):
        assert not any(re.search(r"\d\.$", part) for part in split(text, limit))


def test_papers_stay_with_the_last_part_and_room_is_left_for_a_word_about_each() -> None:
    long = Reply("Một câu. " * 100, papers=(PICTURE, SHEET))
    *first, last = fit(long, Abilities(max_text=500))
    assert not any(part.papers for part in first)
    assert last.papers == (PICTURE, SHEET)
    assert all(len(part.text) <= 250 for part in (*first, last))
    assert Reply.from_json(last.as_json()) == last
