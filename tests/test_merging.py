"""What two said who are one: the last yes or no, the stricter wish, and nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers import screens, wishes
from handlers.merging import merge
from storage.tables import Person

WEB, ZALO = ("web", "Lan"), ("zalo", "Lan")
EARLY, LATE = "2025-04-15T08:00:00+07:00", "2025-04-15T02:00:00+00:00"  # one hour apart
YES, LATER = {"at": EARLY, "version": "1"}, {"at": LATE, "version": "2"}
NO = {**YES, "withdrawn": LATE}


def person(**told: Any) -> Person:
    return Person(created_at=datetime(2025, 4, 15, tzinfo=UTC), **told)


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [(YES, NO, NO), (NO, YES, NO), (YES, LATER, LATER), (LATER, YES, LATER), (None, YES, YES)],
)
def test_the_last_word_on_consent_stands(
    mine: dict[str, str] | None, theirs: dict[str, str], kept: dict[str, str]
) -> None:
    stays = person(consents={"A": mine} if mine else {})
    merge(stays, person(consents={"A": theirs}), WEB)
    assert stays.consents == {"A": kept}


def test_a_no_to_reminders_stays_a_no() -> None:
    mine = {"muted": ["p"], "asked": ["q", "r"], "days": {"p": [7]}}
    theirs = {"off": True, "muted": ["q"], "days": {"p": [1], "q": [3]}}
    for one, other, days in ((mine, theirs, [7]), (theirs, mine, [1])):
        assert wishes.stricter(one, other) == {
            "off": True,
            "muted": ["p", "q"],
            "asked": ["r"],
            "days": {"p": days, "q": [3]},
        }
    assert wishes.stricter(None, {}) is None


def test_what_was_told_differently_is_named_and_who_goes_keeps_nothing() -> None:
    stays = person(profile={"name": "Lan", "phone": "1"}, talk={"draft": "a"})
    told = {"phone": "2", "place": "ấp 3", "name": "Lan"}
    goes = person(profile=told, talk={"draft": "b", "missed": ["x"], "check": {}}, plan="p")
    assert merge(stays, goes, WEB) == ["phone"]
    assert stays.profile == {"name": "Lan", "phone": "1", "place": "ấp 3"}
    assert stays.talk == {"draft": "a", "check": {}, "here": screens.mark(WEB)}
    assert (goes.profile, goes.talk, goes.consents, goes.plan) == ({}, {}, {}, "")


def test_each_screen_keeps_what_is_on_it() -> None:
    lan = person(talk={"offered": [["Có", "yes", False]]})
    screens.turn_to(lan, ZALO)
    assert "here" not in lan.talk, "who talks at one place has one screen"
    screens.begin(lan, WEB)
    screens.turn_to(lan, ZALO)
    assert "offered" not in lan.talk
    lan.talk = {**lan.talk, "offered": [["Không", "no", False]]}
    screens.turn_to(lan, WEB)
    assert lan.talk["offered"] == [["Có", "yes", False]]
    screens.leave(lan, WEB)
    assert lan.talk == {"here": screens.mark(ZALO), "offered": [["Không", "no", False]]}
