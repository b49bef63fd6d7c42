"""The house keeps its shape: doors open downwards only, what is pure stays pure and small."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = {
    "content": {"content"},
    "storage": {"storage"},
    "handlers": {"handlers", "content", "storage"},
    "bot": {"bot", "handlers", "content", "storage"},
    "tests": {"tests", "bot", "handlers", "content", "storage"},
}
OWNERS = {  # who alone may know what comes from outside
    "aiohttp": "bot/",
    "telegram": "bot/channels/telegram",
    "sqlmodel": "storage/",
    "sqlalchemy": "storage/",
    "alembic": "storage/",
}
PURE = ("form.py", "fields.py", "ask.py", "answers.py", "talk.py", "values/")
LONGEST_FILE, LONGEST_FUNCTION = 250, 40
SENTENCE = 3  # words with Vietnamese marks; a string that has so many is wording

Function = ast.FunctionDef | ast.AsyncFunctionDef
Async = ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await


@cache
def files() -> dict[str, ast.Module]:
    """Every Python file of the house by its path, parsed."""
    found = (path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py")))
    return {str(p.relative_to(HOUSE)): ast.parse(p.read_text(encoding="utf-8")) for p in found}


def inside(start: str) -> dict[str, ast.Module]:
    """The files whose path begins so."""
    found = {path: tree for path, tree in files().items() if path.startswith(start)}
    assert found, start
    return found


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each imported module with its line, wherever in the file it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole path"
            module = str(node.module)
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)


def top(module: str) -> str:
    return module.partition(".")[0]


def lines(function: Function) -> set[int]:
    return {*range(function.lineno, (function.end_lineno or function.lineno) + 1)}


def own_lines(function: Function) -> int:
    """How long a function is; functions inside it are measured apart."""
    inner = (node for node in ast.walk(function) if isinstance(node, Function))
    nested = (lines(node) for node in inner if node is not function)
    return len(lines(function).difference(*nested))


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string that is no docstring."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


def marked(word: str) -> bool:
    """Whether a word carries Vietnamese marks."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "đ" in apart or any(map(unicodedata.combining, apart))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_opens_only_its_own_doors(room: str) -> None:
    wrong = [
        f"{path}:{line} imports {module}"
        for path, tree in inside(f"{room}/").items()
        for line, module in imports(tree)
        if top(module) in ROOMS.keys() - ROOMS[room]
    ]
    assert not wrong


@pytest.mark.parametrize(("outside", "owner"), OWNERS.items())
def test_only_one_room_knows_each_thing_from_outside(outside: str, owner: str) -> None:
    wrong = [
        f"{path}:{line} imports {module}"
        for path, tree in files().items()
        for line, module in imports(tree)
        if top(module) == outside and not path.startswith((owner, "tests/"))
    ]
    assert not wrong


@pytest.mark.parametrize("name", PURE)
def test_what_only_reckons_waits_for_nothing_and_knows_no_storage(name: str) -> None:
    wrong = []
    for path, tree in inside(f"handlers/{name}").items():
        wrong += [f"{path}:{n.lineno} waits" for n in ast.walk(tree) if isinstance(n, Async)]
        wrong += [f"{path}:{n} imports {m}" for n, m in imports(tree) if top(m) == "storage"]
    assert not wrong


def test_tests_use_no_mocks_and_never_sleep() -> None:
    wrong = []
    for path, tree in inside("tests/").items():
        wrong += [f"{path}:{n}" for n, m in imports(tree) if m.startswith("unittest.mock")]
        wrong += [f"{path}:{n}" for n, module in imports(tree) if module == "time.sleep"]
        wrong += [
            f"{path}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep"
        ]
    assert not wrong


def test_no_file_is_longer_than_one_can_keep_in_mind() -> None:
    long = {path: len((HOUSE / path).read_text("utf-8").splitlines()) for path in files()}
    assert not {path: count for path, count in long.items() if count > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen() -> None:
    wrong = [
        f"{path}:{node.lineno} {node.name}: {own_lines(node)} lines"
        for path, tree in files().items()
        for node in ast.walk(tree)
        if isinstance(node, Function) and own_lines(node) > LONGEST_FUNCTION
    ]
    assert not wrong


def test_no_sentence_for_people_stands_in_the_handlers() -> None:
    """``values/`` is left out: its words are the vocabulary of dates and sums, read and shown."""
    wrong = [
        f"{path}:{node.lineno} {str(node.value)[:60]!r}"
        for path, tree in inside("handlers/").items()
        if not path.startswith("handlers/values/")
        for node in strings(tree)
        if sum(map(marked, re.findall(r"\w+", str(node.value)))) >= SENTENCE
    ]
    assert not wrong
