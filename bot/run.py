"""Running the event loop."""

from __future__ import annotations

import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Result = TypeVar("Result")


def run(job: Coroutine[Any, Any, Result]) -> Result:
    """Run a job to its end on a fast loop."""
    settle()
    return uvloop.run(job)


def settle() -> None:
    """Put what has come to stay, the content above all, out of the garbage collector's way."""
    gc.unfreeze()  # content that was replaced may go
    gc.collect()
    gc.freeze()
