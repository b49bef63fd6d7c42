"""Fixtures for all tests."""

from __future__ import annotations

import pytest

from content.library import Library, load


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as shipped, read once."""
    return load()
