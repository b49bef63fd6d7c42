"""Running the event loop."""

from __future__ import annotations

import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Result = TypeVar("Result")


def run(job: Coroutine[Any, Any, Result]) -> Result:
    """Run a job to its end on a fast loop."""
    gc.collect()
    gc.freeze()  # the content stays as long as we run: no need to go through it again and again
    return uvloop.run(job)
