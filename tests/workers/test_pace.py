"""No second on the platform's clock holds more than it allows, in whatever order things leave."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending.pace import (
    AHEAD,
    FEW,
    LONGEST_REST,
    PATIENT,
    PUSHING,
    SECOND,
    WARY,
    Departure,
    Pace,
)

NOW = 1_000_000.0
QUICKEST = 0.02  # seconds to the platform and back


class Message(NamedTuple):
    """One that wants to leave so long after the one before, and how slow its way is."""

    after: float
    push: bool
    out: float
    back: float
    messages: int


seconds = st.floats(0, 0.4).map(lambda value: round(value, 3))
gaps = st.one_of(st.just(0.0), st.floats(0, 0.05), st.floats(0, 3))
counts = st.sampled_from([1, 1, 1, 3])
crowd = st.lists(st.builds(Message, gaps, st.booleans(), seconds, seconds, counts), max_size=80)


def seen(pace: Pace, messages: list[Message]) -> list[tuple[float, bool]]:
    """When the platform saw what, as the sender sends it."""
    came: list[tuple[float, bool]] = []
    under_way: list[tuple[float, Departure]] = []
    now = NOW
    for message in messages:
        now += message.after
        now += pace.wait(now, message.messages, push=message.push)
        for answer, departure in sorted(under_way, key=lambda each: each[0]):
            if answer <= now:
                pace.answered(departure, answer)
        under_way = [each for each in under_way if each[0] > now]
        departure = pace.depart(now, message.messages, push=message.push)
        now = departure.at
        there = now + QUICKEST / 2 + message.out
        under_way.append((there + QUICKEST / 2 + message.back, departure))
        came += [(there, message.push)] * message.messages
    return sorted(came)


def fullest(came: list[tuple[float, bool]]) -> int:
    """The most that one second with a push in it holds."""
    windows = [[each for each in came if at <= each[0] < at + 1] for at, _ in came]
    return max([len(window) for window in windows if any(push for _, push in window)], default=0)


@given(crowd, st.sampled_from([3, 5, 10]))
def test_no_second_with_a_push_holds_more_than_the_platform_allows(
    messages: list[Message], most: int
) -> None:
    pace = Pace(most)
    pace.answered(Departure(NOW - 60), NOW - 60 + QUICKEST)
    assert fullest(seen(pace, messages)) <= most


def test_pushes_are_evenly_spaced_and_nearly_as_many_as_allowed() -> None:
    pace, now, left = Pace(30), NOW, []
    while now < NOW + 60:
        now += pace.wait(now, push=True)
        left.append(pace.depart(now, push=True))
        pace.answered(left[-1], left[-1].at + QUICKEST)
    assert len(left) / 60 > 29.5
    gaps = [later.at - each.at for each, later in pairwise(left)]
    assert min(gaps) == pytest.approx(1 / 30, abs=1e-6)
    assert max(gaps) < 1.2 / 30


def test_replies_leave_at_once_unless_pushes_go_out() -> None:
    pace = Pace(30)
    assert [pace.wait(NOW) for _ in range(100) if pace.depart(NOW)] == [0] * 100
    now = NOW + 10
    pace.depart(now, push=True)
    assert pace.wait(now) == pytest.approx(1 / 30)
    assert pace.wait(now + PUSHING) == 0


def test_a_push_waits_until_the_replies_of_the_last_second_have_passed() -> None:
    pace = Pace(30)
    for _ in range(40):
        pace.answered(pace.depart(NOW), NOW)
    assert (pace.room(NOW + 0.5), pace.wait(NOW + 0.5)) == (0, 0)
    assert pace.wait(NOW + 0.5, push=True) == pytest.approx(SECOND - 0.5)


def test_few_pushes_are_taken_in_hand_at_a_time() -> None:
    pace = Pace(100)
    assert pace.room(NOW) == 1 + AHEAD * 100
    for _ in range(7):
        pace.depart(NOW, push=True)
    assert (pace.room(NOW), pace.room(NOW + pace.opens(NOW) + 1e-6)) == (0, 1)
    assert Pace(0).room(NOW) == FEW


def test_a_complaint_stops_then_paces_then_lets_go() -> None:
    pace = Pace(2)
    pace.complained(NOW, 10)
    assert (pace.open(NOW), pace.room(NOW)) == (False, 0)
    now = NOW + 10
    assert pace.open(now)
    assert [round(pace.depart(now).at - now, 2) for _ in range(4)] == [0, 0.5, 1, 1.5]
    assert pace.wait(now + WARY) == 0


def test_where_nobody_is_there_pushes_rest_longer_each_time() -> None:
    pace, now, rests = Pace(0), NOW, []
    for _ in range(PATIENT - 1):
        pace.failed(pace.depart(now), now)
    assert pace.room(now) == FEW
    for _ in range(12):
        probe = pace.depart(now)
        pace.failed(probe, now)
        rests.append(pace.opens(now))
        pace.failed(probe, now + 0.5)  # others that left before we knew
        assert pace.room(now + 0.5) == 0
        now = pace.rests_until
        assert pace.room(now) == 1
    assert rests[:4] == [1, 2, 4, 8]
    assert rests[-1] == LONGEST_REST
    pace.worked()
    assert pace.room(now) == FEW


def test_a_clock_that_was_set_back_stops_nothing_for_long() -> None:
    pace = Pace(30)
    pace.depart(NOW, push=True)
    pace.depart(NOW - 3600)
    assert pace.wait(NOW - 3599, push=True) == 0
