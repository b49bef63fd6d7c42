"""The one reason for which a file that was sent cannot be drafted from."""

from __future__ import annotations


class Unreadable(Exception):
    """What is wrong with the file, and how to mend it, in one line."""
