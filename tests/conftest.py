"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest

from content import read
from content.library import Library, load
from content.samples import Sampler
from content.templates import HERE
from handlers import papers
from tests.fakes.papers import Drawer

pytest.register_assert_rewrite("tests.dialogues.play")  # its differences are to be shown


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everywhere",
        action="store_true",
        help="play every dialogue on every platform, and kill more ways of hearing",
    )


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for a page or another process."""
    return (os.cpu_count() or 1) + 1


LONG = (
    "tests/crash",
    "tests/dialogues/test_dialogues",
    "tests/dialogues/test_everywhere",
    "tests/dialogues",
    "tests/web/test_page",
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: only with --everywhere")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long ones are left out; what takes longest comes first, lest one process ends long after."""
    if not config.getoption("everywhere"):
        config.hook.pytest_deselected(items=[item for item in items if long(item)])
        items[:] = [item for item in items if not long(item)]
    items.sort(key=lambda item: [not item.nodeid.startswith(start) for start in LONG])


def long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


@pytest.fixture(scope="session", autouse=True)
def once() -> Iterator[None]:
    """What we ship is parsed once, though a hundred tests read all of it."""
    parsed, kept = read.parsed, cache(read.parsed)

    def again(path: Path, text: str) -> read.Source:
        if not path.is_relative_to(HERE):
            return parsed(path, text)
        source = kept(path, text)
        return read.Source(source.file, deepcopy(source.value), dict(source.spots))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "parsed", again)
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as shipped, read once."""
    return load()


@pytest.fixture(scope="session")
def sampler(library: Library) -> Sampler:
    """What the messages can be filled with."""
    return Sampler(library)


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """Papers of the test's own, in place of all others."""
    drawer = Drawer()
    makers = dict.fromkeys(("draft", "registration", "registrations"), drawer.making)
    monkeypatch.setattr(papers, "MAKERS", makers)
    return drawer
