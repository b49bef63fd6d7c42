"""Logs: one line an event, ids only: no names, phones or texts."""

from __future__ import annotations

import logging
from typing import TextIO

import structlog

COMMON: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
)


def set_up(out: TextIO, *, quiet: bool = False) -> None:
    """Write our lines and the libraries' to ``out``, in one form."""
    form = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=COMMON,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.KeyValueRenderer(
                key_order=["timestamp", "level", "logger", "event"]
            ),
        ],
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(form)
    logging.basicConfig(handlers=[handler], level=logging.CRITICAL if quiet else logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def trace(error: BaseException) -> str:
    """Where an error arose, without its words: they might quote a person."""
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}" if at else "?"
