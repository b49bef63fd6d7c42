"""Running the event loop."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

Result = TypeVar("Result")


def run(job: Coroutine[Any, Any, Result]) -> Result:
    """Run a job to its end on a fast loop."""
    return uvloop.run(job)
