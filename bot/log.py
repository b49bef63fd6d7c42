"""Logs: one line an event, ids only: no names, phones or texts."""

from __future__ import annotations

import logging
from typing import TextIO

import structlog


def set_up(out: TextIO, *, quiet: bool = False) -> None:
    """Write ours and the libraries' lines to ``out`` in one form."""
    level = logging.CRITICAL if quiet else logging.INFO
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
    )
    logging.basicConfig(
        stream=out, level=level, format="timestamp='%(asctime)s' level='%(levelname)s' %(message)s"
    )
