"""Fixtures for all tests."""

from __future__ import annotations

import os

import pytest

from content.library import Library, load
from handlers import papers
from tests.fakes.papers import Drawer

pytest.register_assert_rewrite("tests.dialogues.play")  # its differences are to be shown


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everywhere", action="store_true", help="play every dialogue on every platform"
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, lest one process ends long after the others."""
    items.sort(key=lambda item: [not item.nodeid.startswith(long) for long in LONG])


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as shipped, read once."""
    return load()


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """Papers of the test's own, in place of all others."""
    drawer = Drawer()
    makers = dict.fromkeys(("draft", "registration", "registrations"), drawer.making)
    monkeypatch.setattr(papers, "MAKERS", makers)
    return drawer
