"""Running the event loop."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Result = TypeVar("Result")


def run(job: Coroutine[Any, Any, Result]) -> Result:
    """Run a job to its end on a fast loop."""
    return uvloop.run(job)


def settle(*, replaced: bool = False) -> None:
    """Put what has come to stay, the content above all, out of the garbage collector's way.

    What reading and indexing it took goes back to the system.
    """
    if replaced:
        gc.unfreeze()  # what it replaces may go
    gc.collect()
    gc.freeze()
    trim()


def trim() -> None:
    """Give memory that is free again back to the system, where the C library can do that."""
    if give_back := getattr(ctypes.CDLL(None), "malloc_trim", None):  # of glibc
        give_back(0)
