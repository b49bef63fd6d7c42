"""Every message has all its facts and is used; every button has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import UndefinedError

from content.entries import Award
from content.kinds import AnyEntry
from content.library import Library
from content.samples import Sampler
from content.shelf import Shelf
from content.templates import CONSENT, HERE, MESSAGES, facts_of, key_of
from handlers.talk import Kind

NAMES = {key_of(name): name for name in Shelf().files(MESSAGES)}
FOLDERS = {key.split("/")[0] for key in NAMES}


@pytest.mark.parametrize("key", NAMES)
def test_a_message_can_be_said_with_all_that_its_facts_may_be(
    library: Library, sampler: Sampler, key: str
) -> None:
    filled = [*sampler.samples(key, facts_of(NAMES[key]))]
    assert filled
    for facts in filled:
        text = library.say(key, **facts)
        assert text, key
        assert not re.search(r"[{}]|\bNone\b|\n\n\n| $", text), text


@pytest.mark.parametrize("key", NAMES)
def test_a_message_without_one_of_its_facts_is_refused_and_not_sent_with_a_hole(
    library: Library, sampler: Sampler, key: str
) -> None:
    for name in facts_of(NAMES[key]):
        with pytest.raises(UndefinedError, match=f"'{name}' is undefined"):
            say_without(library, sampler, key, name)


def say_without(library: Library, sampler: Sampler, key: str, name: str) -> None:
    """Say a message in every way, but for one of its facts."""
    for facts in sampler.samples(key, facts_of(NAMES[key])):
        library.say(key, **{other: fact for other, fact in facts.items() if other != name})


def code() -> Iterator[ast.AST]:
    for room in ("bot", "handlers"):
        for file in sorted((HERE.parent / room).rglob("*.py")):
            yield from ast.walk(ast.parse(Path(file).read_text("utf-8")))


@cache
def literals() -> set[str]:
    """Every text that stands in the code."""
    return {str(each.value) for each in code() if isinstance(each, ast.Constant)}


@cache
def composed() -> re.Pattern[str]:
    """What may come of the texts that are put together there: ``f"state-{state}"``."""
    either = {shape(each) for each in code() if isinstance(each, ast.JoinedStr)}
    return re.compile("|".join(each for each in either if re.match(r"[a-z]{3}", each)))


def shape(joined: ast.JoinedStr) -> str:
    texts = (each.value if isinstance(each, ast.Constant) else None for each in joined.values)
    return "".join(r"[\w-]+" if text is None else re.escape(str(text)) for text in texts)


def test_every_message_that_the_code_names_exists_and_every_message_is_named() -> None:
    looks_so = re.compile(rf"(?:{'|'.join(FOLDERS)})/[a-z_/-]*[a-z_]")
    named = {text for text in literals() if looks_so.fullmatch(text)}
    named = named | {f"kind/{kind}" for kind in get_args(Kind) if kind != "text"}
    named = named | {
        key for key in NAMES if key.startswith(CONSENT)
    }  # those of old stay to be shown
    assert named <= {*NAMES}
    assert [key for key in {*NAMES} - named if not composed().fullmatch(key)] == []


def test_every_button_has_its_words_and_every_word_its_button(library: Library) -> None:
    named = literals() | {*get_args(Award)}
    lost = (name for name in {*library.labels} - named if not composed().fullmatch(name))
    assert [*lost] == []
    assert all(0 < len(label) <= 20 for label in library.labels.values())


def test_every_topic_is_of_kinds_that_there_are_and_can_be_opened(library: Library) -> None:
    shapes = get_args(get_args(AnyEntry)[0])
    known = {kind for shape in shapes for kind in get_args(shape.model_fields["kind"].annotation)}
    used = {entry.kind for plan in library.plans.values() for entry in plan.entries}
    used |= {"advice"}  # which offices alone add
    for topic in library.topics:
        assert {*topic.kinds} <= known, topic.id
        assert {*topic.kinds} & used, topic.id


def test_whatever_may_be_typed_instead_of_a_button_means_one_thing(library: Library) -> None:
    commands = [word.command for word in library.words if word.command]
    assert len(commands) == len({*commands})
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command) for command in commands)
    assert all(word.description or word.staff for word in library.words if word.command)
